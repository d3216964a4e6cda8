"""The README's first example is run as it stands; only the address is another one."""

import contextlib
import io
import pathlib
import re
import unittest
from typing import Any, Dict

from . import examples
from .faulty_server import FaultyServer


class Readme(unittest.TestCase):
    def test_the_example_runs_and_has_at_most_ten_lines(self) -> None:
        text = pathlib.Path(__file__).parent.parent.joinpath("README.md").read_text("utf-8")
        found = re.search(r"```python\n(.*?)```", text, re.DOTALL)
        assert found is not None
        self.assertLessEqual(len(found[1].strip().splitlines()), 10)
        server = FaultyServer().answers(200, examples.ANALYSIS)
        self.addCleanup(server.close)
        names: Dict[str, Any] = {}
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(found[1].replace("http://localhost:8080", server.url), names)
        names["quimbi"].close()
        self.assertEqual(printed.getvalue(), "arch_premium_deal_hunter low\n")

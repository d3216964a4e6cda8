"""The usage snippet of the platform document runs as it stands, but for its import."""

import ast
import asyncio
import inspect
import os
import unittest
from typing import Any, Dict, List
from unittest import mock

import httpx

from . import examples

# Verbatim; the module's name is the one that the document chose, so that even the import stays.
USAGE = """
from quimbi_client import QuimbiClient

quimbi = QuimbiClient(
    base_url='https://platform.quimbi.ai',
    api_key=os.getenv('QUIMBI_API_KEY')
)

# In your support ticket endpoint
customer_intel = await quimbi.analyze_customer('cust_12345')
ai_draft = await quimbi.generate_message(
    customer_profile=customer_intel,
    context={
        'goal': 'resolve_support_issue',
        'conversation': ticket_messages
    }
)
"""


class Usage(unittest.TestCase):
    def test_the_documents_usage_snippet_runs_as_it_stands(self) -> None:
        asked: List[str] = []

        async def answer(self: Any, request: httpx.Request) -> httpx.Response:
            asked.append(f"{request.method} {request.url} {request.headers['X-API-Key']}")
            analyze = request.url.path.endswith("/analyze")
            return httpx.Response(200, text=examples.ANALYSIS if analyze else examples.MESSAGE)

        names: Dict[str, Any] = {"os": os, "ticket_messages": [{"from": "customer", "content": "Hi"}]}
        code = compile(USAGE, "usage", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
        with mock.patch.dict(os.environ, {"QUIMBI_API_KEY": "key-of-the-reader"}):
            with mock.patch.object(httpx.AsyncHTTPTransport, "handle_async_request", answer):
                running = eval(code, names)
                self.assertTrue(inspect.iscoroutine(running))
                asyncio.run(running)

        self.assertEqual(names["ai_draft"]["tone"], "empathetic")
        self.assertEqual(
            asked,
            [
                "POST https://platform.quimbi.ai/api/intelligence/analyze key-of-the-reader",
                "POST https://platform.quimbi.ai/api/generation/message key-of-the-reader",
            ],
        )

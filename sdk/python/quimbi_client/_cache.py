"""Answers about a customer, remembered until they are old or data about that customer is sent."""

from __future__ import annotations

import copy
import threading
import time
from collections import OrderedDict
from typing import Any, Callable, Dict, Iterable, Tuple

MOST_CUSTOMERS = 10_000

# The document's advice: intelligence 5 to 15 minutes, predictions one hour.
ANALYSIS_SECONDS = 15 * 60.0
PREDICTION_SECONDS = 60 * 60.0


class AnswerCache:
    """Safe for many threads. Callers get copies, so that what they change stays theirs.

    An answer that was under way while data was sent is not remembered: nobody knows which of the two
    the server saw first. So `remember` takes the `ticket` that was drawn before the question was sent.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._invalidations = 0
        self._by_customer: OrderedDict[str, Dict[str, Tuple[float, Any]]] = OrderedDict()

    def ticket(self) -> int:
        with self._lock:
            return self._invalidations

    def get(self, customer_id: str, question: str) -> Any | None:
        with self._lock:
            known = self._by_customer.get(customer_id, {}).get(question)
            if known is None or known[0] <= self._now():
                return None
            return copy.deepcopy(known[1])

    def remember(self, customer_id: str, question: str, seconds: float, answer: Any, ticket: int) -> None:
        with self._lock:
            if ticket != self._invalidations:
                return
            answers = self._by_customer.setdefault(customer_id, {})
            answers[question] = (self._now() + seconds, copy.deepcopy(answer))
            self._by_customer.move_to_end(customer_id)
            if len(self._by_customer) > MOST_CUSTOMERS:
                self._by_customer.popitem(last=False)

    def forget_all(self) -> None:
        with self._lock:
            self._invalidations += 1
            self._by_customer.clear()

    def forget(self, customer_ids: Iterable[str]) -> None:
        with self._lock:
            self._invalidations += 1
            for customer_id in customer_ids:
                self._by_customer.pop(customer_id, None)

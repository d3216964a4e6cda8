"""Quimbi for Python: `QuimbiClient` (async), `QuimbiSyncClient`, `QuimbiAdmin`, `CopilotTools`."""

from .admin import QuimbiAdmin
from .client import QuimbiClient
from .errors import (
    ApiError,
    BadAnswerError,
    DeadlineError,
    InvalidArgumentError,
    QuimbiError,
    TransportError,
)
from .signature import canonical_v2, sign_v1, sign_v2
from .sync import QuimbiSyncClient
from .tools import CopilotSyncTools, CopilotTools

__all__ = [
    "ApiError",
    "BadAnswerError",
    "CopilotSyncTools",
    "CopilotTools",
    "DeadlineError",
    "InvalidArgumentError",
    "QuimbiAdmin",
    "QuimbiClient",
    "QuimbiError",
    "QuimbiSyncClient",
    "TransportError",
    "canonical_v2",
    "sign_v1",
    "sign_v2",
]

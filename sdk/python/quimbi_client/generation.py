"""What became of messages and actions, and the rules that actions come from."""

from __future__ import annotations

from typing import Any, Dict, Literal, Mapping

from . import _arguments as check
from . import types as t
from ._connection import AsyncConnection, Connection
from ._protocol import Call
from .errors import InvalidArgumentError

Verdict = Literal["sent", "edited", "rejected"]
Decision = Literal["accepted", "rejected"]
Result = Literal["success", "failure"]

_PLAYBOOK = "/api/generation/playbook"


class AsyncGeneration:
    """Got from `QuimbiClient.generation`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._send = connection.send

    async def message_feedback(
        self, message_id: str, verdict: Verdict, final_text: str | None = None
    ) -> t.MessageFeedback:
        """Tells what became of a message; `final_text` is what was sent of an edited one."""
        return await self._send(_feedback(message_id, verdict, final_text))

    async def action_outcome(
        self, action_id: str, decision: Decision, result: Result | None = None
    ) -> t.ActionOutcome:
        """Tells what became of an action, and once that is known whether it worked."""
        return await self._send(_outcome(action_id, decision, result))

    async def insights(self) -> t.GenerationInsights:
        """What became of generated messages, by goal."""
        return await self._send(_insights())

    async def playbook(self) -> t.Playbook:
        return await self._send(_playbook())

    async def put_playbook(self, plays: t.Rows, thresholds: Mapping[str, Any] | None = None) -> t.Playbook:
        """Adds rules beside the standard ones; one with a standard rule's id takes its place. What the
        tenant added before is replaced."""
        return await self._send(_put_playbook(plays, thresholds))


class Generation:
    """Got from `QuimbiSyncClient.generation`."""

    def __init__(self, connection: Connection) -> None:
        self._send = connection.send

    def message_feedback(
        self, message_id: str, verdict: Verdict, final_text: str | None = None
    ) -> t.MessageFeedback:
        """Tells what became of a message; `final_text` is what was sent of an edited one."""
        return self._send(_feedback(message_id, verdict, final_text))

    def action_outcome(
        self, action_id: str, decision: Decision, result: Result | None = None
    ) -> t.ActionOutcome:
        """Tells what became of an action, and once that is known whether it worked."""
        return self._send(_outcome(action_id, decision, result))

    def insights(self) -> t.GenerationInsights:
        """What became of generated messages, by goal."""
        return self._send(_insights())

    def playbook(self) -> t.Playbook:
        return self._send(_playbook())

    def put_playbook(self, plays: t.Rows, thresholds: Mapping[str, Any] | None = None) -> t.Playbook:
        """Adds rules beside the standard ones; one with a standard rule's id takes its place. What the
        tenant added before is replaced."""
        return self._send(_put_playbook(plays, thresholds))


def _feedback(message_id: str, verdict: Verdict, final_text: str | None) -> Call[t.MessageFeedback]:
    body: Dict[str, Any] = {
        "message_id": check.identity("message_id", message_id),
        "verdict": check.one_of("verdict", ("sent", "edited", "rejected"), verdict),
    }
    if final_text is not None:
        body["final_text"] = final_text
    elif verdict == "edited":
        raise InvalidArgumentError("final_text", "is needed for an edited message")
    return Call("POST", "/api/generation/feedback", body, promised=("edit_distance",))


def _outcome(action_id: str, decision: Decision, result: Result | None) -> Call[t.ActionOutcome]:
    body: Dict[str, Any] = {"decision": check.one_of("decision", ("accepted", "rejected"), decision)}
    if result is not None:
        body["result"] = check.one_of("result", ("success", "failure"), result)
    path = f"/api/generation/actions/{check.segment(check.identity('action_id', action_id))}/outcome"
    return Call("POST", path, body, promised=("effect",))


def _insights() -> Call[t.GenerationInsights]:
    return Call("GET", "/api/insights/generation", promised=("goals",))


def _playbook() -> Call[t.Playbook]:
    return Call("GET", _PLAYBOOK, promised=("version", "plays"))


def _put_playbook(plays: t.Rows, thresholds: Mapping[str, Any] | None) -> Call[t.Playbook]:
    for i, play in enumerate(check.rows("plays", plays)):
        for member in ("id", "scenario", "action"):
            check.text(f"plays[{i}].{member}", play.get(member))
    body: Dict[str, Any] = {"plays": list(plays)}
    if thresholds is not None:
        body["thresholds"] = check.mapping("thresholds", thresholds)
    return Call("PUT", _PLAYBOOK, body, promised=("version", "plays"))

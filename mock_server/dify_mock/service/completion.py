"""Handlers: completions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dify_sdk._steps import Pause
from dify_sdk.service.completion import Completion
from dify_sdk.shared.events import CompletionEvent
from dify_sdk.shared.files import FileParam
from dify_sdk.shared.results import Result
from dify_sdk.shared.runs import CompletionReply

from ..attachments import attachments
from ..generation import Turn, answer, begin, check_room
from ..inputs import checked_inputs
from ..refusals import Refusal
from ..registry import COMPLETIONS, handles
from ..visit import Visit


@handles(Completion.send, modes=COMPLETIONS, generates=True, payload="CompletionRequestPayload")
def send(
    visit: Visit,
    *,
    inputs: Mapping[str, Any] = {},  # as declared
    query: str | None = None,
    user: str | None = None,
    files: Sequence[FileParam] | None = None,
) -> CompletionReply:
    turn = _turn(visit, inputs, query, user, files)
    visit.finished(answer(turn))
    if turn.failure:
        raise Refusal(400, "completion_request_error", turn.failure.message)
    message = turn.message
    return CompletionReply(
        event="message",
        task_id=turn.task.id,
        id=message.id,
        message_id=message.id,
        mode=visit.app.mode,
        answer=message.answer,
        metadata=turn.metadata(blocking=True),
        created_at=message.created_at,
    )


@handles(Completion.stream, modes=COMPLETIONS, payload="CompletionRequestPayload")
def stream(
    visit: Visit,
    *,
    inputs: Mapping[str, Any] = {},  # as declared
    query: str | None = None,
    user: str | None = None,
    files: Sequence[FileParam] | None = None,
) -> Iterator[CompletionEvent | Pause]:
    events: Any = answer(_turn(visit, inputs, query, user, files))
    return events  # type: ignore[no-any-return]  # the simple modes' events are a completion's


@handles(Completion.stop, modes=COMPLETIONS)
def stop(visit: Visit, task_id: str, *, user: str | None = None) -> Result:
    visit.stop(task_id, user)
    return Result(result="success")


def _turn(visit: Visit, inputs: Mapping[str, Any], query: str | None, user: str | None, files: Sequence[FileParam] | None) -> Turn:
    """The prompt as it comes into the world; it gets a conversation of its own, which no list shows."""
    end_user = visit.end_user(user)
    check_room(visit.world, visit.app)
    return begin(
        visit.world,
        visit.app,
        end_user,
        query=query or "",
        inputs=checked_inputs(visit.app.variables, inputs),
        files=attachments(visit, end_user, files),
        base_url=visit.request.base_url,
        auto_name=False,
    )

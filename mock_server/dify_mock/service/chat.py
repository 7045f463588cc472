"""Handlers: chats and agents; a chatflow is walked by `dify_mock.chatflow`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dify_sdk._steps import Pause
from dify_sdk.service.chat import Chat
from dify_sdk.shared.events import ChatEvent
from dify_sdk.shared.files import FileParam
from dify_sdk.shared.results import Result
from dify_sdk.shared.runs import ChatReply

from .. import chatflow
from ..attachments import attachments
from ..generation import Turn, answer, begin, check_room
from ..inputs import checked_inputs
from ..refusals import Refusal, invalid
from ..registry import CHATS, handles
from ..visit import Visit


@handles(Chat.send, modes=CHATS, generates=True, payload="ChatRequestPayload")
def send(
    visit: Visit,
    *,
    query: str,
    inputs: Mapping[str, Any] = {},  # as declared
    user: str | None = None,
    conversation_id: str | None = None,
    files: Sequence[FileParam] | None = None,
    auto_generate_name: bool | None = None,
    workflow_id: str | None = None,
    parent_message_id: str | None = None,
) -> ChatReply:
    if visit.app.mode == "agent-chat":
        raise invalid("Agent Chat App does not support blocking mode")
    if visit.app.mode == "advanced-chat":
        auto_name = auto_generate_name is not False
        asked = chatflow.Asked(query, inputs, user, conversation_id or None, files, auto_name, workflow_id or None)
        return chatflow.send(visit, asked)
    turn = _turn(visit, query, inputs, user, conversation_id, files, auto_generate_name)
    visit.finished(answer(turn))
    if turn.failure:
        raise Refusal(400, "completion_request_error", turn.failure.message)
    message = turn.message
    return ChatReply(
        event="message",
        task_id=turn.task.id,
        id=message.id,
        message_id=message.id,
        conversation_id=message.conversation_id,
        mode=visit.app.mode,
        answer=message.answer,
        metadata=turn.metadata(blocking=True),
        created_at=message.created_at,
    )


@handles(Chat.stream, modes=CHATS, payload="ChatRequestPayload")
def stream(
    visit: Visit,
    *,
    query: str,
    inputs: Mapping[str, Any] = {},  # as declared
    user: str | None = None,
    conversation_id: str | None = None,
    files: Sequence[FileParam] | None = None,
    auto_generate_name: bool | None = None,
    workflow_id: str | None = None,
    parent_message_id: str | None = None,
) -> Iterator[ChatEvent | Pause]:
    if visit.app.mode == "advanced-chat":
        auto_name = auto_generate_name is not False
        asked = chatflow.Asked(query, inputs, user, conversation_id or None, files, auto_name, workflow_id or None)
        return chatflow.stream(visit, asked)
    events: Any = answer(_turn(visit, query, inputs, user, conversation_id, files, auto_generate_name))
    return events  # type: ignore[no-any-return]  # the simple modes' events are some of a chat's


@handles(Chat.stop, modes=CHATS)
def stop(visit: Visit, task_id: str, *, user: str | None = None) -> Result:
    visit.stop(task_id, user)
    return Result(result="success")


def _turn(
    visit: Visit,
    query: str,
    inputs: Mapping[str, Any],
    user: str | None,
    conversation_id: str | None,
    files: Sequence[FileParam] | None,
    auto_generate_name: bool | None,  # noqa: FBT001  # handed on as declared
) -> Turn:
    """The question as it comes into the world."""
    conversation = visit.conversation(conversation_id, user) if conversation_id else None
    end_user = visit.end_user(user)
    check_room(visit.world, visit.app)
    if not query:
        raise invalid("query is required")
    return begin(
        visit.world,
        visit.app,
        end_user,
        query=query,
        inputs=checked_inputs(visit.app.variables, inputs),
        files=attachments(visit, end_user, files),
        base_url=visit.request.base_url,
        conversation=conversation,
        auto_name=auto_generate_name is not False,
    )

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
from ..generation import Asked, answer, ask
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
    asked = _asked(query, inputs, user, conversation_id, files, auto_generate_name, workflow_id)
    if visit.app.mode == "agent-chat":
        raise invalid("Agent Chat App does not support blocking mode")
    if visit.app.mode == "advanced-chat":
        return chatflow.send(visit, asked)
    turn = ask(visit, asked)
    visit.finished(answer(turn))
    if turn.failure:
        raise Refusal(400, "completion_request_error", turn.failure.message)
    return ChatReply(**turn.reply(), conversation_id=turn.conversation.id)


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
    asked = _asked(query, inputs, user, conversation_id, files, auto_generate_name, workflow_id)
    if visit.app.mode == "advanced-chat":
        return chatflow.stream(visit, asked)
    events: Any = answer(ask(visit, asked))
    return events  # type: ignore[no-any-return]  # the simple modes' events are some of a chat's


@handles(Chat.stop, modes=CHATS)
def stop(visit: Visit, task_id: str, *, user: str | None = None) -> Result:
    visit.stop(task_id, user)
    return Result(result="success")


def _asked(
    query: str,
    inputs: Mapping[str, Any],
    user: str | None,
    conversation_id: str | None,
    files: Sequence[FileParam] | None,
    auto_generate_name: bool | None,  # noqa: FBT001  # handed on as declared
    workflow_id: str | None,
) -> Asked:
    return Asked(query, inputs, user, files, conversation_id or None, auto_generate_name is not False, workflow_id or None)

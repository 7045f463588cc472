"""Handlers: chats, agents and chatflows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dify_sdk._steps import Pause
from dify_sdk.service.chat import Chat
from dify_sdk.shared.events import ChatEvent
from dify_sdk.shared.files import FileParam
from dify_sdk.shared.results import Result
from dify_sdk.shared.runs import ChatReply

from ..apps import answering
from ..generation import Asked
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
    return answering.chat(visit, _asked(query, inputs, user, conversation_id, files, auto_generate_name, workflow_id))


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
    return answering.chat_events(visit, _asked(query, inputs, user, conversation_id, files, auto_generate_name, workflow_id))


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
    return Asked(query, inputs, user, files, conversation_id, auto_generate_name is not False, workflow_id or None)

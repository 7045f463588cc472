"""Handlers: chats, agents and chatflows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dify_sdk._steps import Pause
from dify_sdk.shared.events import ChatEvent
from dify_sdk.shared.files import FileParam
from dify_sdk.shared.results import Result
from dify_sdk.shared.runs import ChatReply
from dify_sdk.web.chat import Chat

from ..apps import using
from ..registry import CHATS, handles
from ..visit import Visit


@handles(Chat.send, modes=CHATS, generates=True, payload="ChatMessagePayload")
def send(
    visit: Visit,
    *,
    query: str,
    inputs: Mapping[str, Any] = {},  # as declared
    conversation_id: str | None = None,
    files: Sequence[FileParam] | None = None,
    parent_message_id: str | None = None,
    retriever_from: str | None = None,
) -> ChatReply:
    return using.chat(visit, using.question(query, inputs, conversation_id, files, parent_message_id))


@handles(Chat.stream, modes=CHATS, payload="ChatMessagePayload")
def stream(
    visit: Visit,
    *,
    query: str,
    inputs: Mapping[str, Any] = {},  # as declared
    conversation_id: str | None = None,
    files: Sequence[FileParam] | None = None,
    parent_message_id: str | None = None,
    retriever_from: str | None = None,
) -> Iterator[ChatEvent | Pause]:
    return using.chat_events(visit, using.question(query, inputs, conversation_id, files, parent_message_id))


@handles(Chat.stop, modes=CHATS)
def stop(visit: Visit, task_id: str) -> Result:
    visit.stop(task_id)
    return Result(result="success")

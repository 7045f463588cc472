"""Handlers: chats and agents at their debugging."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from dify_sdk._steps import Pause
from dify_sdk.console.apps.chat import Chat, DraftType
from dify_sdk.shared.events import ChatEvent
from dify_sdk.shared.files import FileParam
from dify_sdk.shared.results import Result
from dify_sdk.shared.runs import ChatReply

from ...accounts import EDITORS
from ...apps import answering, using
from ...apps.debugging import debugged
from ...registry import CONSOLE_CHATS, OfModes, handles
from ...visit import Visit

_DEBUGGED: Final = OfModes(frozenset({"chat", "agent-chat", "agent"}))


@handles(Chat.send, roles=EDITORS, modes=_DEBUGGED, generates=True, payload="ChatMessagePayload")
def send(
    visit: Visit,
    app_id: str,
    *,
    query: str,
    inputs: Mapping[str, Any] = {},  # as declared
    model_config_: Mapping[str, Any] | None = None,
    conversation_id: str | None = None,
    files: Sequence[FileParam] | None = None,
    parent_message_id: str | None = None,
    retriever_from: str | None = None,
    draft_type: DraftType | None = None,
) -> ChatReply:
    asked = using.question(query, inputs, conversation_id, files, parent_message_id)
    return answering.chat(debugged(visit, model_config_), asked)


@handles(Chat.stream, roles=EDITORS, modes=_DEBUGGED, payload="ChatMessagePayload")
def stream(
    visit: Visit,
    app_id: str,
    *,
    query: str,
    inputs: Mapping[str, Any] = {},  # as declared
    model_config_: Mapping[str, Any] | None = None,
    conversation_id: str | None = None,
    files: Sequence[FileParam] | None = None,
    parent_message_id: str | None = None,
    retriever_from: str | None = None,
    draft_type: DraftType | None = None,
) -> Iterator[ChatEvent | Pause]:
    asked = using.question(query, inputs, conversation_id, files, parent_message_id)
    return answering.chat_events(debugged(visit, model_config_), asked)


@handles(Chat.stop, modes=CONSOLE_CHATS)
def stop(visit: Visit, app_id: str, task_id: str) -> Result:
    debugged(visit).stop(task_id)
    return Result(result="success")

"""Handlers: installed chats, agents and chatflows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dify_sdk._steps import Pause
from dify_sdk.console.installed_apps.chat import Chat
from dify_sdk.shared.events import ChatEvent
from dify_sdk.shared.files import FileParam
from dify_sdk.shared.results import Result

from ...apps import using
from ...registry import INSTALLED_CHATS, handles
from ...visit import Visit
from .installed_apps import used


@handles(Chat.stream, modes=INSTALLED_CHATS, payload="ExploreChatMessagePayload", decorated=True)
def stream(
    visit: Visit,
    installed_app_id: str,
    *,
    query: str,
    inputs: Mapping[str, Any] = {},  # as declared
    conversation_id: str | None = None,
    files: Sequence[FileParam] | None = None,
    parent_message_id: str | None = None,
    retriever_from: str | None = None,
) -> Iterator[ChatEvent | Pause]:
    used(visit, installed_app_id)
    return using.chat_events(visit, using.question(query, inputs, conversation_id, files, parent_message_id))


@handles(Chat.stop, modes=INSTALLED_CHATS)
def stop(visit: Visit, installed_app_id: str, task_id: str) -> Result:
    visit.stop(task_id)
    return Result(result="success")

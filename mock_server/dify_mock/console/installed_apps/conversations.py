"""Handlers: an account's conversations with an installed app."""

from __future__ import annotations

from dify_sdk._models import Listing
from dify_sdk.console.installed_apps.conversations import Conversation, Conversations
from dify_sdk.shared.results import Result

from ...apps import conversations
from ...refusals import unprocessable
from ...registry import INSTALLED_CHATS, handles
from ...visit import Visit


@handles(Conversations.list, modes=INSTALLED_CHATS, payload="ConversationListQuery")
def list_conversations(
    visit: Visit, installed_app_id: str, *, last_id: str | None = None, limit: int = 20, pinned: bool | None = None
) -> Listing[Conversation]:
    return conversations.page(visit, visit.end_user(), last_id, limit, None, pinned=pinned)


@handles(Conversations.delete, modes=INSTALLED_CHATS)
def delete(visit: Visit, installed_app_id: str, conversation_id: str) -> None:
    conversations.delete(visit, visit.conversation(conversation_id))


@handles(Conversations.rename, modes=INSTALLED_CHATS, payload="ConversationRenamePayload", decorated=True)
def rename(
    visit: Visit, installed_app_id: str, conversation_id: str, *, name: str | None = None, auto_generate: bool | None = None
) -> Conversation:
    return conversations.rename(visit, conversation_id, name, auto_generate=auto_generate, refuse=unprocessable)


@handles(Conversations.pin, modes=INSTALLED_CHATS)
def pin(visit: Visit, installed_app_id: str, conversation_id: str) -> Result:
    conversations.pin(visit, conversation_id)
    return Result(result="success")


@handles(Conversations.unpin, modes=INSTALLED_CHATS)
def unpin(visit: Visit, installed_app_id: str, conversation_id: str) -> Result:
    conversations.unpin(visit, conversation_id)
    return Result(result="success")

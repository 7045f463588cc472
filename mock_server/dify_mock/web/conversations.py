"""Handlers: conversations."""

from __future__ import annotations

from dify_sdk._models import Listing
from dify_sdk.shared.results import Result
from dify_sdk.web.conversations import Conversation, Conversations, SortBy

from ..apps import conversations
from ..registry import CHATS, handles
from ..visit import Visit


@handles(Conversations.list, modes=CHATS, payload="ConversationListQuery")
def list_conversations(
    visit: Visit, *, last_id: str | None = None, limit: int = 20, pinned: bool | None = None, sort_by: SortBy | None = None
) -> Listing[Conversation]:
    return conversations.page(visit, visit.end_user(), last_id, limit, sort_by, pinned=pinned)


@handles(Conversations.delete, modes=CHATS)
def delete(visit: Visit, conversation_id: str) -> None:
    conversations.delete(visit, visit.conversation(conversation_id))


@handles(Conversations.rename, modes=CHATS, payload="ConversationRenamePayload")
def rename(visit: Visit, conversation_id: str, *, name: str | None = None, auto_generate: bool | None = None) -> Conversation:
    return conversations.rename(visit, conversation_id, name, auto_generate=auto_generate)


@handles(Conversations.pin, modes=CHATS)
def pin(visit: Visit, conversation_id: str) -> Result:
    conversations.pin(visit, conversation_id)
    return Result(result="success")


@handles(Conversations.unpin, modes=CHATS)
def unpin(visit: Visit, conversation_id: str) -> Result:
    conversations.unpin(visit, conversation_id)
    return Result(result="success")

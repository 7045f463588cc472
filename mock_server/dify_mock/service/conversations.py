"""Handlers: conversations and their variables."""

from __future__ import annotations

from typing import Any

from dify_sdk._models import Listing
from dify_sdk.service.conversations import Conversation, Conversations, ConversationVariable, SortBy, Variables

from ..apps import conversations
from ..paging import after
from ..refusals import bad_request, not_found
from ..registry import CHATS, handles
from ..visit import Visit


@handles(Conversations.list, modes=CHATS, payload="ConversationListQuery")
def list_conversations(
    visit: Visit, *, user: str | None = None, last_id: str | None = None, limit: int = 20, sort_by: SortBy | None = None
) -> Listing[Conversation]:
    return conversations.page(visit, visit.end_user(user), last_id, limit, sort_by)


@handles(Conversations.delete, modes=CHATS)
def delete(visit: Visit, conversation_id: str, *, user: str | None = None) -> None:
    conversations.delete(visit, visit.conversation(conversation_id, user))


@handles(Conversations.rename, modes=CHATS, payload="ConversationRenamePayload")
def rename(
    visit: Visit, conversation_id: str, *, name: str | None = None, auto_generate: bool | None = None, user: str | None = None
) -> Conversation:
    return conversations.rename(visit, conversation_id, name, user, auto_generate=auto_generate)


@handles(Variables.list, modes=CHATS)
def list_variables(
    visit: Visit,
    conversation_id: str,
    *,
    user: str | None = None,
    last_id: str | None = None,
    limit: int = 20,
    variable_name: str | None = None,
) -> Listing[ConversationVariable]:
    variables = list(visit.conversation(conversation_id, user).variables.values())
    if variable_name:
        variables = [one for one in variables if one.name == variable_name]
    cut = after(variables, last_id, limit, missing="Last Variable Not Exists.")
    return cut.listing(map(conversations.told_variable, cut.rows), has_more=cut.has_next, limit=limit)


@handles(Variables.update, modes=CHATS)
def update_variable(visit: Visit, conversation_id: str, variable_id: str, *, value: Any, user: str | None = None) -> ConversationVariable:
    variable = visit.conversation(conversation_id, user).variables.get(variable_id)
    if variable is None:
        raise not_found("Conversation Variable Not Exists.")
    if not _fits(variable.value_type, value):
        kind = "number" if isinstance(value, (int, float)) else "string" if isinstance(value, str) else type(value).__name__
        raise bad_request(f"Type mismatch: variable '{variable.name}' expects {variable.value_type}, but got {kind} type")
    variable.value, variable.updated_at = value, visit.world.clock.seconds()
    return conversations.told_variable(variable)


def _fits(value_type: str, value: Any) -> bool:
    if value_type.startswith("array["):
        inner = value_type.removeprefix("array[").removesuffix("]")
        return isinstance(value, list) and all(inner == "any" or _fits(inner, one) for one in value)  # pyright: ignore[reportUnknownVariableType]  # any JSON
    kinds: dict[str, tuple[type, ...]] = {"string": (str,), "secret": (str,), "object": (dict,), "boolean": (bool,)}
    return isinstance(value, kinds.get(value_type, (int, float))) and (value_type == "boolean" or not isinstance(value, bool))

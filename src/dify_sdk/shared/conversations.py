"""Conversations, as several tiers tell them."""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

from .._models import Model

SortBy: TypeAlias = Literal["created_at", "-created_at", "updated_at", "-updated_at"]
VariableType: TypeAlias = Literal[
    "string", "number", "integer", "float", "boolean", "object", "secret", "file",
    "array[string]", "array[number]", "array[object]", "array[boolean]", "array[file]", "array[any]",
]  # fmt: skip


class Conversation(Model):
    """A conversation."""

    id: str
    name: str
    inputs: dict[str, Any] = {}
    status: str = "normal"
    introduction: str | None = None
    created_at: int | None = None
    updated_at: int | None = None


class ConversationVariable(Model):
    """A variable of a conversation. Its value is a text, whatever its type."""

    id: str
    name: str
    value_type: VariableType | str
    value: str | None = None
    description: str | None = None
    created_at: int | None = None
    updated_at: int | None = None

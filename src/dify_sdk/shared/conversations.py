"""Conversations, as several tiers tell them."""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

from .._models import Model

SortBy: TypeAlias = Literal["created_at", "-created_at", "updated_at", "-updated_at"]


class Conversation(Model):
    """A conversation."""

    id: str
    name: str
    inputs: dict[str, Any] = {}
    status: str = "normal"
    introduction: str | None = None
    created_at: int | None = None
    updated_at: int | None = None

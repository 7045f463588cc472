"""The steps of an agent."""

from __future__ import annotations

from typing import Any

from .._models import Model


class Thought(Model):
    """A step of an agent: what it thought, the tool it called and what that said."""

    id: str = ""
    position: int = 0
    thought: str | None = None
    observation: str | None = None
    tool: str | None = None
    tool_labels: Any = None
    tool_input: str | None = None


class AgentThought(Thought):
    """A step of an agent; `message_files` are the ids of files it made."""

    message_files: list[str] | None = None

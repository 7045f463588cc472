"""What the world knows of triggers. Which webhooks there are is said by the workflows: each has the id of a trigger node."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from dify_sdk._replies import Reply

from .exchange import Request


@dataclass(frozen=True)
class Heard:
    """What a plugin makes of a call: what it answers, and the events that it tells, by name."""

    reply: Reply = field(default_factory=Reply)
    events: Mapping[str, Mapping[str, Any]] = field(default_factory=dict[str, Mapping[str, Any]])


Plugin: TypeAlias = Callable[[Request], Heard]
"""A plugin that listens; it raises `PluginError` where it does not take the call."""


class PluginError(Exception):
    """A plugin does not take a call: a signature is wrong, for one."""


@dataclass
class Triggering:
    """What is switched off, who listens, and how many runs are left."""

    disabled: set[str] = field(default_factory=set[str])
    """Webhooks that are switched off."""
    listening: set[str] = field(default_factory=set[str])
    """Webhooks of drafts whose editor waits for the next call."""
    plugins: dict[str, Plugin] = field(default_factory=dict[str, Plugin])
    """By endpoint, which is the subscription too."""
    runs_left: int | None = None
    """How many runs the workspace has left; None is no limit."""
    largest: int = 10 * 1024 * 1024
    """Bytes that the body of a call may have."""

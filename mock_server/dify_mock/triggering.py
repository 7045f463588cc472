"""What the world knows of triggers. What they are is said by the workflows: each is a node that runs begin at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from dify_sdk._replies import Reply

from .exchange import Request
from .ids import Ids


@dataclass(frozen=True)
class Heard:
    """What a plugin makes of a call: what it answers, and the events that it tells, by name."""

    reply: Reply = field(default_factory=Reply)
    events: Mapping[str, Mapping[str, Any]] = field(default_factory=dict[str, Mapping[str, Any]])


Plugin: TypeAlias = Callable[[Request], Heard]
"""A plugin that listens; it raises `PluginError` where it does not take the call."""


class PluginError(Exception):
    """A plugin does not take a call: a signature is wrong, for one."""


def is_trigger(node: Mapping[str, Any]) -> bool:
    """Whether runs begin at a node by themselves."""
    return str(node["data"]["type"]).startswith("trigger-")


@dataclass
class Switch:
    """What is known of a trigger of a published workflow beside its node."""

    id: str
    node_id: str
    created_at: float
    updated_at: float
    is_on: bool = True


@dataclass
class Triggering:
    """What is switched off, who listens, and how many runs are left."""

    ids: Ids
    switches: dict[str, dict[str, Switch]] = field(default_factory=dict[str, dict[str, Switch]])
    """By the app's id and that of the node."""
    listening: set[str] = field(default_factory=set[str])
    """Webhooks of drafts whose editor waits for the next call."""
    plugins: dict[str, Plugin] = field(default_factory=dict[str, Plugin])
    """By endpoint, which is the subscription too."""
    runs_left: int | None = None
    """How many runs the workspace has left; None is no limit."""
    largest: int = 10 * 1024 * 1024
    """Bytes that the body of a call may have."""

    def publish(self, app_id: str, node_ids: Iterable[str], now: float) -> None:
        """A workflow has these triggers from now on; those that it had before stay as they are switched."""
        before = self.switches.get(app_id, {})
        self.switches[app_id] = {one: before.get(one) or Switch(self.ids.uuid(), one, now, now) for one in node_ids}

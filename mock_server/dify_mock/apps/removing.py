"""How an app goes, and everything with it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..state import App
from ..workflow.webhooks import webhooks_of
from ..world import World


def remove(world: World, app: App) -> None:
    """Take an app out of the world: keys, people, what they have said, its runs, its server, its triggers and its labels go with it."""
    del world.apps[app.id]
    for kept in _belongings(world):
        for key in [key for key, one in kept.items() if one.app_id == app.id]:
            del kept[key]
    for job in [one for one in world.jobs.values() if one.about == app.id]:
        del world.jobs[job.id]
    world.tags.forget(app.id)
    for _, webhook in webhooks_of(app):
        world.triggering.listening.discard(webhook)
    world.triggering.switches.pop(app.id, None)
    world.tracing.forget(app.id)
    world.agents.forget(app.id)
    world.installations.forget(app.id)
    world.recommendations.forget(app.id)
    if world.enterprise is not None:
        world.enterprise.access.pop(app.id, None)
        world.enterprise.allowed.pop(app.id, None)


def _belongings(world: World) -> Iterator[dict[str, Any]]:
    """What knows its app by `app_id`, each kind by its own ids."""
    yield from (world.api_keys, world.end_users, world.conversations, world.messages, world.annotations)
    yield from (world.forms, world.runs, world.tasks, world.mcp_servers)

"""How an app of a workflow mode gets its current version."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..state import App, Workflow
from ..triggering import is_trigger
from ..world import World


def publish(
    world: World,
    app: App,
    drawn: dict[str, Any],
    features: dict[str, Any],
    variables: Sequence[dict[str, Any]] = (),
    environment: Sequence[dict[str, Any]] = (),
) -> Workflow:
    """Give an app its current version: a graph, and the variables of conversations and of the environment."""
    version = world.clock.iso().replace("T", " ")
    workflow = Workflow(world.ids.uuid(), version, drawn, features, list(variables), list(environment), created_at=world.clock.seconds())
    app.workflows[workflow.id] = workflow
    app.published = workflow.id
    world.triggering.publish(app.id, (one["id"] for one in drawn["nodes"] if is_trigger(one)), world.clock.now())
    return workflow

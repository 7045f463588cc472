"""How an app of a workflow mode gets its current version."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..state import DRAFT, App, Workflow
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
    app.updated_at = workflow.created_at
    return workflow


def keep_draft(
    world: World,
    app: App,
    drawn: dict[str, Any],
    features: dict[str, Any],
    variables: Sequence[dict[str, Any]] = (),
    environment: Sequence[dict[str, Any]] = (),
) -> Workflow:
    """Give an app the version that is being edited."""
    draft = Workflow(world.ids.uuid(), DRAFT, drawn, features, list(variables), list(environment), created_at=world.clock.seconds())
    app.workflows[draft.id] = draft
    return draft

"""How the workflow of an app is edited, and how it becomes the current version."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ..state import DRAFT, App, Workflow
from ..triggering import is_trigger
from ..world import World
from .webhooks import addressed


def keep_draft(
    world: World,
    app: App,
    drawn: dict[str, Any],
    features: dict[str, Any] | None = None,
    variables: Sequence[dict[str, Any]] = (),
    environment: Sequence[dict[str, Any]] = (),
) -> Workflow:
    """Give an app a new draft: a graph, and the variables of conversations and of the environment."""
    made = app.draft
    draft = Workflow(
        made.id if made else world.ids.uuid(),
        DRAFT,
        addressed(world, app, drawn),
        features or {},
        list(variables),
        list(environment),
        created_at=made.created_at if made else world.clock.seconds(),
    )
    app.workflows[draft.id] = draft
    return draft


def publish_draft(world: World, app: App, draft: Workflow, *, name: str = "", comment: str = "", account_id: str | None = None) -> Workflow:
    """Make what is drafted the current version of an app; the draft may be edited further."""
    published = replace(
        copy.deepcopy(draft),
        id=world.ids.uuid(),
        version=world.clock.iso().replace("T", " "),
        created_at=world.clock.seconds(),
        marked_name=name,
        marked_comment=comment,
    )
    app.workflows[published.id] = published
    app.published = published.id
    triggers = (one["id"] for one in published.graph["nodes"] if is_trigger(one))
    world.triggering.publish(app.id, triggers, world.clock.now())
    app.touch(account_id or app.created_by, published.created_at)
    return published


def publish(
    world: World,
    app: App,
    drawn: dict[str, Any],
    features: dict[str, Any],
    variables: Sequence[dict[str, Any]] = (),
    environment: Sequence[dict[str, Any]] = (),
) -> Workflow:
    """Give an app a new draft, and publish it at once."""
    return publish_draft(world, app, keep_draft(world, app, drawn, features, variables, environment))

"""How apps come to be, and are copied."""

from __future__ import annotations

import copy
from typing import Final

from ..state import App, Mode, Site
from ..workflow.publishing import keep_draft
from ..world import World

ICON: Final = "🤖"
ICON_BACKGROUND: Final = "#FFEAD5"


def make(
    world: World,
    name: str,
    mode: Mode,
    *,
    workspace_id: str | None = None,
    created_by: str | None = None,
    description: str = "",
    icon_type: str | None = "emoji",
    icon: str | None = ICON,
    icon_background: str | None = ICON_BACKGROUND,
) -> App:
    """Put an app into the world, with its page; it belongs to the owner of the server's first workspace unless somebody has made it."""
    now, maker = world.clock.seconds(), created_by or world.owner_id
    app_id = world.ids.uuid()
    site = Site(world.ids.token(16), name, updated_by=maker, updated_at=now)
    app = App(
        app_id, name, mode, site, description, icon_type, icon, icon_background, created_by=maker, created_at=now, workspace_id=workspace_id
    )
    app.touch(maker, now)
    show_alike(app)
    world.apps[app.id] = app
    return app


def show_alike(app: App) -> None:
    """Give the page of an app what the app itself is shown with."""
    site = app.site
    site.icon_type, site.icon, site.icon_background = app.icon_type, app.icon, app.icon_background
    site.use_icon_as_answer_icon = app.use_icon_as_answer_icon


def copy_what_it_does(world: World, source: App, copied: App) -> None:
    """Configure an app as another one is; of a workflow the copy is a draft."""
    copied.use_icon_as_answer_icon = source.use_icon_as_answer_icon
    copied.site.use_icon_as_answer_icon = source.use_icon_as_answer_icon
    if source.config is not None:
        copied.configure(copy.deepcopy(source.config), copied.created_by, world.clock.seconds())
    workflow = source.draft or source.workflow
    if workflow is not None:
        parts = copy.deepcopy((workflow.graph, workflow.features, workflow.conversation_variables, workflow.environment_variables))
        keep_draft(world, copied, *parts)

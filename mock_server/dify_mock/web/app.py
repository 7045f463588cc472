"""Handlers: the app behind the code."""

from __future__ import annotations

from dify_sdk.web.app import AppArea, AppMeta, AppParameters, WebApp, WebCustomConfig, WebSite

from .. import state as held
from ..apps import about
from ..registry import handles
from ..visit import Visit


@handles(AppArea.parameters)
def parameters(visit: Visit) -> AppParameters:
    return about.parameters(visit)


@handles(AppArea.meta)
def meta(visit: Visit) -> AppMeta:
    return about.meta(visit)


@handles(AppArea.site)
def site(visit: Visit) -> WebApp:
    return told(visit, visit.app, visit.end_user())


def told(visit: Visit, app: held.App, user: held.EndUser | None) -> WebApp:
    """An app and its page as the wire has them."""
    is_replaceable = visit.world.settings.logo_is_replaceable
    return WebApp(
        app_id=app.id,
        mode=app.mode,
        end_user_id=user.id if user else None,
        enable_site=app.enable_site,
        site=WebSite(**about.site_facts(app), prompt_public=app.site.prompt_public),
        model_config=None,
        plan="basic",
        can_replace_logo=is_replaceable,
        custom_config=_looks(visit, app) if is_replaceable else None,
    )


def _looks(visit: Visit, app: held.App) -> WebCustomConfig:
    """What the app's workspace has changed about its pages."""
    workspace = visit.world.accounts.workspaces[visit.world.workspace_of(app)]
    return WebCustomConfig(remove_webapp_brand=workspace.hides_brand, replace_webapp_logo=workspace.logo_url(visit.request.base_url))

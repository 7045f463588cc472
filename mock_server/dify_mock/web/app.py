"""Handlers: the app behind the code."""

from __future__ import annotations

from dify_sdk.web.app import AppArea, AppMeta, AppParameters, WebApp, WebSite

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
    return told(visit.app, visit.end_user())


def told(app: held.App, user: held.EndUser | None) -> WebApp:
    """An app and its page as the wire has them."""
    return WebApp(
        app_id=app.id,
        mode=app.mode,
        end_user_id=user.id if user else None,
        enable_site=app.enable_site,
        site=WebSite(**about.site_facts(app), prompt_public=app.site.prompt_public),
        model_config=None,
        plan="basic",
        can_replace_logo=False,
        custom_config=None,
    )

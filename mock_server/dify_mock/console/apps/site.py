"""Handlers: an app's own page."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dify_sdk.console.app_details import AppDetail, AppSite
from dify_sdk.console.apps.site import AppSites, TokenStrategy

from ...accounts import EDITORS, MANAGERS
from ...locales import check_language
from ...registry import handles
from ...visit import Visit
from . import telling


@handles(AppSites.update, roles=EDITORS, payload="AppSiteUpdatePayload", decorated=True)
def update(
    visit: Visit,
    app_id: str,
    *,
    title: str | None = None,
    icon_type: str | None = None,
    icon: str | None = None,
    icon_background: str | None = None,
    description: str | None = None,
    default_language: str | None = None,
    chat_color_theme: str | None = None,
    chat_color_theme_inverted: bool | None = None,
    customize_domain: str | None = None,
    copyright: str | None = None,
    privacy_policy: str | None = None,
    input_placeholder: str | None = None,
    custom_disclaimer: str | None = None,
    customize_token_strategy: TokenStrategy | None = None,
    prompt_public: bool | None = None,
    show_workflow_steps: bool | None = None,
    use_icon_as_answer_icon: bool | None = None,
) -> AppSite:
    if default_language is not None:
        check_language(default_language, "default_language")
    given = {
        "title": title,
        "icon_type": icon_type,
        "icon": icon,
        "icon_background": icon_background,
        "description": description,
        "default_language": default_language,
        "chat_color_theme": chat_color_theme,
        "chat_color_theme_inverted": chat_color_theme_inverted,
        "customize_domain": customize_domain,
        "copyright": copyright,
        "privacy_policy": privacy_policy,
        "input_placeholder": input_placeholder,
        "custom_disclaimer": custom_disclaimer,
        "customize_token_strategy": customize_token_strategy,
        "prompt_public": prompt_public,
        "show_workflow_steps": show_workflow_steps,
        "use_icon_as_answer_icon": use_icon_as_answer_icon,
    }
    _change(visit, {name: value for name, value in given.items() if value is not None})
    return telling.site(visit.app)


@handles(AppSites.set_enabled, roles=EDITORS, payload="AppSiteStatusPayload", decorated=True)
def set_enabled(visit: Visit, app_id: str, *, enable_site: bool) -> AppDetail:
    app = visit.app
    if app.enable_site != enable_site:
        app.enable_site = enable_site
        app.touch(visit.account.id, visit.world.clock.seconds())
    return telling.detail(visit, app)


@handles(AppSites.reset_access_token, roles=MANAGERS)
def reset_access_token(visit: Visit, app_id: str) -> AppSite:
    _change(visit, {"code": visit.world.ids.token(16)})
    return telling.site(visit.app)


def _change(visit: Visit, changes: dict[str, Any]) -> None:
    visit.app.site = replace(visit.app.site, **changes, updated_by=visit.account.id, updated_at=visit.world.clock.seconds())

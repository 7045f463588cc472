"""Handlers: apps, made, changed and taken away."""

from __future__ import annotations

from dify_sdk.console.app_details import AppDetail, AppDetailWithSite, AppMode, ConvertedApp, IconType
from dify_sdk.console.apps import Apps
from dify_sdk.shared.results import Result

from ...accounts import EDITORS, MANAGERS
from ...apps import configs
from ...apps.converting import convert
from ...apps.making import copy_what_it_does, make
from ...apps.removing import remove
from ...console_callers import check_role
from ...quotas import check_quota
from ...refusals import not_found
from ...registry import OfModes, handles
from ...sampled import samples
from ...state import App
from ...visit import Visit
from . import telling


@handles(Apps.create, roles=EDITORS, payload="CreateAppPayload", decorated=True)
def create(
    visit: Visit,
    *,
    name: str,
    mode: AppMode,
    description: str | None = None,
    icon_type: IconType | None = None,
    icon: str | None = None,
    icon_background: str | None = None,
) -> AppDetailWithSite:
    check_quota(visit.world, visit.workspace, "apps")
    app = make(
        visit.world,
        name,
        mode,
        workspace_id=visit.workspace.id,
        created_by=visit.account.id,
        description=description or "",
        icon_type=icon_type or "emoji",
        icon=icon,
        icon_background=icon_background,
    )
    if mode in configs.SIMPLE_MODES:
        app.configure(configs.at_first(mode), visit.account.id, app.created_at)
    return _whole(visit, app)


@handles(Apps.get)
def get(visit: Visit, app_id: str) -> AppDetailWithSite:
    return _whole(visit, visit.app)


@handles(Apps.update, roles=EDITORS, payload="UpdateAppPayload", decorated=True)
def update(
    visit: Visit,
    app_id: str,
    *,
    name: str,
    description: str | None = None,
    icon_type: IconType | None = None,
    icon: str | None = None,
    icon_background: str | None = None,
    use_icon_as_answer_icon: bool | None = None,
    max_active_requests: int | None = None,
) -> AppDetailWithSite:
    app = visit.app
    app.name, app.description = name, description or ""
    _show_with(app, icon_type, icon, icon_background)
    app.use_icon_as_answer_icon = bool(use_icon_as_answer_icon)
    app.max_active_requests = max_active_requests or 0
    _touch(visit)
    return telling.detail_with_site(visit, app, permission_keys=[])


@handles(Apps.delete, roles=EDITORS)
def delete(visit: Visit, app_id: str) -> None:
    remove(visit.world, visit.app)


@handles(Apps.copy, roles=EDITORS, payload="CopyAppPayload", decorated=True)
def copy(
    visit: Visit,
    app_id: str,
    *,
    name: str | None = None,
    description: str | None = None,
    icon_type: IconType | None = None,
    icon: str | None = None,
    icon_background: str | None = None,
) -> AppDetailWithSite:
    source = visit.app
    if source.mode not in configs.SIMPLE_MODES and not source.workflows:
        raise not_found("Missing draft workflow configuration, please check.")
    copied = make(
        visit.world,
        name or source.name,
        source.mode,
        workspace_id=visit.workspace.id,
        created_by=visit.account.id,
        description=description or source.description,
        icon_type=icon_type or source.icon_type,
        icon=icon or source.icon,
        icon_background=icon_background or source.icon_background,
    )
    copy_what_it_does(visit.world, source, copied)
    return _whole(visit, copied)


@handles(Apps.convert_to_workflow, roles=EDITORS, modes=OfModes(frozenset({"chat", "completion"})), payload="ConvertToWorkflowPayload")
def convert_to_workflow(
    visit: Visit,
    app_id: str,
    *,
    name: str | None = None,
    icon_type: str | None = None,
    icon: str | None = None,
    icon_background: str | None = None,
) -> ConvertedApp:
    shown = {"icon_type": icon_type, "icon": icon, "icon_background": icon_background}
    made = convert(visit.world, visit.app, visit.account.id, name=name, **shown)
    return ConvertedApp(new_app_id=made.id, permission_keys=telling.permissions(visit))


@handles(Apps.rename, roles=EDITORS, payload="AppNamePayload", decorated=True)
def rename(visit: Visit, app_id: str, *, name: str) -> AppDetail:
    visit.app.name = name
    return _changed(visit)


@handles(Apps.set_icon, roles=EDITORS, payload="AppIconPayload", decorated=True)
def set_icon(
    visit: Visit, app_id: str, *, icon: str | None = None, icon_type: IconType | None = None, icon_background: str | None = None
) -> AppDetail:
    _show_with(visit.app, icon_type, icon, icon_background)
    return _changed(visit)


@handles(Apps.set_api_enabled, roles=MANAGERS, payload="AppApiStatusPayload", decorated=True)
def set_api_enabled(visit: Visit, app_id: str, *, enable_api: bool) -> AppDetail:
    if visit.app.enable_api == enable_api:
        return telling.detail(visit, visit.app)
    visit.app.enable_api = enable_api
    return _changed(visit)


@handles(Apps.star)
def star(visit: Visit, app_id: str) -> Result:
    visit.app.starred_by.add(visit.account.id)
    return Result(result="success")


@handles(Apps.unstar)
def unstar(visit: Visit, app_id: str) -> Result:
    visit.app.starred_by.discard(visit.account.id)
    return Result(result="success")


def _check_editor(visit: Visit, given: object) -> None:
    check_role(visit.workspace, visit.account, EDITORS)


samples(Apps.publish_to_creators_platform, guard=_check_editor)


def _whole(visit: Visit, app: App) -> AppDetailWithSite:
    return telling.detail_with_site(visit, app, permission_keys=telling.permissions(visit))


def _changed(visit: Visit) -> AppDetail:
    _touch(visit)
    return telling.detail(visit, visit.app)


def _touch(visit: Visit) -> None:
    visit.app.touch(visit.account.id, visit.world.clock.seconds())


def _show_with(app: App, icon_type: IconType | None, icon: str | None, icon_background: str | None) -> None:
    app.icon_type = icon_type or app.icon_type
    app.icon, app.icon_background = icon or "", icon_background or ""

"""Handlers: the apps that a workspace has at hand."""

from __future__ import annotations

from dify_sdk._models import Listing
from dify_sdk.console.installed_apps import (
    AppMeta,
    AppParameters,
    InstalledApp,
    InstalledAppInfo,
    InstalledAppListing,
    InstalledApps,
    InstallResult,
    UpdateResult,
)

from ... import installations
from ...accounts import MANAGERS
from ...apps import about
from ...console_callers import installed_app
from ...quotas import check_quota
from ...refusals import bad_request, not_found
from ...registry import handles
from ...visit import Visit


@handles(InstalledApps.list, payload="InstalledAppsListQuery")
def list_installed_apps(
    visit: Visit, *, app_id: str | None = None, name: str | None = None, cursor: str | None = None, limit: int = 20
) -> Listing[InstalledApp]:
    enterprise = visit.world.enterprise
    found = [
        one
        for one in visit.world.installations.of(visit.workspace.id)
        if app_id in {None, one.app.id}
        and (name or "").lower() in one.app.name.lower()
        and (enterprise is None or enterprise.admits(one.app.id, visit.account.id))
    ]
    rows, following = installations.page(found, cursor or None, limit)
    return InstalledAppListing(installed_apps=[_told(visit, one) for one in rows], has_more=following is not None, next_cursor=following)


@handles(InstalledApps.create, payload="InstalledAppCreatePayload", decorated=True)
def create(visit: Visit, *, app_id: str) -> InstallResult:
    world = visit.world
    if app_id not in world.recommendations.apps:
        raise not_found("Recommended app not found")
    check_quota(world, visit.workspace, "apps")
    world.installations.install(world.apps[app_id], visit.workspace.id, world.clock.seconds())
    return InstallResult(message="App installed successfully")


@handles(InstalledApps.delete)
def delete(visit: Visit, installed_app_id: str) -> None:
    found = of(visit, installed_app_id)
    if visit.world.installations.is_own(found):
        raise bad_request("You can't uninstall an app owned by the current tenant")
    visit.world.installations.uninstall(found)


@handles(InstalledApps.get)
def get(visit: Visit, installed_app_id: str) -> InstalledApp:
    return _told(visit, of(visit, installed_app_id))


@handles(InstalledApps.update, payload="InstalledAppUpdatePayload", decorated=True)
def update(visit: Visit, installed_app_id: str, *, is_pinned: bool | None = None) -> UpdateResult:
    if is_pinned is not None:
        of(visit, installed_app_id).is_pinned = is_pinned
    return UpdateResult(result="success", message="App info updated successfully")


@handles(InstalledApps.meta)
def meta(visit: Visit, installed_app_id: str) -> AppMeta:
    return about.meta(visit)


@handles(InstalledApps.parameters)
def parameters(visit: Visit, installed_app_id: str) -> AppParameters:
    return about.parameters(visit)


def of(visit: Visit, installed_app_id: str) -> installations.InstalledApp:
    """The installed app that the path names."""
    return installed_app(visit.world, visit.workspace, visit.account, installed_app_id)


def used(visit: Visit, installed_app_id: str) -> None:
    """Note that somebody uses it now."""
    of(visit, installed_app_id).last_used_at = visit.world.clock.seconds()


def _told(visit: Visit, installed: installations.InstalledApp) -> InstalledApp:
    app = installed.app
    return InstalledApp(
        id=installed.id,
        app=InstalledAppInfo(**about.card(app), description=app.description, use_icon_as_answer_icon=app.use_icon_as_answer_icon),
        app_owner_tenant_id=visit.world.workspace_of(app),
        is_pinned=installed.is_pinned,
        last_used_at=installed.last_used_at,
        editable=visit.workspace.roles[visit.account.id] in MANAGERS,
        uninstallable=visit.world.installations.is_own(installed),
    )

"""Handlers: the apps of a workspace, in lists."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dify_sdk._models import Listing
from dify_sdk.console.app_details import AppSummary, RecentApps
from dify_sdk.console.apps import AppOrder, Apps, ListedMode

from ...paging import at
from ...refusals import unfit
from ...registry import handles
from ...routing import UUID
from ...state import App
from ...visit import Visit
from . import telling


@handles(Apps.list, payload="AppListQuery")
def list_apps(
    visit: Visit,
    *,
    page: int = 1,
    limit: int = 20,
    mode: ListedMode | None = None,
    sort_by: AppOrder | None = None,
    name: str | None = None,
    tag_ids: Sequence[str] | None = None,
    creator_ids: Sequence[str] | None = None,
    is_created_by_me: bool | None = None,
) -> Listing[AppSummary]:
    apps = _sought(visit, visit.world.apps_of(visit.workspace.id), mode, name, tag_ids, creator_ids, mine=is_created_by_me)
    return _page(visit, _sorted(apps, sort_by), page, limit, telling.permissions(visit))


@handles(Apps.list_starred, payload="AppListQuery")
def list_starred(
    visit: Visit,
    *,
    page: int = 1,
    limit: int = 20,
    mode: ListedMode | None = None,
    sort_by: AppOrder | None = None,
    name: str | None = None,
    tag_ids: Sequence[str] | None = None,
    creator_ids: Sequence[str] | None = None,
    is_created_by_me: bool | None = None,
) -> Listing[AppSummary]:
    starred = [one for one in visit.world.apps_of(visit.workspace.id) if visit.account.id in one.starred_by]
    apps = _sought(visit, starred, mode, name, tag_ids, creator_ids, mine=is_created_by_me)
    return _page(visit, _sorted(apps, sort_by), page, limit, [])  # of starred ones the server does not say what the account may


@handles(Apps.list_recent, payload="RecentAppListQuery")
def list_recent(visit: Visit, *, limit: int = 8) -> RecentApps:
    return RecentApps(data=[telling.recent(visit, one) for one in _sorted(visit.world.apps_of(visit.workspace.id), None)[:limit]])


def _sought(
    visit: Visit,
    apps: Iterable[App],
    mode: ListedMode | None,
    name: str | None,
    tag_ids: Sequence[str] | None,
    creator_ids: Sequence[str] | None,
    *,
    mine: bool | None,
) -> list[App]:
    _check_ids("tag_ids", tag_ids)
    _check_ids("creator_ids", creator_ids)
    return [
        one
        for one in apps
        if mode in {None, "all", one.mode}
        and (name or "").lower() in one.name.lower()
        and visit.world.tags.are_on(one.id, tag_ids or ())
        and (not creator_ids or one.created_by in creator_ids)
        and (not mine or one.created_by == visit.account.id)
    ]


def _check_ids(name: str, given: Sequence[str] | None) -> None:
    if not all(map(UUID.fullmatch, given or ())):
        raise unfit("AppListQuery", f"Invalid UUID format in {name}.", given, name)


def _sorted(apps: Sequence[App], order: AppOrder | None) -> list[App]:
    """What comes first; of those that are alike, the newest."""
    if order == "earliest_created":
        return list(apps)
    newest_first = list(reversed(apps))
    if order == "recently_created":
        return newest_first
    return sorted(newest_first, key=lambda one: one.updated_at, reverse=True)


def _page(visit: Visit, apps: Sequence[App], page: int, limit: int, permission_keys: list[str]) -> Listing[AppSummary]:
    cut = at(apps, page, limit)
    rows = [telling.summary(visit, one, permission_keys=permission_keys) for one in cut.rows]
    return cut.listing(rows, page=page, limit=limit, total=cut.total, has_more=cut.has_next)

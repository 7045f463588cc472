"""Handlers: apps that are open to somebody who is known elsewhere."""

from __future__ import annotations

from dify_sdk._models import Listing
from dify_sdk.openapi.apps import AppDescription, AppRow, RunnableMode
from dify_sdk.openapi.permitted_external_apps import PermittedExternalApps

from ..access import PERMITTED_APPS
from ..bearers import is_open_to_strangers
from ..refusals import not_found
from ..registry import handles
from ..visit import Visit
from .apps import described, listed


@handles(PermittedExternalApps.list, access=PERMITTED_APPS, payload="PermittedExternalAppsListQuery")
def list_apps(
    visit: Visit, *, page: int = 1, limit: int = 20, mode: RunnableMode | None = None, name: str | None = None
) -> Listing[AppRow]:
    world = visit.world
    there = [one for one in world.apps.values() if one.enable_api and is_open_to_strangers(world, one)]
    return listed(visit, there, page, limit, mode, name)


@handles(PermittedExternalApps.get, access=PERMITTED_APPS, payload="AppDescribeQuery")
def get(visit: Visit, app_id: str, *, fields: str | None = None) -> AppDescription:
    if not is_open_to_strangers(visit.world, visit.app):
        raise not_found("app not found")
    return described(visit, fields)

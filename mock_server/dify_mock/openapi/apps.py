"""Handlers: apps, and what is written down of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from dify_sdk._models import Listing
from dify_sdk.openapi.apps import AppDescription, AppDsl, AppFacts, AppRow, Apps, Dependencies, RunnableMode

from .. import bearers, state as held
from ..access import READ_APPS
from ..apps import about, definitions, importing
from ..paging import numbered
from ..refusals import Refusal, unfit
from ..registry import handles
from ..visit import Visit
from .input_schema import input_schema

_PARTS: Final = ("info", "parameters", "input_schema")
_NO_PARAMETERS: Final[dict[str, Any]] = {
    "opening_statement": None,
    "suggested_questions": [],
    "user_input_form": [],
    "file_upload": None,
    "system_parameters": {},
}
_MOST: Final = 200


@handles(Apps.list, access=READ_APPS, payload="AppListQuery")
def list_apps(
    visit: Visit, *, workspace_id: str, page: int = 1, limit: int = 20, mode: RunnableMode | None = None, name: str | None = None
) -> Listing[AppRow]:
    world = visit.world
    workspace = bearers.member_of(world, workspace_id, visit.account, READ_APPS)
    return listed(visit, world.apps_of(workspace.id), page, limit, mode, name)


@handles(Apps.get, access=READ_APPS)
def get(visit: Visit, app_id: str, *, fields: str | None = None) -> AppDescription:
    return described(visit, fields)


@handles(Apps.export_dsl, access=READ_APPS, payload="AppDslExportQuery")
def export_dsl(visit: Visit, app_id: str, *, include_secret: bool | None = None, workflow_id: str | None = None) -> AppDsl:
    try:
        return AppDsl(data=definitions.written(visit.app, workflow_id, with_secrets=bool(include_secret)))
    except definitions.NoWorkflow as refusal:
        raise Refusal(404, "not_found", refusal.message, body=refusal.message) from None


@handles(Apps.check_dependencies, access=READ_APPS)
def check_dependencies(visit: Visit, app_id: str) -> Dependencies:
    return importing.missing(visit.world, app_id)


def listed(visit: Visit, apps: Iterable[held.App], page: int, limit: int, mode: str | None, name: str | None) -> Listing[AppRow]:
    """Those of a mode and a name, the newest first. A name that is an app's id finds that app."""
    found = [
        one for one in reversed(list(apps)) if mode in {None, one.mode} and (not name or name == one.id or name.lower() in one.name.lower())
    ]
    return numbered([_row(visit, one) for one in found], page, limit, most=_MOST)


def described(visit: Visit, fields: str | None) -> AppDescription:
    """The app, or the parts of it that were asked for."""
    wanted = {one.strip() for one in fields.split(",") if one.strip()} if fields else set(_PARTS)
    if unknown := sorted(wanted - set(_PARTS)):
        raise unfit("AppDescribeQuery", f"unknown field(s): {unknown}", fields, "fields")
    return AppDescription(
        info=_facts(visit) if "info" in wanted else None,
        parameters=_parameters(visit) if "parameters" in wanted else None,
        input_schema=input_schema(visit.app) if "input_schema" in wanted else None,
    )


def _row(visit: Visit, app: held.App) -> AppRow:
    workspace = visit.world.accounts.workspaces[visit.world.workspace_of(app)]
    return AppRow(
        id=app.id,
        name=app.name,
        description=app.description,
        mode=app.mode,
        updated_at=visit.world.clock.zoned(app.updated_at),
        workspace_id=workspace.id,
        workspace_name=workspace.name,
    )


def _facts(visit: Visit) -> AppFacts:
    app = visit.app
    return AppFacts(
        id=app.id,
        name=app.name,
        description=app.description,
        mode=app.mode,
        updated_at=visit.world.clock.zoned(app.updated_at),
        service_api_enabled=app.enable_api,
        is_agent=app.mode in {"agent-chat", "advanced-chat"},
    )


def _parameters(visit: Visit) -> dict[str, Any]:
    if visit.app.features is None:
        return _NO_PARAMETERS
    return about.parameters(visit).model_dump(mode="json", by_alias=True)

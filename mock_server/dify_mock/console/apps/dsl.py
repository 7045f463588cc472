"""Handlers: apps as YAML."""

from __future__ import annotations

from functools import partial
from typing import get_args

from dify_sdk.console.apps import Apps
from dify_sdk.console.apps.dsl import AppDsl, AppImport, Dependencies, DslVersion, ImportMode

from ...accounts import EDITORS
from ...apps import definitions, importing
from ...imports import Incoming
from ...quotas import check_quota
from ...refusals import invalid
from ...registry import handles
from ...visit import Visit


@handles(Apps.get_dsl_version)
def get_dsl_version(visit: Visit) -> DslVersion:
    return DslVersion(app_dsl_version=definitions.VERSION)


@handles(Apps.export_dsl, payload="AppExportQuery", decorated=True, roles=EDITORS)
def export_dsl(visit: Visit, app_id: str, *, include_secret: bool | None = None, workflow_id: str | None = None) -> AppDsl:
    return AppDsl(data=definitions.written(visit.app, workflow_id, with_secrets=bool(include_secret)))


@handles(Apps.import_dsl, payload="AppImportPayload", decorated=True, roles=EDITORS, by_hand={"mode"})
def import_dsl(
    visit: Visit,
    *,
    mode: ImportMode,
    yaml_content: str | None = None,
    yaml_url: str | None = None,
    name: str | None = None,
    description: str | None = None,
    icon_type: str | None = None,
    icon: str | None = None,
    icon_background: str | None = None,
    app_id: str | None = None,
) -> AppImport:
    check_quota(visit.world, visit.workspace, "apps")
    if mode not in get_args(ImportMode):
        raise invalid(f"Invalid import_mode: {mode}")
    changed = partial(
        Incoming,
        workspace_id=visit.workspace.id,
        name=name,
        description=description,
        icon_type=icon_type,
        icon=icon,
        icon_background=icon_background,
        app_id=app_id,
        account_id=visit.account.id,
    )
    return importing.take_in(visit, mode, yaml_content, yaml_url, changed)


@handles(Apps.confirm_import, roles=EDITORS)
def confirm_import(visit: Visit, import_id: str) -> AppImport:
    return importing.confirm(visit, import_id, visit.workspace.id)


@handles(Apps.check_dependencies, roles=EDITORS)
def check_dependencies(visit: Visit, app_id: str) -> Dependencies:
    return importing.missing(visit.world, app_id)

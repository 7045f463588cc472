"""Handlers: apps on their way into a workspace."""

from __future__ import annotations

from functools import partial

from dify_sdk.openapi.workspaces import WorkspaceApps
from dify_sdk.shared.imports import AppImport, ImportMode

from ..access import IMPORT_APPS
from ..apps import importing
from ..imports import Incoming
from ..registry import handles
from ..visit import Visit


@handles(WorkspaceApps.import_dsl, access=IMPORT_APPS, payload="AppDslImportPayload")
def import_dsl(
    visit: Visit,
    workspace_id: str,
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
    changed = partial(
        Incoming,
        workspace_id=workspace_id,
        name=name,
        description=description,
        icon_type=icon_type,
        icon=icon,
        icon_background=icon_background,
        app_id=app_id,
        account_id=visit.account.id,
    )
    return importing.take_in(visit, mode, yaml_content, yaml_url, changed)


@handles(WorkspaceApps.confirm_import, access=IMPORT_APPS)
def confirm_import(visit: Visit, workspace_id: str, import_id: str) -> AppImport:
    return importing.confirm(visit, import_id, workspace_id)

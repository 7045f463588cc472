"""Handlers: apps on their way into a workspace."""

from __future__ import annotations

from typing import Literal

from dify_sdk.openapi.workspaces import WorkspaceApps
from dify_sdk.shared.imports import AppImport

from ..access import IMPORT_APPS
from ..apps import importing, remote
from ..imports import Incoming
from ..refusals import Refusal
from ..registry import handles
from ..visit import Visit


@handles(WorkspaceApps.import_dsl, access=IMPORT_APPS, payload="AppDslImportPayload")
def import_dsl(
    visit: Visit,
    workspace_id: str,
    *,
    mode: Literal["yaml-content", "yaml-url"],
    yaml_content: str | None = None,
    yaml_url: str | None = None,
    name: str | None = None,
    description: str | None = None,
    icon_type: str | None = None,
    icon: str | None = None,
    icon_background: str | None = None,
    app_id: str | None = None,
) -> AppImport:
    given = yaml_content if mode == "yaml-content" else yaml_url
    if not given:
        return importing.answered(
            visit, importing.failed(visit.world.ids.uuid(), f"{mode.replace('-', '_')} is required when import_mode is {mode}")
        )
    try:
        definition = given if mode == "yaml-content" else remote.looked_at(visit, given).content.decode("utf-8", "replace")
    except Refusal as refusal:
        return importing.answered(visit, importing.failed(visit.world.ids.uuid(), f"Error fetching YAML from URL: {refusal.message}"))
    incoming = Incoming(definition, workspace_id, name, description, icon_type, icon, icon_background, app_id, visit.account.id)
    return importing.answered(visit, importing.bring_in(visit, incoming))


@handles(WorkspaceApps.confirm_import, access=IMPORT_APPS)
def confirm_import(visit: Visit, workspace_id: str, import_id: str) -> AppImport:
    return importing.answered(visit, importing.confirm(visit, import_id, workspace_id))

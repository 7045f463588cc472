"""Handlers: what workspaces show to everybody."""

from __future__ import annotations

from dify_sdk._files import File
from dify_sdk.files.workspaces import Workspaces

from ..exchange import Served
from ..refusals import not_found
from ..registry import handles
from ..visit import Visit


@handles(Workspaces.get_webapp_logo)
def get_webapp_logo(visit: Visit, workspace_id: str) -> File:
    workspace = visit.world.accounts.workspaces.get(workspace_id)
    logo = visit.world.upload_files.get(workspace.logo_id or "") if workspace else None
    if logo is None:
        raise not_found("webapp logo is not found")
    return Served(logo.content, content_type=logo.mime_type)

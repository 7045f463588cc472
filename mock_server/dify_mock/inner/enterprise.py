"""Handlers: what an enterprise's own management does with workspaces and apps."""

from __future__ import annotations

from dify_sdk.inner.enterprise import (
    AppDsl,
    AppImport,
    EnterpriseApps,
    EnterpriseCredentials,
    EnterpriseWorkspaces,
    Workspace,
    WorkspaceCreated,
)

from ..apps import definitions, importing
from ..imports import Incoming
from ..interior import Tenant
from ..refusals import Refusal
from ..registry import handles
from ..routing import UUID
from ..sampled import samples
from ..seed import EMAIL
from ..visit import Visit
from ..world import DRAFT, App
from .checks import check_given

samples(EnterpriseCredentials.resolve, guard=check_given)


@handles(EnterpriseWorkspaces.create)
def create(visit: Visit, *, name: str, owner_email: str) -> WorkspaceCreated:
    if owner_email != EMAIL:
        raise _unknown("owner account not found.")
    return _created(visit, name, visit.world.owner_id, "enterprise workspace created.")


@handles(EnterpriseWorkspaces.create_ownerless)
def create_ownerless(visit: Visit, *, name: str) -> WorkspaceCreated:
    return _created(visit, name, None, "enterprise workspace created.")


@handles(EnterpriseApps.export_dsl)
def export_dsl(visit: Visit, app_id: str, *, include_secret: bool | None = None, workflow_id: str | None = None) -> AppDsl:
    app = visit.world.apps.get(app_id)
    if app is None:
        raise _unknown("app not found")
    if workflow_id is not None:
        _check_version(app, workflow_id)
    return AppDsl(data=definitions.written(app, workflow_id, with_secrets=bool(include_secret)))


@handles(EnterpriseWorkspaces.import_dsl)
def import_dsl(
    visit: Visit, workspace_id: str, *, yaml_content: str, creator_email: str, name: str | None = None, description: str | None = None
) -> AppImport:
    """An app comes into the world; only the world's own workspace has any."""
    world = visit.world
    if workspace_id != world.workspace_id:
        raise _unknown("workspace not found")
    if creator_email != EMAIL:
        raise _unknown("creator account not found")
    return importing.answered(visit, importing.bring_in(visit, Incoming(yaml_content, workspace_id, name, description)))


def _created(visit: Visit, name: str, owner_id: str | None, message: str) -> WorkspaceCreated:
    world = visit.world
    made = Tenant(world.ids.uuid(), name, owner_id, f"{world.clock.iso()}Z")
    world.interior.tenants[made.id] = made
    tenant = Workspace(
        id=made.id, name=name, plan="basic", status="normal", custom_config={}, created_at=made.created_at, updated_at=made.created_at
    )
    return WorkspaceCreated(message=message, tenant=tenant)


def _check_version(app: App, workflow_id: str) -> None:
    """What is asked for by an id must be published, here."""
    if not UUID.fullmatch(workflow_id):
        raise Refusal(400, "invalid_workflow_id", "Invalid workflow id.")
    found = app.workflows.get(workflow_id)
    if found is None:
        raise Refusal(404, "workflow_version_not_found", "Workflow version not found.")
    if found.version == DRAFT:
        raise Refusal(400, "workflow_version_not_published", "Workflow version is not published.")


def _unknown(message: str) -> Refusal:
    return Refusal(404, "not_found", message, body={"message": message})

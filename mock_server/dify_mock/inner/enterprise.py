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

from ..accounts import Account
from ..apps import definitions, importing
from ..imports import Incoming
from ..refusals import Refusal
from ..registry import handles
from ..routing import UUID
from ..sampled import samples
from ..state import DRAFT, App
from ..visit import Visit
from .checks import check_given

samples(EnterpriseCredentials.resolve, guard=check_given)


@handles(EnterpriseWorkspaces.create)
def create(visit: Visit, *, name: str, owner_email: str) -> WorkspaceCreated:
    owner = visit.world.accounts.by_email(owner_email)
    if owner is None:
        raise _unknown("owner account not found.")
    return _created(visit, name, owner)


@handles(EnterpriseWorkspaces.create_ownerless)
def create_ownerless(visit: Visit, *, name: str) -> WorkspaceCreated:
    return _created(visit, name, None)


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
    accounts = visit.world.accounts
    if workspace_id not in accounts.workspaces:
        raise _unknown("workspace not found")
    creator = accounts.by_email(creator_email)
    if creator is None:
        raise _unknown("creator account not found")
    return importing.bring_in(visit, Incoming(yaml_content, workspace_id, name, description, account_id=creator.id))


def _created(visit: Visit, name: str, owner: Account | None) -> WorkspaceCreated:
    world = visit.world
    made = world.accounts.add_workspace(name, owner)
    at = f"{world.clock.iso()}Z"
    tenant = Workspace(id=made.id, name=name, plan="basic", status=made.status, custom_config={}, created_at=at, updated_at=at)
    return WorkspaceCreated(message="enterprise workspace created.", tenant=tenant)


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

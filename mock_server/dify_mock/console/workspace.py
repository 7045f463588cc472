"""Handlers: the current workspace."""

from __future__ import annotations

from typing import Final

from dify_sdk._files import File
from dify_sdk._params import Upload
from dify_sdk.console.workspace import (
    CustomConfig,
    UploadedLogo,
    Workspace,
    WorkspaceChange,
    WorkspaceDetail,
    WorkspacePermission,
    WorkspaceSummary,
)

from .. import accounts as held
from ..accounts import MANAGERS
from ..refusals import NO_SUCH_PAGE, Refusal, not_found
from ..registry import handles
from ..uploads import ending_of, keep, only_file, unsupported
from ..visit import Visit

_LOGOS: Final = frozenset({"png", "svg"})


@handles(Workspace.get_summary)
def get_summary(visit: Visit) -> WorkspaceSummary:
    workspace = visit.workspace
    if workspace.status == "archive":
        raise Refusal(409, "current_workspace_archived", "The current workspace has been archived.")
    return WorkspaceSummary(id=workspace.id, name=workspace.name, role=workspace.roles[visit.account.id], plan=None, credits=None)


@handles(Workspace.get_permissions)
def get_permissions(visit: Visit) -> WorkspacePermission:
    allowed = visit.world.enterprise
    if allowed is None:
        raise not_found(NO_SUCH_PAGE)
    return WorkspacePermission(
        workspace_id=visit.workspace.id,
        allow_member_invite=allowed.lets_members_invite,
        allow_owner_transfer=allowed.lets_owners_transfer,
    )


@handles(Workspace.rename, payload="WorkspaceInfoPayload")
def rename(visit: Visit, *, name: str) -> WorkspaceChange:
    visit.workspace.name = name
    return WorkspaceChange(result="success", tenant=detail(visit, visit.workspace))


@handles(Workspace.get_custom_config)
def get_custom_config(visit: Visit) -> CustomConfig:
    return _looks(visit, visit.workspace)


@handles(Workspace.update_custom_config, payload="WorkspaceCustomConfigPayload")
def update_custom_config(
    visit: Visit, *, remove_webapp_brand: bool | None = None, replace_webapp_logo: str | None = None
) -> WorkspaceChange:
    visit.workspace.hides_brand = bool(remove_webapp_brand)
    if replace_webapp_logo is not None:
        visit.workspace.logo_id = replace_webapp_logo or None
    return WorkspaceChange(result="success", tenant=detail(visit, visit.workspace))


@handles(Workspace.upload_webapp_logo)
def upload_webapp_logo(visit: Visit, *, file: Upload) -> UploadedLogo:
    only_file(visit.request)
    picture = File.of(file)
    if ending_of(picture.name) not in _LOGOS:
        raise unsupported()
    return UploadedLogo(id=keep(visit.world, picture, created_by=visit.account.id, workspace_id=visit.workspace.id).id)


def detail(visit: Visit, workspace: held.Workspace) -> WorkspaceDetail:
    """A workspace as the wire has it. What its pages look like is for managers to see, where they can change it."""
    role = workspace.roles[visit.account.id]
    shows_looks = visit.world.settings.logo_is_replaceable and role in MANAGERS
    return WorkspaceDetail(
        id=workspace.id,
        name=workspace.name,
        plan=None,
        status=workspace.status,
        created_at=int(workspace.created_at),
        role=role,
        in_trial=None,
        trial_end_reason=None,
        custom_config=_looks(visit, workspace) if shows_looks else None,
        trial_credits=None,
        trial_credits_used=None,
        trial_credits_exhausted_at=None,
        next_credit_reset_date=None,
    )


def _looks(visit: Visit, workspace: held.Workspace) -> CustomConfig:
    return CustomConfig(remove_webapp_brand=workspace.hides_brand, replace_webapp_logo=workspace.logo_url(visit.request.base_url))

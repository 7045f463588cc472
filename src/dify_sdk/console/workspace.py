"""Console: the current workspace."""

from __future__ import annotations

from typing import Literal, TypeAlias

from .._endpoint import GET, POST, M, Resource
from .._models import Model
from .._params import Upload
from .features import Plan as Plan


class Workspace(Resource[M], area="console.workspace", key="session"):
    """The current workspace."""

    @GET("/workspaces/current/summary", since="1.16")
    def get_summary(self) -> WorkspaceSummary:
        """Tell which workspace it is, and what the account is there.

        Raises:
            ConflictError: It was archived.
        """
        ...

    @GET("/workspaces/current/permission", since="1.13")
    def get_permissions(self) -> WorkspacePermission:
        """Tell what an enterprise's management allows here.

        Raises:
            NotFoundError: It is no enterprise server.
        """
        ...

    @POST("/workspaces/info", repeatable=True)
    def rename(self, *, name: str) -> WorkspaceChange:
        """Give it another name.

        Args:
            name: The name.
        """
        ...

    @GET("/workspaces/custom-config", since="1.16")
    def get_custom_config(self) -> CustomConfig:
        """Tell what the pages of its apps look like."""
        ...

    @POST("/workspaces/custom-config", repeatable=True)
    def update_custom_config(self, *, remove_webapp_brand: bool | None = None, replace_webapp_logo: str | None = None) -> WorkspaceChange:
        """Change what the pages of its apps look like.

        Args:
            remove_webapp_brand: Whether they hide whose platform they are on; they show it where this is not given.
            replace_webapp_logo: An upload of `upload_webapp_logo`, to be shown as the logo; an empty text for the platform's own.

        Raises:
            PermissionDeniedError: The plan has no such thing.
        """
        ...

    @POST("/workspaces/custom-config/webapp-logo/upload", status=201)
    def upload_webapp_logo(self, *, file: Upload) -> UploadedLogo:
        """Upload a logo. It is shown once `update_custom_config` was told of it.

        Args:
            file: The picture, in PNG or SVG.

        Raises:
            UnsupportedFileTypeError: It is something else.
            FileTooLargeError: It is too large.
            PermissionDeniedError: The plan has no such thing.
        """
        ...


Role: TypeAlias = Literal["owner", "admin", "editor", "normal", "dataset_operator"]


class WorkspaceSummary(Model):
    """A workspace, and what the account is there. The credits of the cloud are -1 where there is no limit."""

    id: str
    name: str
    role: Role | str
    plan: Plan | str | None = None
    credits: int | None = None


class WorkspacePermission(Model):
    """What an enterprise's management allows in a workspace."""

    workspace_id: str
    allow_member_invite: bool
    allow_owner_transfer: bool


class CustomConfig(Model):
    """What the pages of a workspace's apps look like; `replace_webapp_logo` is the address of the logo."""

    remove_webapp_brand: bool | None = None
    replace_webapp_logo: str | None = None


class WorkspaceDetail(Model):
    """A workspace, and what the account is there. What is about trials and credits is for the cloud; `custom_config` for managers."""

    id: str
    name: str | None = None
    plan: Plan | str | None = None
    status: str | None = None
    created_at: int | None = None
    role: Role | str | None = None
    in_trial: bool | None = None
    trial_end_reason: str | None = None
    custom_config: CustomConfig | None = None
    trial_credits: int | None = None
    trial_credits_used: int | None = None
    trial_credits_exhausted_at: int | None = None
    next_credit_reset_date: int | None = None


class WorkspaceChange(Model):
    """A workspace that was changed."""

    result: str
    tenant: WorkspaceDetail


class UploadedLogo(Model):
    """A logo that was uploaded."""

    id: str

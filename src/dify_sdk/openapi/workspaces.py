"""OpenAPI: workspaces, their members, and apps on their way in."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from .._endpoint import DELETE, GET, PATCH, POST, M, Resource, area
from .._models import Listing, Model
from .._params import PageNumber, Within
from ..shared.imports import AppImport as AppImport, DslImportWarning as DslImportWarning, ImportMode as ImportMode


class WorkspaceApps(Resource[M], area="openapi.workspaces.apps", key="token"):
    """Apps on their way into a workspace."""

    @POST("/workspaces/{workspace_id}/apps/imports", since="1.16")
    def import_dsl(
        self,
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
        """Make an app from its YAML, or change one.

        An import of another version waits to be confirmed: its `status` is `pending`.

        Args:
            workspace_id: The workspace.
            mode: Whether the YAML itself is given, or its address.
            yaml_content: The YAML.
            yaml_url: Its address.
            name: A name, instead of the one in the YAML.
            description: A description, instead of the one in the YAML.
            icon_type: What kind of icon it is.
            icon: An icon, instead of the one in the YAML.
            icon_background: The colour behind it.
            app_id: The app to change.

        Raises:
            BadRequestError: The import failed; `body` is the import.
            PermissionDeniedError: The one who has signed in may not edit apps.
        """
        ...

    @POST("/workspaces/{workspace_id}/apps/imports/{import_id}:confirm", since="1.16")
    def confirm_import(self, workspace_id: str, import_id: str) -> AppImport:
        """Confirm an import that waits for it.

        Args:
            workspace_id: The workspace.
            import_id: The import.

        Raises:
            BadRequestError: The import failed, or there is none; `body` is the import.
        """
        ...


class Members(Resource[M], area="openapi.workspaces.members", key="token"):
    """The members of a workspace."""

    @GET.pages("/workspaces/{workspace_id}/members", since="1.16")
    def list(self, workspace_id: str, *, page: PageNumber = 1, limit: Annotated[int, Within(1, 200)] = 20) -> Listing[Member]:
        """List the members.

        Args:
            workspace_id: The workspace.
            page: The page, from 1.
            limit: How many on a page, 1 to 200.

        Raises:
            NotFoundError: The one who has signed in does not belong to it.
        """
        ...

    @POST("/workspaces/{workspace_id}/members", status=201, since="1.16")
    def invite(self, workspace_id: str, *, email: str, role: MemberRole) -> Invitation:
        """Invite somebody.

        Args:
            workspace_id: The workspace.
            email: Where to.
            role: What they will be.

        Raises:
            PermissionDeniedError: The one who has signed in is neither owner nor admin, or there is no more room.
            BadRequestError: They are a member already.
        """
        ...

    @DELETE("/workspaces/{workspace_id}/members/{member_id}", since="1.16")
    def remove(self, workspace_id: str, member_id: str) -> MemberChange:
        """Remove a member.

        Args:
            workspace_id: The workspace.
            member_id: The member.

        Raises:
            NotFoundError: No such member.
            PermissionDeniedError: The one who has signed in is neither owner nor admin.
        """
        ...

    @PATCH("/workspaces/{workspace_id}/members/{member_id}", since="1.16")
    def update_role(self, workspace_id: str, member_id: str, *, role: MemberRole) -> MemberChange:
        """Make a member something else.

        Args:
            workspace_id: The workspace.
            member_id: The member.
            role: What they will be.

        Raises:
            NotFoundError: No such member.
            PermissionDeniedError: The one who has signed in is neither owner nor admin.
        """
        ...


class Workspaces(Resource[M], area="openapi.workspaces", key="token"):
    """Workspaces."""

    @area
    def apps(self) -> WorkspaceApps[M]:
        """Apps on their way into a workspace."""
        return WorkspaceApps(self._core)

    @area
    def members(self) -> Members[M]:
        """The members of a workspace."""
        return Members(self._core)

    @GET("/workspaces", since="1.16")
    def list(self) -> WorkspaceList:
        """List the workspaces of the account."""
        ...

    @GET("/workspaces/{workspace_id}", since="1.16")
    def get(self, workspace_id: str) -> WorkspaceDetail:
        """Look a workspace up.

        Args:
            workspace_id: The workspace.

        Raises:
            NotFoundError: The one who has signed in does not belong to it.
        """
        ...

    @POST("/workspaces/{workspace_id}:switch", repeatable=True, since="1.16")
    def switch(self, workspace_id: str) -> WorkspaceDetail:
        """Make a workspace the account's current one.

        Args:
            workspace_id: The workspace.

        Raises:
            NotFoundError: The one who has signed in does not belong to it.
        """
        ...


MemberRole: TypeAlias = Literal["normal", "admin"]


class WorkspaceSummary(Model):
    """A workspace, and what the account is there."""

    id: str
    name: str
    role: str | None = None
    status: str | None = None
    current: bool | None = None


class WorkspaceDetail(WorkspaceSummary):
    """A workspace. `created_at` is ISO 8601."""

    created_at: str | None = None


class WorkspaceList(Model):
    """The workspaces of an account."""

    workspaces: list[WorkspaceSummary]


class Member(Model):
    """A member of a workspace."""

    id: str
    name: str = ""
    email: str = ""
    role: str | None = None
    status: str | None = None
    avatar: str | None = None


class Invitation(Model):
    """An invitation. Whoever has its address can accept it."""

    result: str = "success"
    email: str = ""
    role: str | None = None
    member_id: str | None = None
    invite_url: str | None = Field(default=None, repr=False)
    tenant_id: str | None = None


class MemberChange(Model):
    """A member was changed."""

    result: str = "success"

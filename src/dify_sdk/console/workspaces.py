"""Console: the workspaces of an account, and all that there are."""

from __future__ import annotations

from typing import Annotated

from .._endpoint import GET, POST, M, Resource
from .._models import Listing, Model
from .._params import Within
from .features import Plan as Plan
from .workspace import WorkspaceDetail


class Workspaces(Resource[M], area="console.workspaces", key="session"):
    """The workspaces of an account, and all that there are."""

    @GET("/workspaces")
    def list(self) -> WorkspaceList:
        """List the workspaces that the account belongs to."""
        ...

    @POST("/workspaces/switch", repeatable=True)
    def switch(self, *, tenant_id: str) -> WorkspaceSwitch:
        """Go to another workspace, with every session of the account, at once.

        Args:
            tenant_id: The workspace.

        Raises:
            PermissionDeniedError: The account does not belong to it.
        """
        ...

    @GET.pages("/all-workspaces", key="admin")
    def list_all(
        self, *, page: Annotated[int, Within(1, 99999)] = 1, limit: Annotated[int, Within(1, 100)] = 20
    ) -> Listing[WorkspaceOnServer]:
        """List all workspaces of the server, newest first, with the administrator's key.

        Args:
            page: The page, from 1.
            limit: How many on a page, 1 to 100.

        Raises:
            AuthenticationError: The server has no such key, or another.
        """
        ...


class MyWorkspace(Model):
    """A workspace that the account belongs to, and whether it is the current one."""

    id: str
    name: str | None = None
    plan: Plan | str | None = None
    status: str | None = None
    created_at: int | None = None
    last_opened_at: int | None = None
    current: bool


class WorkspaceList(Model):
    """The workspaces of an account."""

    workspaces: list[MyWorkspace]


class WorkspaceSwitch(Model):
    """The workspace that is the current one now."""

    result: str
    new_tenant: WorkspaceDetail


class WorkspaceOnServer(Model):
    """A workspace, as the administrator sees it."""

    id: str
    name: str | None = None
    status: str | None = None
    created_at: int | None = None

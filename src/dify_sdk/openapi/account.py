"""OpenAPI: whoever has signed in, and where."""

from __future__ import annotations

from typing import Annotated, Literal

from .._endpoint import DELETE, GET, M, Resource, area
from .._models import Listing, Model
from .._params import PageNumber, Within
from ..shared.accounts import AccountSummary as AccountSummary


class Sessions(Resource[M], area="openapi.account.sessions", key="token"):
    """Where the account is signed in."""

    @GET.pages("/account/sessions", since="1.16")
    def list(self, *, page: PageNumber = 1, limit: Annotated[int, Within(1, 200)] = 100) -> Listing[Session]:
        """List the sessions of the account.

        Args:
            page: The page, from 1.
            limit: How many on a page, 1 to 200.
        """
        ...

    @DELETE("/account/sessions/self", since="1.16")
    def revoke_current(self) -> Revoked:
        """End this session; its token is of no more use."""
        ...

    @DELETE("/account/sessions/{session_id}", since="1.16")
    def revoke(self, session_id: str) -> Revoked:
        """End a session.

        Args:
            session_id: The session.

        Raises:
            NotFoundError: The account has no such session.
        """
        ...


class Account(Resource[M], area="openapi.account", key="token"):
    """Whoever has signed in."""

    @area
    def sessions(self) -> Sessions[M]:
        """Where the account is signed in."""
        return Sessions(self._core)

    @GET("/account", since="1.16")
    def get(self) -> Subject:
        """Tell who has signed in, and the workspaces they belong to."""
        ...


class WorkspaceRole(Model):
    """A workspace, and what the account is there."""

    id: str
    name: str = ""
    role: str = ""


class Subject(Model):
    """Whoever has signed in: an account, or somebody known elsewhere."""

    subject_type: Literal["account", "external_sso"] | str
    subject_email: str | None = None
    subject_issuer: str | None = None
    account: AccountSummary | None = None
    workspaces: list[WorkspaceRole] = []
    default_workspace_id: str | None = None


class Session(Model):
    """A session. Times are ISO 8601."""

    id: str
    prefix: str = ""
    client_id: str = ""
    device_label: str = ""
    created_at: str | None = None
    last_used_at: str | None = None
    expires_at: str | None = None


class Revoked(Model):
    """The answer to the end of a session."""

    status: str

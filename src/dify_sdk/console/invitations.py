"""Console: invitations, as whoever was invited sees them."""

from __future__ import annotations

from typing import Annotated

from .._endpoint import GET, POST, M, Resource
from .._models import Model
from .._params import Within
from ..shared.results import Result


class Invitations(Resource[M], area="console.invitations", key="none"):
    """Invitations, as whoever was invited sees them. The address in the mail has the token."""

    @GET("/activate/check")
    def check(self, *, token: str, workspace_id: str | None = None, email: str | None = None) -> InvitationCheck:
        """Tell whether an invitation is still good, and where to.

        Args:
            token: The token.
            workspace_id: The workspace, if it is to be this one.
            email: Who was invited, if it is to be them.
        """
        ...

    @POST("/activate")
    def accept(
        self,
        *,
        token: str,
        workspace_id: str | None = None,
        email: str | None = None,
        name: Annotated[str | None, Within(most=30)] = None,
        interface_language: str | None = None,
        timezone: str | None = None,
    ) -> Result:
        """Accept an invitation; it is used up. Nobody is signed in.

        Args:
            token: The token.
            workspace_id: The workspace, if it is to be this one.
            email: Who was invited, if it is to be them.
            name: The name of a new account, at most 30 characters; needed where `check` says `requires_setup`.
            interface_language: Its language, as `en-US`; needed in the same case.
            timezone: Its time zone, as `Europe/Paris`; needed in the same case.

        Raises:
            PermissionDeniedError: It was accepted already, is too old, or was somebody else's.
        """
        ...


class InvitationDetail(Model):
    """Who was invited, and where to. An account that `requires_setup` has no name yet."""

    workspace_name: str | None = None
    workspace_id: str | None = None
    email: str | None = None
    account_status: str | None = None
    requires_setup: bool | None = None


class InvitationCheck(Model):
    """Whether an invitation is still good."""

    is_valid: bool
    data: InvitationDetail | None = None

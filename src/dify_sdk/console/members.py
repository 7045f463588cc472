"""Console: the members of the current workspace."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

from pydantic import Field

from .._endpoint import DELETE, GET, POST, PUT, M, Resource, area
from .._models import Model
from ..shared.codes import CodeSent as CodeSent, CodeVerified as CodeVerified
from ..shared.results import Result
from .workspace import Role


class OwnershipTransfer(Resource[M], area="console.members.ownership_transfer", key="session"):
    """Make another member the owner, with a code that comes to the owner by e-mail."""

    @POST("/workspaces/current/members/send-owner-transfer-confirm-email")
    def send_code(self, *, language: str | None = None) -> CodeSent:
        """Have a code sent to the owner; it holds for five minutes.

        Args:
            language: The language of the mail, as `en-US`.

        Raises:
            BadRequestError: The account is not the owner.
            PermissionDeniedError: An enterprise's management forbids it.
            RateLimitError: A code was sent lately.
        """
        ...

    @POST("/workspaces/current/members/owner-transfer-check")
    def verify_code(self, *, code: str, token: str) -> CodeVerified:
        """Show the code; the reply's token is the one to go on with.

        Args:
            code: The code, as it is typed.
            token: What `send_code` answered.

        Raises:
            BadRequestError: The code is wrong, or too old.
            RateLimitError: It was wrong too often.
        """
        ...

    @POST("/workspaces/current/members/{member_id:uuid}/owner-transfer")
    def complete(self, member_id: str, *, token: str) -> Result:
        """Make a member the owner; who was becomes an admin.

        Args:
            member_id: The member.
            token: What `verify_code` answered.

        Raises:
            BadRequestError: The account is not the owner, the member is none or the owner, or the token is too old.
            NotFoundError: No such account.
        """
        ...


class Members(Resource[M], area="console.members", key="session"):
    """The members of the current workspace."""

    @area
    def ownership_transfer(self) -> OwnershipTransfer[M]:
        """Make another member the owner."""
        return OwnershipTransfer(self._core)

    @GET("/workspaces/current/members")
    def list(self) -> MemberList:
        """List the members, those among them who were invited and have not come yet."""
        ...

    @GET("/workspaces/current/dataset-operators")
    def list_dataset_operators(self) -> MemberList:
        """List the members who are there for datasets alone."""
        ...

    @POST("/workspaces/current/members/invite-email", status=201)
    def invite(self, *, emails: Sequence[str], role: MemberRole, language: str | None = None) -> MemberInvitations:
        """Invite people. Each gets a mail; the reply has the addresses in it too.

        Args:
            emails: Where to.
            role: What they will be.
            language: The language of the mails, as `en-US`.

        Raises:
            BadRequestError: No such role, or the workspace has no more room.
        """
        ...

    @PUT("/workspaces/current/members/{member_id:uuid}/update-role")
    def update_role(self, member_id: str, *, role: MemberRole) -> Result:
        """Make a member something else.

        Args:
            member_id: The member.
            role: What they will be.

        Raises:
            BadRequestError: They are that already, it is the owner or oneself, or the account may not.
            NotFoundError: No such account.
        """
        ...

    @DELETE("/workspaces/current/members/{member_id:uuid}")
    def remove(self, member_id: str) -> MemberRemoval:
        """Remove a member, or take an invitation back.

        Args:
            member_id: The member.

        Raises:
            BadRequestError: It is oneself.
            PermissionDeniedError: It is the owner, or the account may not.
            NotFoundError: No such member.
        """
        ...


MemberRole: TypeAlias = Literal["admin", "editor", "normal", "dataset_operator"]


class RoleName(Model):
    """A role, as it is called."""

    id: str
    name: str


class Member(Model):
    """A member of a workspace; `pending` is who was invited and has not come yet."""

    id: str
    name: str
    email: str
    avatar: str | None = None
    avatar_url: str | None = None
    last_login_at: int | None = None
    last_active_at: int | None = None
    created_at: int | None = None
    role: Role | str
    roles: list[RoleName] | None = None
    status: Literal["active", "pending", "uninitialized", "banned", "closed"] | str


class MemberList(Model):
    """The members of a workspace."""

    accounts: list[Member]


class MemberInvitation(Model):
    """What became of an invitation. Whoever has its `url` can accept it; who was not invited has a `message` instead."""

    status: Literal["success", "already_member", "failed"] | str
    email: str
    url: str | None = Field(default=None, repr=False)
    message: str | None = None


class MemberInvitations(Model):
    """What became of invitations, one by one."""

    result: str
    invitation_results: list[MemberInvitation]
    tenant_id: str | None = None


class MemberRemoval(Model):
    """A member was removed from the workspace `tenant_id`."""

    result: str
    tenant_id: str | None = None

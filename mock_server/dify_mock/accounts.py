"""Accounts, and the workspaces they belong to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from .clock import Clock
from .ids import Ids

Role: TypeAlias = Literal["owner", "admin", "editor", "normal", "dataset_operator"]
MANAGERS: frozenset[Role] = frozenset({"owner", "admin"})
EDITORS: frozenset[Role] = frozenset({*MANAGERS, "editor"})
LIBRARIANS: frozenset[Role] = frozenset({*EDITORS, "dataset_operator"})
"""Who may change knowledge."""


@dataclass
class Account:
    """Somebody with a password. Whoever was invited is `pending` until they come."""

    id: str
    email: str
    name: str
    password: str = field(default="", repr=False)
    status: Literal["active", "pending", "uninitialized", "banned"] = "active"
    avatar: str | None = None
    current_workspace_id: str | None = None
    interface_language: str = "en-US"
    interface_theme: str = "light"
    timezone: str = "America/New_York"
    created_at: float = 0.0
    last_login_at: float | None = None


@dataclass
class Workspace:
    """A workspace, and what its members are there, by their account's id, in the order they came."""

    id: str
    name: str
    created_at: float
    status: Literal["normal", "archive"] = "normal"
    roles: dict[str, Role] = field(default_factory=dict[str, Role])
    seats: int | None = None
    """How many members it has room for; any number where it is None."""
    quotas: dict[str, int] = field(default_factory=dict[str, int])
    """How much its plan has room for, by what it is; any number of what is not named."""


@dataclass
class Invitation:
    """Somebody was asked to come; its token is how they do."""

    token: str = field(repr=False)
    account: Account
    workspace: Workspace


class Accounts:
    """All accounts and workspaces of a server."""

    def __init__(self, clock: Clock, ids: Ids) -> None:
        self._clock = clock
        self._ids = ids
        self.known: dict[str, Account] = {}
        self.workspaces: dict[str, Workspace] = {}
        self.invitations: dict[str, Invitation] = {}
        """By token."""

    def add(self, email: str, password: str = "", *, name: str = "", account_id: str = "") -> Account:
        """Make an account."""
        made = Account(
            account_id or self._ids.uuid(), email.lower(), name or email.partition("@")[0], password, created_at=self._clock.now()
        )
        self.known[made.id] = made
        return made

    def register(self, email: str, password: str = "", *, language: str | None = None, timezone: str | None = None) -> Account:
        """Somebody makes themselves an account, and has a workspace of their own."""
        made = self.add(email, password)
        made.interface_language, made.timezone = language or made.interface_language, timezone or made.timezone
        self.add_workspace(f"{made.name}'s Workspace", made, self._clock.now())
        return made

    def add_workspace(self, name: str, owner: Account | None, now: float, *, workspace_id: str = "") -> Workspace:
        """Make a workspace; it is the current one of an owner who has no other. An enterprise's may have no owner yet."""
        made = Workspace(workspace_id or self._ids.uuid(), name, now)
        self.workspaces[made.id] = made
        if owner is not None:
            self.join(made, owner, "owner")
        return made

    def join(self, workspace: Workspace, account: Account, role: Role) -> None:
        """Make somebody a member."""
        workspace.roles[account.id] = role
        account.current_workspace_id = account.current_workspace_id or workspace.id

    def invite(self, workspace: Workspace, email: str, role: Role) -> Invitation:
        """Ask somebody to come; whoever has no account gets one that waits for them."""
        account = self.by_email(email)
        if account is None:
            account = self.add(email)
            account.status = "pending"
        self.join(workspace, account, role)
        made = Invitation(self._ids.uuid(), account, workspace)
        self.invitations[made.token] = made
        return made

    def accept(self, token: str, password: str, name: str = "") -> Account:
        """Come, by an invitation; it is used up."""
        account = self.invitations.pop(token).account
        if account.status == "pending":
            account.status, account.password, account.name = "active", password, name or account.name
        return account

    def leave(self, workspace: Workspace, account: Account) -> None:
        """Make somebody a member no more."""
        del workspace.roles[account.id]
        if account.current_workspace_id == workspace.id:
            account.current_workspace_id = next((one.id for one in self.workspaces_of(account)), None)

    def by_email(self, email: str) -> Account | None:
        """An account by its address."""
        return next((one for one in self.known.values() if one.email == email.lower()), None)

    def workspaces_of(self, account: Account) -> Iterator[Workspace]:
        """Where somebody is a member."""
        return (one for one in self.workspaces.values() if account.id in one.roles)

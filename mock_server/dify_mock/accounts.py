"""Accounts, and the workspaces they belong to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias
from urllib.parse import urlencode

from .clock import Clock
from .ids import Ids
from .locales import LANGUAGE
from .notices import Notice
from .refusals import Refusal
from .tours import Tour

Role: TypeAlias = Literal["owner", "admin", "editor", "normal", "dataset_operator"]
MANAGERS: frozenset[Role] = frozenset({"owner", "admin"})
EDITORS: frozenset[Role] = frozenset({*MANAGERS, "editor"})
LIBRARIANS: frozenset[Role] = frozenset({*EDITORS, "dataset_operator"})
"""Who may change knowledge."""
Objection: TypeAlias = Literal["no member", "oneself", "no manager", "the owner"]
INVITED_SECONDS: Final = 72 * 3600.0
_ACTIVE_SECONDS: Final = 600.0
_FROZEN_SECONDS: Final = 30 * 86_400.0
BANNED: Final = "Account is banned."
FROZEN: Final = "This email account has been deleted within the past 30 days and is temporarily unavailable for new account registration."


@dataclass(frozen=True)
class Integration:
    """An account elsewhere: its id there, and when it was bound."""

    id: str
    created_at: float


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
    interface_language: str = LANGUAGE
    interface_theme: str = "light"
    timezone: str = "America/New_York"
    created_at: float = 0.0
    last_login_at: float | None = None
    last_active_at: float = 0.0
    last_login_ip: str | None = None
    integrations: dict[str, Integration] = field(default_factory=dict[str, Integration])
    """Accounts elsewhere that it can be signed in to with, by where they are."""
    tour: Tour = field(default_factory=Tour)


@dataclass
class Workspace:
    """A workspace, and what its members are there, by their account's id, in the order they came."""

    id: str
    name: str
    created_at: float
    status: Literal["normal", "archive"] = "normal"
    roles: dict[str, Role] = field(default_factory=dict[str, Role])
    opened_at: dict[str, float] = field(default_factory=dict[str, float])
    """When members made it their current one, by their account's id."""
    seats: int | None = None
    """How many members it has room for; any number where it is None."""
    hides_brand: bool = False
    """Whether its pages do not tell whose platform they are on."""
    logo_id: str | None = None
    """The upload that its pages show in the place of the platform's own logo."""
    quotas: dict[str, int] = field(default_factory=dict[str, int])
    """How much its plan has room for, by what it is; any number of what is not named."""

    @property
    def owner_id(self) -> str | None:
        """Whose it is; an enterprise's may have no owner yet."""
        return next((account_id for account_id, role in self.roles.items() if role == "owner"), None)

    def has_room(self, guests: int = 1) -> bool:
        """Whether so many more fit in."""
        return self.seats is None or len(self.roles) + guests <= self.seats

    def logo_url(self, base_url: str) -> str | None:
        """Where everybody can see its logo, if it has one."""
        return f"{base_url}/files/workspaces/{self.id}/webapp-logo" if self.logo_id else None

    def objection(self, operator: Account, member_id: str) -> Objection | None:
        """What speaks against somebody's removing a member, or making them something else."""
        if member_id == operator.id:
            return "oneself"
        if self.roles.get(operator.id) not in MANAGERS:
            return "no manager"
        if member_id not in self.roles:
            return "no member"
        return "the owner" if self.roles[member_id] == "owner" else None


@dataclass
class Invitation:
    """Somebody was asked to come; its token is how they do."""

    token: str = field(repr=False)
    account: Account
    workspace: Workspace
    until: float
    language: str
    """The language of the letter."""

    def url(self, base_url: str) -> str:
        """The page where it is accepted."""
        return f"{base_url}/activate?{urlencode({'email': self.account.email, 'token': self.token})}"


class Accounts:
    """All accounts and workspaces of a server."""

    def __init__(self, clock: Clock, ids: Ids) -> None:
        self._clock = clock
        self._ids = ids
        self.known: dict[str, Account] = {}
        self.workspaces: dict[str, Workspace] = {}
        self.invitations: dict[str, Invitation] = {}
        """By token."""
        self.farewells: list[tuple[str, str]] = []
        """Why accounts were deleted: their address, and what they said."""
        self.notices: dict[str, Notice] = {}
        """News for all of them, where the server is the cloud."""
        self._left: dict[str, float] = {}

    def add(self, email: str, password: str = "", *, name: str = "", account_id: str = "") -> Account:
        """Make an account."""
        now, name = self._clock.now(), name or email.partition("@")[0]
        made = Account(account_id or self._ids.uuid(), email.lower(), name, password, created_at=now, last_active_at=now)
        self.known[made.id] = made
        return made

    def register(self, email: str, password: str = "", *, language: str | None = None, timezone: str | None = None) -> Account:
        """Somebody makes themselves an account, and has a workspace of their own."""
        made = self.add(email, password)
        made.interface_language, made.timezone = language or made.interface_language, timezone or made.timezone
        self.add_workspace(f"{made.name}'s Workspace", made)
        return made

    def add_workspace(self, name: str, owner: Account | None, *, workspace_id: str = "") -> Workspace:
        """Make a workspace; it is the current one of an owner who has no other. An enterprise's may have no owner yet."""
        made = Workspace(workspace_id or self._ids.uuid(), name, self._clock.now())
        self.workspaces[made.id] = made
        if owner is not None:
            self.join(made, owner, "owner")
        return made

    def join(self, workspace: Workspace, account: Account, role: Role) -> None:
        """Make somebody a member."""
        workspace.roles[account.id] = role
        if account.current_workspace_id is None:
            self.switch(account, workspace)

    def switch(self, account: Account, workspace: Workspace) -> None:
        """Go to a workspace, with all one's sessions."""
        account.current_workspace_id = workspace.id
        workspace.opened_at[account.id] = self._clock.now()

    def saw(self, account: Account) -> None:
        """Somebody has asked for something."""
        if self._clock.now() - account.last_active_at >= _ACTIVE_SECONDS:
            account.last_active_at = self._clock.now()

    def invite(self, workspace: Workspace, email: str, role: Role, *, language: str | None = None) -> Invitation:
        """Ask somebody to come; whoever has no account gets one that waits for them."""
        account = self.by_email(email)
        if account is None:
            account = self.add(email)
            account.status = "pending"
        if account.id not in workspace.roles:
            self.join(workspace, account, role)
        made = Invitation(self._ids.uuid(), account, workspace, self._clock.now() + INVITED_SECONDS, language or LANGUAGE)
        self.invitations[made.token] = made
        return made

    def invitation(self, token: str) -> Invitation | None:
        """An invitation that somebody can still accept."""
        found = self.invitations.get(token)
        return found if found and found.until > self._clock.now() else None

    def accept(self, token: str, password: str = "", name: str = "", *, language: str = "", timezone: str = "") -> Account:
        """Come, by an invitation; it is used up."""
        account = self.invitations.pop(token).account
        if account.status == "pending":
            account.status, account.password, account.name = "active", password or account.password, name or account.name
            account.interface_language, account.timezone = language or account.interface_language, timezone or account.timezone
        return account

    def hand_over(self, workspace: Workspace, account: Account) -> None:
        """Make a member the owner; whoever was becomes an admin."""
        if workspace.owner_id:
            workspace.roles[workspace.owner_id] = "admin"
        workspace.roles[account.id] = "owner"

    def leave(self, workspace: Workspace, account: Account) -> None:
        """Make somebody a member no more. Whoever was only invited, and nowhere else, is forgotten."""
        del workspace.roles[account.id]
        workspace.opened_at.pop(account.id, None)
        for one in [one for one in self.invitations.values() if one.workspace is workspace and one.account is account]:
            del self.invitations[one.token]
        if account.current_workspace_id == workspace.id:
            account.current_workspace_id = next((one.id for one in self.workspaces_of(account)), None)
        if account.status == "pending" and account.current_workspace_id is None:
            del self.known[account.id]

    def remove(self, account: Account) -> None:
        """Somebody is no more; nobody else can have the address for a while."""
        for workspace in list(self.workspaces_of(account)):
            self.leave(workspace, account)
        self.invitations = {token: one for token, one in self.invitations.items() if one.account is not account}
        self.known.pop(account.id, None)  # whoever never accepted their invitation is forgotten already
        self._left[account.email] = self._clock.now()

    def check_free(self, email: str) -> None:
        """Refuse an address that somebody has, or had until lately."""
        self.check_thawed(email)
        if self.by_email(email) is not None:
            raise Refusal(400, "email_already_in_use", "A user with this email already exists.")

    def check_thawed(self, email: str) -> None:
        """Refuse an address whose account was deleted lately."""
        if self.is_frozen(email):
            raise Refusal(400, "account_in_freeze", FROZEN)

    def is_frozen(self, email: str) -> bool:
        """Whether the account of an address was deleted lately."""
        left = self._left.get(email.lower())
        return left is not None and self._clock.now() < left + _FROZEN_SECONDS

    def by_email(self, email: str) -> Account | None:
        """An account by its address."""
        return next((one for one in self.known.values() if one.email == email.lower()), None)

    def workspaces_of(self, account: Account) -> Iterator[Workspace]:
        """Where somebody is a member."""
        return (one for one in self.workspaces.values() if account.id in one.roles)

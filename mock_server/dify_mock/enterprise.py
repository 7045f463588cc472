"""What an enterprise server knows beside the community edition: members, who may use which page, and codes sent by e-mail."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from .ids import Ids

AccessMode: TypeAlias = Literal["public", "private", "private_all", "sso_verified"]
CODE_SECONDS = 300.0


@dataclass
class Member:
    """Somebody of the organisation."""

    id: str
    email: str
    password: str = field(repr=False)
    is_banned: bool = False


@dataclass
class Letter:
    """A code that was sent by e-mail, and the token that goes with it."""

    about: Literal["sign-in", "reset"]
    email: str
    code: str = field(repr=False)
    token: str = field(repr=False)
    until: float = 0.0
    is_verified: bool = False


@dataclass
class Enterprise:
    """The members, the pages that are not public, and the letters that went out, the newest last."""

    members: dict[str, Member] = field(default_factory=dict[str, Member])
    access: dict[str, AccessMode] = field(default_factory=dict[str, AccessMode])
    """By the app's id; a page that is not here is public."""
    allowed: dict[str, set[str]] = field(default_factory=dict[str, set[str]])
    """By the app's id: the members who may use a private page."""
    letters: list[Letter] = field(default_factory=list[Letter])

    def add(self, ids: Ids, email: str, password: str) -> Member:
        """Take somebody in."""
        made = Member(ids.uuid(), email, password)
        self.members[made.id] = made
        return made

    def member(self, email: str) -> Member | None:
        """A member by their address."""
        return next((one for one in self.members.values() if one.email == email.lower()), None)

    def access_mode(self, app_id: str) -> AccessMode:
        """Who may use the page of an app."""
        return self.access.get(app_id, "public")

    def admits(self, app_id: str, member_id: str) -> bool:
        """Whether a member may use the page of an app."""
        return self.access_mode(app_id) != "private" or member_id in self.allowed.get(app_id, set())

    def letter(self, about: str, token: str, now: float) -> Letter | None:
        """The letter that a token goes with, while it holds."""
        return next((one for one in self.letters if (one.about, one.token) == (about, token) and one.until > now), None)

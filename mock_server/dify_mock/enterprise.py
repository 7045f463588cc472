"""What an enterprise server knows beside the community edition: who may use which page, and codes sent by e-mail."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

AccessMode: TypeAlias = Literal["public", "private", "private_all", "sso_verified"]
CODE_SECONDS = 300.0


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
    """The pages that are not public, and the letters that went out, the newest last."""

    access: dict[str, AccessMode] = field(default_factory=dict[str, AccessMode])
    """By the app's id; a page that is not here is public."""
    allowed: dict[str, set[str]] = field(default_factory=dict[str, set[str]])
    """By the app's id: the accounts that may use a private page."""
    letters: list[Letter] = field(default_factory=list[Letter])

    def access_mode(self, app_id: str) -> AccessMode:
        """Who may use the page of an app."""
        return self.access.get(app_id, "public")

    def admits(self, app_id: str, account_id: str) -> bool:
        """Whether an account may use the page of an app."""
        return self.access_mode(app_id) != "private" or account_id in self.allowed.get(app_id, set())

    def letter(self, about: str, token: str, now: float) -> Letter | None:
        """The letter that a token goes with, while it holds."""
        return next((one for one in self.letters if (one.about, one.token) == (about, token) and one.until > now), None)

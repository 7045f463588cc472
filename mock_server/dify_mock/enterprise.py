"""What an enterprise server knows beside the community edition: its licence, who may use which page, and what its managers forbid."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

AccessMode: TypeAlias = Literal["public", "private", "private_all", "sso_verified"]


@dataclass
class License:
    """What was bought. Numbers that are None are not limited."""

    status: Literal["inactive", "active", "expiring", "expired", "lost"] = "active"
    expired_at: str = ""
    workspaces: int | None = None
    seats: int | None = None

    @property
    def holds(self) -> bool:
        """Whether the server works with it."""
        return self.status in {"active", "expiring"}


@dataclass
class Enterprise:
    """The pages that are not public, and what was bought."""

    access: dict[str, AccessMode] = field(default_factory=dict[str, AccessMode])
    """By the app's id; a page that is not here is public."""
    allowed: dict[str, set[str]] = field(default_factory=dict[str, set[str]])
    """By the app's id: the accounts that may use a private page."""
    license: License = field(default_factory=License)
    lets_members_invite: bool = True
    lets_owners_transfer: bool = True

    def access_mode(self, app_id: str) -> AccessMode:
        """Who may use the page of an app."""
        return self.access.get(app_id, "public")

    def admits(self, app_id: str, account_id: str) -> bool:
        """Whether an account may use the page of an app."""
        return self.access_mode(app_id) != "private" or account_id in self.allowed.get(app_id, set())

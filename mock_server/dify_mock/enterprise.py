"""What an enterprise server knows beside the community edition: who may use which page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

AccessMode: TypeAlias = Literal["public", "private", "private_all", "sso_verified"]


@dataclass
class Enterprise:
    """The pages that are not public."""

    access: dict[str, AccessMode] = field(default_factory=dict[str, AccessMode])
    """By the app's id; a page that is not here is public."""
    allowed: dict[str, set[str]] = field(default_factory=dict[str, set[str]])
    """By the app's id: the accounts that may use a private page."""

    def access_mode(self, app_id: str) -> AccessMode:
        """Who may use the page of an app."""
        return self.access.get(app_id, "public")

    def admits(self, app_id: str, account_id: str) -> bool:
        """Whether an account may use the page of an app."""
        return self.access_mode(app_id) != "private" or account_id in self.allowed.get(app_id, set())

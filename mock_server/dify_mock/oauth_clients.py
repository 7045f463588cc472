"""Other programs that sign people in with their account here, and what was given to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

from .clock import Clock
from .ids import Ids

Kind: TypeAlias = Literal["code", "access token", "refresh token"]
SECONDS: Final[Mapping[Kind, int]] = {"code": 600, "access token": 12 * 3600, "refresh token": 30 * 86_400}
SCOPE: Final = "read:name read:email read:avatar read:interface_language read:timezone"


@dataclass(frozen=True)
class OAuthClient:
    """A program that the server knows."""

    id: str
    secret: str = field(repr=False)
    redirect_uris: tuple[str, ...]
    label: Mapping[str, str]
    """Its name, by language."""
    icon: str = ""
    scope: str = SCOPE
    is_trusted: bool = False
    """Whether people are not asked before it is let in."""


@dataclass(frozen=True)
class _Grant:
    kind: Kind
    client_id: str
    account_id: str
    until: float


class OAuthClients:
    """All programs, and their codes and tokens."""

    def __init__(self, clock: Clock, ids: Ids) -> None:
        self._clock = clock
        self._ids = ids
        self.known: dict[str, OAuthClient] = {}
        self._grants: dict[str, _Grant] = {}

    def add(self, name: str, *redirect_uris: str, is_trusted: bool = False) -> OAuthClient:
        """Let the server know a program."""
        made = OAuthClient(self._ids.uuid(), self._ids.hex(32), redirect_uris, {"en-US": name}, is_trusted=is_trusted)
        self.known[made.id] = made
        return made

    def give(self, kind: Kind, client: OAuthClient, account_id: str) -> str:
        """Give a program something that stands for somebody."""
        made = self._ids.hex(64)
        self._grants[made] = _Grant(kind, client.id, account_id, self._clock.now() + SECONDS[kind])
        return made

    def holder(self, kind: Kind, client: OAuthClient, shown: str) -> str | None:
        """The id of the account that it stands for, while it holds."""
        grant = self._grants.get(shown)
        if grant is None or (grant.kind, grant.client_id) != (kind, client.id) or grant.until <= self._clock.now():
            return None
        return grant.account_id

    def use(self, kind: Kind, client: OAuthClient, shown: str) -> str | None:
        """The same, once."""
        account_id = self.holder(kind, client, shown)
        if account_id is not None:
            del self._grants[shown]
        return account_id

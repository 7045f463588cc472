"""What a session of the console is renewed with: good for thirty days, and for once."""

from __future__ import annotations

from typing import Final

from .accounts import Account
from .clock import Clock
from .ids import Ids

SECONDS: Final = 30 * 86_400


class RefreshTokens:
    """All that are still good."""

    def __init__(self, clock: Clock, ids: Ids) -> None:
        self._clock = clock
        self._ids = ids
        self._good: dict[str, tuple[str, float]] = {}
        self._newest: dict[str, str] = {}

    def issue(self, account: Account) -> str:
        """A token for somebody who has signed in."""
        made = self._ids.hex(128)
        self._good[made] = (account.id, self._clock.now() + SECONDS)
        self._newest[account.id] = made
        return made

    def use(self, token: str) -> str | None:
        """The id of the account that a token is for; it is used up."""
        account_id, until = self._good.pop(token, ("", 0.0))
        return account_id if until > self._clock.now() else None

    def end(self, account: Account) -> None:
        """Somebody signs out: their newest token is good no more."""
        self._good.pop(self._newest.pop(account.id, ""), None)

"""Codes that were sent by e-mail. Whoever shows one gets a second token, and only with that they go on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

from .clock import Clock
from .ids import Ids
from .refusals import Refusal

About: TypeAlias = Literal["sign-in", "reset", "registration", "email-change", "deletion", "ownership"]
SECONDS: Final = 300.0


@dataclass
class Letter:
    """A code that was sent, and the token that goes with it."""

    about: About
    email: str
    code: str = field(repr=False)
    token: str = field(repr=False)
    until: float
    is_verified: bool = False


class Letters:
    """All letters that went out, the newest last."""

    def __init__(self, clock: Clock, ids: Ids) -> None:
        self._clock = clock
        self._ids = ids
        self._sent: list[Letter] = []

    def __iter__(self) -> Iterator[Letter]:
        return iter(self._sent)

    @property
    def last(self) -> Letter:
        """The newest."""
        return self._sent[-1]

    def send(self, about: About, email: str) -> Letter:
        """Send a code."""
        code = f"{int(self._ids.hex(8), 16) % 1_000_000:06d}"
        made = Letter(about, email.lower(), code, self._ids.uuid(), self._clock.now() + SECONDS)
        self._sent.append(made)
        return made

    def find(self, about: About, token: str) -> Letter | None:
        """The letter that a token goes with, while it holds."""
        found = (one for one in self._sent if (one.about, one.token) == (about, token) and one.until > self._clock.now())
        return next(found, None)

    def verify(self, letter: Letter, email: str, code: str) -> None:
        """Look at a code; the token that it is good for is a new one."""
        check(letter, email, code)
        letter.token, letter.is_verified = self._ids.uuid(), True

    def use(self, letter: Letter) -> None:
        """A letter has served its purpose: it is good no more."""
        self._sent.remove(letter)


def check(letter: Letter, email: str, code: str) -> None:
    """Refuse another address than the letter's, or another code."""
    if letter.email != email.lower():
        raise Refusal(400, "invalid_email", "The email address is not valid.")
    if letter.code != code:
        raise Refusal(400, "email_code_error", "Email code is invalid or expired.")


def used_up() -> Refusal:
    """The server's word for a token that it knows no letter of."""
    return Refusal(400, "invalid_or_expired_token", "The token is invalid or has expired.")

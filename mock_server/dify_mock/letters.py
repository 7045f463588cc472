"""Codes that were sent by e-mail. Whoever shows one gets a second token, and only with that they go on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

from .clock import Clock
from .ids import Ids
from .limits import Limits
from .locales import LANGUAGE
from .refusals import Refusal

About: TypeAlias = Literal["sign-in", "reset", "registration", "email-change", "deletion", "ownership"]
SECONDS: Final = 300.0
MOST_WRONG: Final = 5
_MINUTE: Final = 60.0
_DAY: Final = 86_400.0
_MOST_A_MINUTE: Final = 50
_WARNED_SECONDS: Final = 600.0
_CLOSED_SECONDS: Final = 3600.0


@dataclass(frozen=True)
class Rule:
    """How often a code is sent to an address, and how the server says that it was too often, or that too many were wrong.

    Without `guessed_code` it is the letter that wrong codes spoil, else the address is locked for a day.
    """

    name: str
    sent_code: str
    guessed_code: str = ""
    most: int = 1
    seconds: float = _MINUTE

    @property
    def sent_too_often(self) -> Refusal:
        """The server's word for one letter too many."""
        minutes = int(self.seconds // _MINUTE)
        return Refusal(429, self.sent_code, f"Too many {self.name} emails have been sent. Please try again in {minutes} minutes.")

    @property
    def guessed_too_often(self) -> Refusal:
        """The server's word for a code that it does not even look at."""
        return Refusal(429, self.guessed_code, f"Too many failed {self.name} attempts. Please try again in 24 hours.")


_RULES: Final[Mapping[About, Rule]] = {
    "sign-in": Rule("login", "email_code_login_rate_limit_exceeded", most=3, seconds=300.0),
    "reset": Rule("password reset", "password_reset_rate_limit_exceeded", "email_password_reset_limit"),
    "registration": Rule("email register", "email_register_rate_limit_exceeded", "email_register_limit"),
    "email-change": Rule("email change", "email_change_rate_limit_exceeded", "email_change_limit"),
    "deletion": Rule("account deletion", "email_code_account_deletion_rate_limit_exceeded"),
    "ownership": Rule("owner transfer", "owner_transfer_rate_limit_exceeded", "owner_transfer_limit"),
}


@dataclass
class Letter:
    """A code that was sent, and the token that goes with it."""

    about: About
    email: str
    code: str = field(repr=False)
    token: str = field(repr=False)
    until: float
    language: str = LANGUAGE
    account_id: str | None = None
    """Who has asked for it, where somebody must have signed in to do so."""
    is_verified: bool = False
    wrong: int = 0
    """How often another code was shown for it."""


class Letters:
    """All letters that are still good, the newest last."""

    def __init__(self, clock: Clock, ids: Ids, limits: Limits) -> None:
        self._clock = clock
        self._ids = ids
        self._limits = limits
        self._sent: list[Letter] = []

    def __iter__(self) -> Iterator[Letter]:
        return iter(self._sent)

    @property
    def last(self) -> Letter:
        """The newest."""
        return self._sent[-1]

    def check_sender(self) -> None:
        """Refuse whoever has too many letters sent: for that minute, and for an hour when it happens again soon."""
        sent, warned, closed = (f"letters {what}" for what in ("sent", "refused", "closed"))
        is_closed = self._limits.lately(closed, _CLOSED_SECONDS) > 0
        if not is_closed and self._limits.admits(sent, _MOST_A_MINUTE, _MINUTE):
            return
        if not is_closed:
            self._limits.note(closed if self._limits.lately(warned, _WARNED_SECONDS) else warned)
        message = "Too many emails have been sent from this IP address recently. Please try again later."
        raise Refusal(429, "email_send_ip_limit", message)

    def send(self, about: About, email: str, account_id: str | None = None, *, language: str | None = None) -> Letter:
        """Send a code, unless the address had enough of them lately."""
        rule, sent = _RULES[about], f"letters about {about} to {email.lower()}"
        if self._limits.lately(sent, rule.seconds) >= rule.most:
            raise rule.sent_too_often
        self._limits.note(sent)
        code = f"{int(self._ids.hex(8), 16) % 1_000_000:06d}"
        made = Letter(about, email.lower(), code, self._ids.uuid(), self._clock.now() + SECONDS, language or LANGUAGE, account_id)
        self._sent.append(made)
        return made

    def find(self, about: About, token: str, account_id: str | None = None) -> Letter | None:
        """The letter that a token goes with, while it holds; nobody else's than whoever has asked for it."""
        now, meant = self._clock.now(), (about, token, account_id)
        return next((one for one in self._sent if (one.about, one.token, one.account_id) == meant and one.until > now), None)

    def verified(self, about: About, token: str, account_id: str | None = None) -> Letter:
        """The letter whose code was shown for this token, or the server's word for another token."""
        letter = self.find(about, token, account_id)
        if letter is None or not letter.is_verified:
            raise used_up()
        return letter

    def read(self, about: About, token: str, email: str, code: str, account_id: str | None = None) -> Letter:
        """The letter that a code is from. Wrong ones are counted."""
        rule, guesses = _RULES[about], f"wrong codes about {about} of {email.lower()}"
        if rule.guessed_code and self._limits.lately(guesses, _DAY) > MOST_WRONG:
            raise rule.guessed_too_often
        letter = self.find(about, token, account_id)
        if letter is None or letter.is_verified:
            raise used_up()
        if letter.email != email.lower():
            raise not_theirs()
        if letter.code != code:
            self._limits.note(guesses)
            letter.wrong += 1
            if not rule.guessed_code and letter.wrong >= MOST_WRONG:
                self.use(letter)
            raise Refusal(400, "email_code_error", "Email code is invalid or expired.")
        self._limits.forget(guesses)
        return letter

    def verify(self, about: About, token: str, email: str, code: str, account_id: str | None = None) -> Letter:
        """Look at a code; the token that it is good for is a new one."""
        letter = self.read(about, token, email, code, account_id)
        letter.token, letter.is_verified = self._ids.uuid(), True
        return letter

    def use(self, letter: Letter) -> None:
        """A letter has served its purpose: it is good no more."""
        self._sent.remove(letter)


def not_theirs() -> Refusal:
    """The server's word for another address than the one that is meant."""
    return Refusal(400, "invalid_email", "The email address is not valid.")


def used_up() -> Refusal:
    """The server's word for a token that it knows no letter of."""
    return Refusal(400, "invalid_or_expired_token", "The token is invalid or has expired.")

"""Programs that were let in: the codes of the device grant, and the sessions that come of them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

from .access import SubjectType
from .accounts import Account
from .clock import Clock
from .ids import Ids

CODE_SECONDS: Final = 900
INTERVAL: Final = 5
_DAY: Final = 86_400
_USER_CODE: Final = "ABCDEFGHJKLMNPQRSTUVWXY3456789"
_PREFIXES: Final[dict[SubjectType, str]] = {"account": "dfoa_", "external_sso": "dfoe_"}


@dataclass(frozen=True)
class Stranger:
    """Somebody without an account, whom another place knows."""

    email: str
    issuer: str


Subject: TypeAlias = Account | Stranger


@dataclass
class Code:
    """A code that waits to be confirmed, or was."""

    device_code: str = field(repr=False)
    user_code: str
    client_id: str
    device_label: str
    until: float
    status: Literal["pending", "approved", "denied"] = "pending"
    subject: Subject | None = None


@dataclass
class Session:
    """A program that acts for somebody, by its token."""

    id: str
    token: str = field(repr=False)
    subject: Subject
    client_id: str
    device_label: str
    created_at: float
    expires_at: float
    last_used_at: float | None = None

    @property
    def subject_type(self) -> SubjectType:
        return "account" if isinstance(self.subject, Account) else "external_sso"

    @property
    def prefix(self) -> str:
        """How the token begins."""
        return _PREFIXES[self.subject_type]


class Devices:
    """The codes and the sessions of a server."""

    def __init__(self, clock: Clock, ids: Ids) -> None:
        self._clock, self.ids = clock, ids
        self._polls: dict[str, tuple[float, float]] = {}
        self.clients = {"difyctl"}
        """The programs that the server knows."""
        self.days = 14
        """How long a session lasts."""
        self.calls_a_minute: int | None = None
        """How often a program may call by one token; as often as it likes where it is None."""
        self.codes: list[Code] = []
        self.sessions: dict[str, Session] = {}
        self.used_grants: set[str] = set()
        """What somebody who came back from elsewhere has confirmed a code by: each is good once."""

    def request(self, client_id: str, device_label: str) -> Code:
        """A new code."""
        letters = [_USER_CODE[int(self.ids.hex(8), 16) % len(_USER_CODE)] for _ in range(8)]
        user_code = "".join((*letters[:4], "-", *letters[4:]))
        made = Code(f"dc_{self.ids.token(32)}", user_code, client_id, device_label, self._clock.now() + CODE_SECONDS)
        self.codes.append(made)
        return made

    def code(self, user_code: str) -> Code | None:
        """A code that still holds, as somebody has typed it."""
        wanted = user_code.strip().upper()
        return next((one for one in self._holding() if one.user_code == wanted), None)

    def asked_for(self, device_code: str, client_id: str) -> Code | None:
        """A code that still holds, as its program knows it."""
        return next((one for one in self._holding() if (one.device_code, one.client_id) == (device_code, client_id)), None)

    def approve(self, user_code: str, subject: Subject) -> None:
        """Let the program in that shows this code, as an account or as somebody known elsewhere."""
        found = self._waiting(user_code)
        found.status, found.subject = "approved", subject

    def deny(self, user_code: str) -> None:
        """Refuse the program that shows this code."""
        self._waiting(user_code).status = "denied"

    def collect(self, code: Code) -> Session:
        """The session of an approved code; the code is used up."""
        assert code.subject is not None, "the code was not approved"
        self.codes.remove(code)
        return self.sign_in(code.subject, code.device_label, code.client_id)

    def sign_in(self, subject: Subject, device_label: str = "a program", client_id: str = "difyctl") -> Session:
        """A session without a code. An earlier one of the same program on the same device is over."""
        for one in list(self.sessions.values()):
            if (one.subject, one.device_label, one.client_id) == (subject, device_label, client_id):
                del self.sessions[one.id]
        now = self._clock.now()
        made = Session(self.ids.uuid(), "", subject, client_id, device_label, now, now + self.days * _DAY)
        made.token = made.prefix + self.ids.token(43)
        self.sessions[made.id] = made
        return made

    def session(self, token: str) -> Session | None:
        """The session of a token, while it lasts."""
        return next((one for one in self._lasting() if one.token == token), None)

    def sessions_of(self, subject: Subject) -> list[Session]:
        """The sessions of somebody, the newest first."""
        return [one for one in reversed(list(self._lasting())) if one.subject == subject]

    def is_too_soon(self, device_code: str) -> bool:
        """Whether a program asks again before its interval is over, by the world's clock and by everybody else's.

        The world's may stand still while the program really waits, or move while it does not.
        """
        now, really = self._clock.now(), time.monotonic()
        before = self._polls.get(device_code)
        self._polls[device_code] = (now, really)
        return before is not None and now - before[0] < INTERVAL and really - before[1] < INTERVAL

    def _waiting(self, user_code: str) -> Code:
        found = self.code(user_code)
        if found is None or found.status != "pending":
            raise LookupError(f"no code {user_code} waits to be confirmed")
        return found

    def _holding(self) -> Iterator[Code]:
        return (one for one in self.codes if one.until > self._clock.now())

    def _lasting(self) -> Iterator[Session]:
        return (one for one in self.sessions.values() if one.expires_at > self._clock.now())

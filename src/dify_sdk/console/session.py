"""Console: what proves that somebody has signed in, to be kept by whoever wants to go on later."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, cast

from ..errors import ConfigurationError

KEPT: Final = ("access_token", "refresh_token", "csrf_token", "session")  # `session`: of a server that is being set up
_HOST: Final = "__Host-"  # how servers behind https spell their cookies


@dataclass(frozen=True)
class Session:
    """Somebody who has signed in. Keep it as you would keep a password.

    `client.session` answers it, `ConsoleClient(session=...)` goes on with it. `cookies` are spelled as the server spells
    them; servers before 1.9 have none, but a token, which is `bearer`.
    """

    cookies: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    bearer: str | None = field(default=None, repr=False)

    def dumps(self) -> str:
        """The session as a text, for `loads`."""
        return json.dumps({"cookies": dict(self.cookies), "bearer": self.bearer})

    @classmethod
    def loads(cls, text: str) -> Session:
        """Make a session of what `dumps` has answered.

        Args:
            text: The text.

        Raises:
            ConfigurationError: It is something else.
        """
        try:
            told: Any = json.loads(text)
            cookies: Any = told["cookies"]
            bearer: Any = told["bearer"]
        except (ValueError, TypeError, KeyError):
            cookies = bearer = 0
        if not _is_texts(cookies) or not isinstance(bearer, str | None):
            msg = "this is no session: give what `dumps` of a session has answered"
            raise ConfigurationError(msg) from None
        return cls(cookies, bearer)

    @property
    def is_signed_in(self) -> bool:
        """Whether it is of use for calls that want somebody."""
        return self.bearer is not None or bool(self.cookie("access_token")) or self.can_be_renewed

    @property
    def can_be_renewed(self) -> bool:
        """Whether the server gives a new one for it."""
        return bool(self.cookie("refresh_token"))

    def cookie(self, name: str) -> str | None:
        """A cookie by its plain name, in whichever spelling it came.

        Args:
            name: The name.
        """
        return self.cookies.get(_HOST + name) or self.cookies.get(name)

    def headers(self) -> dict[str, str]:
        """The headers that show it."""
        shown: dict[str, str] = {}
        if self.cookies:
            shown["cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if csrf := self.cookie("csrf_token"):
            shown["x-csrf-token"] = csrf
        if self.bearer:
            shown["authorization"] = f"Bearer {self.bearer}"
        return shown

    def after(self, written: list[str]) -> Session:
        """The session after a reply with these `Set-Cookie` headers; the same where they do not touch it.

        Args:
            written: The headers' values.
        """
        cookies = dict(self.cookies)
        for one in written:
            pair = one.partition(";")[0]
            name, _, value = (part.strip() for part in pair.partition("="))
            plain = name.removeprefix(_HOST)
            if plain in KEPT:
                cookies.pop(plain, None)
                cookies.pop(_HOST + plain, None)
                if value:
                    cookies[name] = value
        return self if cookies == self.cookies else Session(cookies, self.bearer)


def _is_texts(value: object) -> bool:
    if not isinstance(value, dict):
        return False
    told = cast("dict[object, object]", value)
    return all(isinstance(one, str) for pair in told.items() for one in pair)

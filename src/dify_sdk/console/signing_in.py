"""Console: what the server answers to somebody who signs in."""

from __future__ import annotations

from pydantic import Field

from .._models import Failing, Model
from ..errors import APIError, AuthenticationError


class Tokens(Model):
    """What proves who has signed in, where the server does not say it in cookies."""

    access_token: str = Field(repr=False)
    refresh_token: str | None = Field(default=None, repr=False)
    csrf_token: str | None = Field(default=None, repr=False)


class SignedIn(Failing):
    """The answer to somebody who signs in. The session travels in cookies; servers before 1.9 answer tokens."""

    result: str
    data: Tokens | str | None = Field(default=None, repr=False)
    code: str = ""

    @property
    def tokens(self) -> Tokens | None:
        """The tokens, where the server answers them."""
        return self.data if isinstance(self.data, Tokens) else None

    @property
    def failure(self) -> APIError | None:
        if self.result != "fail":
            return None
        told = self.data if isinstance(self.data, str) else "the server does not let the account in"
        return AuthenticationError(self.code or told, status_code=200, code=self.code)


class Pong(Model):
    """The server is there."""

    result: str


class Release(Model):
    """The newest release, and what is new about it."""

    version: str
    release_notes: str
    release_date: str | None = None
    can_auto_update: bool | None = None
    features: dict[str, bool | None] | None = None

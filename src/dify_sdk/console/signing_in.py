"""Console: signing in and out, and what a server tells everybody."""

from __future__ import annotations

from pydantic import Field

from .._endpoint import GET, POST, M, Resource
from .._models import Failing, Model
from ..errors import APIError, AuthenticationError
from ..shared.results import Result


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


class SigningIn(Resource[M], area="console", key="none"):
    """Who somebody is, and whether the server is there."""

    @POST("/login")
    def login(self, *, email: str, password: str, remember_me: bool | None = None, invite_token: str | None = None) -> SignedIn:
        """Sign in; a client that has an e-mail and a password does so by itself, and `sign_in` at once.

        The client goes on with the session that comes of it.

        Args:
            email: The e-mail address.
            password: The password, in base64; plain for servers before 1.9.
            remember_me: Taken by servers, and of no effect.
            invite_token: An invitation of the same address; whoever has no password yet chooses it so.

        Raises:
            AuthenticationError: They do not fit, or the account belongs to no workspace.
            BadRequestError: The account is banned, or the invitation is for another address.
            RateLimitError: Too many attempts have failed.
        """
        ...

    @POST("/logout", key="known", repeatable=True, since="1.9")
    def logout(self) -> Result:
        """End the session; `sign_out` does the same, and has the client forget it whatever comes."""
        ...

    @POST("/refresh-token", key="known")
    def refresh_token(self) -> Result:
        """Renew the session, which the client does by itself when it is over.

        Raises:
            AuthenticationError: There is none, or it was renewed already.
        """
        ...

    @GET("/ping")
    def ping(self) -> Pong:
        """Tell whether the server is there."""
        ...

    @GET("/version")
    def version(self, *, current_version: str) -> Release:
        """Tell the newest release.

        Args:
            current_version: The release that you have.
        """
        ...

"""Console: signing in with an account elsewhere, and other programs that sign in with an account here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Field

from .._endpoint import GET, POST, M, Resource, area
from .._models import Model
from .._params import Bearer, In


class Provider(Resource[M], area="console.oauth.provider", key="none"):
    """Other programs that sign people in with their account here, by OAuth 2.0."""

    @POST("/oauth/provider", repeatable=True)
    def get_app(self, *, client_id: str, redirect_uri: str) -> OAuthApp:
        """Tell which program asks.

        Args:
            client_id: The program.
            redirect_uri: Where it wants people to be sent back to.

        Raises:
            NotFoundError: No such program.
            BadRequestError: People are not sent there.
        """
        ...

    @POST("/oauth/provider/authorize", key="session")
    def authorize(self, *, client_id: str) -> AuthorizationCode:
        """Let a program in, as whoever has signed in.

        Args:
            client_id: The program.

        Raises:
            NotFoundError: No such program.
        """
        ...

    @POST("/oauth/provider/token")
    def create_token(
        self,
        *,
        client_id: str,
        grant_type: GrantType | str,
        code: str | None = None,
        client_secret: str | None = None,
        redirect_uri: str | None = None,
        refresh_token: str | None = None,
    ) -> OAuthToken:
        """Exchange a code, or what came with a token before, for a token.

        Args:
            client_id: The program.
            grant_type: What is given for it.
            code: What `authorize` answered; it is good once, for ten minutes.
            client_secret: The program's secret, with a code.
            redirect_uri: Where people are sent back to, with a code.
            refresh_token: What came with the token before.

        Raises:
            NotFoundError: No such program.
            BadRequestError: Something is missing, wrong, or too old.
        """
        ...

    @POST("/oauth/provider/account", repeatable=True)
    def get_account(
        self, *, client_id: str, access_token: Annotated[str | None, In("header", "Authorization"), Bearer()] = None
    ) -> OAuthAccount:
        """Tell a program whom a token is of.

        Args:
            client_id: The program.
            access_token: The token, from `create_token`.

        Raises:
            NotFoundError: No such program.
            AuthenticationError: The token is missing, too old, or another program's.
        """
        ...


class OAuth(Resource[M], area="console.oauth", key="none"):
    """Signing in with an account elsewhere; and, in `provider`, the other way round."""

    @area
    def provider(self) -> Provider[M]:
        """Other programs that sign people in with their account here."""
        return Provider(self._core)

    @GET("/oauth/login/{provider}", status=302)
    def login(
        self,
        provider: str,
        *,
        invite_token: str | None = None,
        timezone: str | None = None,
        language: str | None = None,
        redirect_url: str | None = None,
    ) -> None:
        """Send a browser to the place where one signs in; `with_raw_response` tells where that is, in `location`.

        Args:
            provider: The place: `github` or `google`.
            invite_token: An invitation to be accepted.
            timezone: The time zone of an account that is made now, as `Europe/Paris`.
            language: The language of an account that is made now, as `en-US`.
            redirect_url: Where in the console to go on.

        Raises:
            BadRequestError: The server does not know the place.
        """
        ...

    @GET("/oauth/authorize/{provider}", status=302)
    def callback(self, provider: str, *, code: str, state: str | None = None) -> None:
        """Come back from there. The client goes on with the session that comes of it.

        Args:
            provider: The place.
            code: What it says of the person.
            state: What `login` gave on the way.

        Raises:
            BadRequestError: The server does not know the place, or the place does not know the code.
        """
        ...


GrantType: TypeAlias = Literal["authorization_code", "refresh_token"]


class OAuthApp(Model):
    """A program that asks to be let in. `app_label` is its name by language."""

    app_icon: str
    app_label: Mapping[str, Any]
    scope: str
    auto_authorize: bool = False


class AuthorizationCode(Model):
    """What a program gets a token for, once."""

    code: str = Field(repr=False)


class OAuthToken(Model):
    """A token for a program. `expires_in` is in seconds."""

    access_token: str = Field(repr=False)
    token_type: str
    expires_in: int
    refresh_token: str = Field(repr=False)


class OAuthAccount(Model):
    """Whom a token is of."""

    id: str | None = None
    name: str
    email: str
    avatar: str | None = None
    interface_language: str
    timezone: str

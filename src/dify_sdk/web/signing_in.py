"""Web: signing in, where a page is not open to everybody. Only enterprise servers have it; others answer 404."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from .._endpoint import POST, M, Resource
from .._models import Model
from .._params import Within
from ..shared.codes import CodeSent as CodeSent, CodeVerified as CodeVerified
from ..shared.results import Result


class EmailLogin(Resource[M], area="web.email_login", key="none"):
    """Sign in by a code that comes by e-mail."""

    @POST("/email-code-login")
    def send_code(self, *, email: str, language: str | None = None) -> CodeSent:
        """Have a code sent.

        Args:
            email: Where to.
            language: The language of the mail, as `en-US`.

        Raises:
            NotFoundError: The server has no such way in.
        """
        ...

    @POST("/email-code-login/validity")
    def verify_code(self, *, email: str, code: str, token: Annotated[str, Within(1)]) -> SignedIn:
        """Sign in with a code. `client.sign_in_with_code` does the same, and lets the client go on as this user.

        Args:
            email: Where the code was sent to.
            code: The code, in base64.
            token: What `send_code` answered.

        Raises:
            AuthenticationError: The code is wrong.
            NotFoundError: The server has no such way in.
        """
        ...


class ForgotPassword(Resource[M], area="web.forgot_password", key="none"):
    """Set a new password by a code that comes by e-mail."""

    @POST("/forgot-password")
    def send_code(self, *, email: str, language: str | None = None) -> CodeSent:
        """Have a code sent.

        Args:
            email: Where to.
            language: The language of the mail, as `en-US`.

        Raises:
            NotFoundError: The server has no such way in.
        """
        ...

    @POST("/forgot-password/validity")
    def verify_code(self, *, email: str, code: str, token: Annotated[str, Within(1)]) -> CodeVerified:
        """Show the code.

        Args:
            email: Where the code was sent to.
            code: The code.
            token: What `send_code` answered.

        Raises:
            BadRequestError: The code is wrong.
            NotFoundError: The server has no such way in.
        """
        ...

    @POST("/forgot-password/resets")
    def reset(self, *, token: Annotated[str, Within(1)], new_password: str, password_confirm: str) -> Result:
        """Set the new password.

        Args:
            token: What `verify_code` answered.
            new_password: The new password.
            password_confirm: The same again.

        Raises:
            BadRequestError: The token is used up, or the passwords differ.
            NotFoundError: The server has no such way in.
        """
        ...


class LoginToken(Model):
    """What proves who has signed in, for an hour."""

    access_token: str = Field(repr=False)


class SignedIn(Model):
    """The answer to a good sign-in."""

    result: str = ""
    data: LoginToken


class LoginStatus(Model):
    """Whether somebody is signed in, and whether the page's app knows them."""

    logged_in: bool
    app_logged_in: bool | None = None

"""Console: a new password, by a code that comes by e-mail."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from .._endpoint import POST, M, Resource
from .._models import Model
from .._params import Within
from ..shared.codes import CodeSent as CodeSent, CodeVerified as CodeVerified
from ..shared.results import Result


class ForgotPassword(Resource[M], area="console.forgot_password", key="none"):
    """A new password, by a code that comes by e-mail."""

    @POST("/forgot-password")
    def send_code(self, *, email: str, language: str | None = None) -> ResetCodeSent:
        """Have a code sent; it holds for five minutes. The answer does not tell whether there is such an account.

        Args:
            email: Where to.
            language: The language of the mail, as `en-US`.

        Raises:
            RateLimitError: One was sent within the last minute.
        """
        ...

    @POST("/reset-password")
    def send_reset_code(self, *, email: str, language: str | None = None) -> CodeSent:
        """Have a code sent, as `send_code` does.

        Args:
            email: Where to.
            language: The language of the mail, as `en-US`.

        Raises:
            BadRequestError: The account was deleted lately.
            RateLimitError: One was sent within the last minute.
        """
        ...

    @POST("/forgot-password/validity")
    def verify_code(self, *, email: str, code: str, token: Annotated[str, Within(1)]) -> CodeVerified:
        """Show the code.

        Args:
            email: Where the code was sent to.
            code: The code, as it is typed.
            token: What `send_code` answered.

        Raises:
            BadRequestError: The code is wrong, or too old.
            RateLimitError: Too many were wrong; the address is locked for a day.
        """
        ...

    @POST("/forgot-password/resets")
    def reset(self, *, token: Annotated[str, Within(1)], new_password: str, password_confirm: str) -> Result:
        """Set the new password.

        Args:
            token: What `verify_code` answered.
            new_password: The new password, as it is typed: at least 8 characters, letters and digits among them.
            password_confirm: The same again.

        Raises:
            BadRequestError: The token is used up, the passwords differ, or there is no such account.
            UnprocessableEntityError: The password is too weak.
        """
        ...


class ResetCodeSent(Model):
    """A code is on its way; `data` is the token that goes with it. An older server tells in `code` that there is no such account."""

    result: str = ""
    data: str | None = Field(default=None, repr=False)
    code: str | None = None

"""Console: an account that somebody makes themselves."""

from __future__ import annotations

from .._endpoint import POST, M, Resource, flow
from .._models import Model
from .._steps import Steps, ask
from ..shared.codes import CodeSent as CodeSent, CodeVerified as CodeVerified
from ._credentials import credentials_of
from .signing_in import Tokens as Tokens


class Registration(Resource[M], area="console.registration", key="none"):
    """An account that somebody makes themselves, where the server lets them."""

    @POST("/email-register/send-email", since="1.13")
    def send_code(self, *, email: str, language: str | None = None) -> CodeSent:
        """Have a code sent; it holds for five minutes. The answer does not tell whether there is such an account already.

        Args:
            email: Where to.
            language: The language of the mail, as `en-US`.

        Raises:
            BadRequestError: An account with this address was deleted lately.
            PermissionDeniedError: The server does not let strangers in.
            RateLimitError: One was sent within the last minute.
        """
        ...

    @POST("/email-register/validity", since="1.13")
    def verify_code(self, *, email: str, code: str, token: str) -> CodeVerified:
        """Show the code.

        Args:
            email: Where the code was sent to.
            code: The code, as it is typed.
            token: What `send_code` answered.

        Raises:
            BadRequestError: The code is wrong, or too old.
            PermissionDeniedError: The server does not let strangers in.
            RateLimitError: Too many were wrong; the address is locked for a day.
        """
        ...

    @POST("/email-register", since="1.13")
    def complete(
        self, *, token: str, new_password: str, password_confirm: str, language: str | None = None, timezone: str | None = None
    ) -> Registered:
        """Make the account, and a workspace of its own. `sign_up` does so too, and has the client go on as this account.

        Args:
            token: What `verify_code` answered.
            new_password: The password, as it is typed: at least 8 characters, letters and digits among them.
            password_confirm: The same again.
            language: The language of the account, as `en-US`.
            timezone: The time zone of the account, as `Europe/Paris`.

        Raises:
            BadRequestError: The token is used up, the passwords differ, or there is such an account.
            PermissionDeniedError: The server does not let strangers in.
            UnprocessableEntityError: The password is too weak.
        """
        ...

    @flow
    def sign_up(
        self, *, email: str, code: str, token: str, password: str, language: str | None = None, timezone: str | None = None
    ) -> Steps[None]:
        """Show the code, make the account, and go on as whoever has it.

        Args:
            email: Where the code was sent to.
            code: The code, as it is typed.
            token: What `send_code` answered.
            password: The password, as it is typed: at least 8 characters, letters and digits among them.
            language: The language of the account, as `en-US`.
            timezone: The time zone of the account, as `Europe/Paris`.

        Raises:
            BadRequestError: The code is wrong, or too old, or there is such an account.
            PermissionDeniedError: The server does not let strangers in.
            UnprocessableEntityError: The password is too weak.
        """
        shown: CodeVerified = yield from ask(Registration.verify_code, email=email, code=code, token=token)
        yield from ask(
            Registration.complete,
            token=shown.token,
            new_password=password,
            password_confirm=password,
            language=language,
            timezone=timezone,
        )
        yield from credentials_of(self).sign_in(email, password)


class Registered(Model):
    """An account was made, and is signed in by these tokens; they do not come in cookies."""

    result: str
    data: Tokens

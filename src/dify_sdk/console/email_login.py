"""Console: signing in by a code that comes by e-mail."""

from __future__ import annotations

from typing import Annotated

from .._endpoint import POST, M, Resource
from .._params import Uuid, Within
from ..shared.codes import CodeSent as CodeSent
from .signing_in import SignedIn


class EmailLogin(Resource[M], area="console.email_login", key="none"):
    """Sign in by a code that comes by e-mail."""

    @POST("/email-code-login")
    def send_code(
        self, *, email: str, language: str | None = None, turnstile_token: Annotated[str | None, Within(most=2048)] = None
    ) -> CodeSent:
        """Have a code sent; it holds for five minutes.

        Args:
            email: Where to.
            language: The language of the mail, as `en-US`.
            turnstile_token: What the cloud's check for robots answered.

        Raises:
            BadRequestError: No account has this address, and none may be made; or one was deleted lately.
            RateLimitError: Too many codes were sent.
        """
        ...

    @POST("/email-code-login/validity")
    def verify_code(
        self,
        *,
        email: str,
        code: str,
        token: Annotated[str, Uuid()],
        language: str | None = None,
        timezone: str | None = None,
        turnstile_token: Annotated[str | None, Within(most=2048)] = None,
    ) -> SignedIn:
        """Sign in with a code; the client goes on with the session that comes of it. `client.sign_in_with_code` takes the code as it is typed.

        Args:
            email: Where the code was sent to.
            code: The code, in base64; plain for servers before 1.9.
            token: What `send_code` answered.
            language: The language of an account that is made now, as `en-US`.
            timezone: The time zone of an account that is made now, as `Europe/Paris`.
            turnstile_token: What the cloud's check for robots answered.

        Raises:
            BadRequestError: The code is wrong, or too old; the account is banned, or belongs to no workspace.
        """
        ...

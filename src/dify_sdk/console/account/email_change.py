"""Console: another e-mail address for an account."""

from __future__ import annotations

from typing import Literal

from ..._endpoint import POST, M, Resource
from ...shared.codes import CodeSent as CodeSent, CodeVerified as CodeVerified
from ...shared.results import Result
from . import Profile


class EmailChange(Resource[M], area="console.account.email_change", key="session"):
    """Another e-mail address, by a code to the old one and a code to the new one."""

    @POST("/account/change-email")
    def send_code(
        self,
        *,
        email: str,
        language: str | None = None,
        phase: Literal["old_email", "new_email"] | str | None = None,
        token: str | None = None,
    ) -> CodeSent:
        """Have a code sent: first to the old address, and when that was shown, to the new one. Each holds for five minutes.

        Args:
            email: Where to.
            language: The language of the mail, as `en-US`.
            phase: Which of the two it is; the old one where it is not given.
            token: For the new address, what `verify_code` answered of the old one.

        Raises:
            BadRequestError: It is not the account's address, or the token is used up.
            RateLimitError: One was sent within the last minute.
        """
        ...

    @POST("/account/change-email/validity")
    def verify_code(self, *, email: str, code: str, token: str) -> CodeVerified:
        """Show a code.

        Args:
            email: Where it was sent to.
            code: The code, as it is typed.
            token: What `send_code` answered.

        Raises:
            BadRequestError: The code is wrong, or too old.
            RateLimitError: Too many were wrong.
        """
        ...

    @POST("/account/change-email/reset")
    def complete(self, *, new_email: str, token: str) -> Profile:
        """Change the address.

        Args:
            new_email: The new address.
            token: What `verify_code` answered of it.

        Raises:
            BadRequestError: Another account has the address, or the token is for something else.
        """
        ...

    @POST("/account/change-email/check-email-unique", key="none", repeatable=True)
    def check_email_available(self, *, email: str) -> Result:
        """Tell whether an address can be taken.

        Args:
            email: The address.

        Raises:
            BadRequestError: Another account has it, or had it until lately.
        """
        ...

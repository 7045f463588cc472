"""OpenAPI: the device grant, by which a program without a browser is let in by somebody who has one."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from .._endpoint import GET, POST, M, Resource, area
from .._models import Model
from .._params import In
from .account import Subject


class Device(Resource[M], area="openapi.oauth.device", key="none"):
    """The steps of the device grant; `client.login` takes them in order."""

    @POST("/oauth/device/code", since="1.16")
    def request_code(self, *, client_id: str, device_label: str) -> DeviceCode:
        """Ask for a code that a person confirms in a browser.

        Args:
            client_id: The program, as the server knows it.
            device_label: What the person is shown.

        Raises:
            UnsupportedClientError: The server does not know the program.
            RateLimitError: More than 60 codes in an hour.
        """
        ...

    @POST("/oauth/device/token", since="1.16")
    def poll_token(self, *, device_code: str, client_id: str) -> DeviceToken:
        """Ask whether the code was confirmed. A good answer comes once.

        Args:
            device_code: The code, from `request_code`.
            client_id: The program.

        Raises:
            AuthorizationPendingError: Nobody has decided yet.
            SlowDownError: Asked again too soon.
            AccessDeniedError: Somebody has refused.
            ExpiredTokenError: The code is too old, unknown or used up.
        """
        ...

    @GET("/oauth/device/lookup", since="1.16")
    def lookup(self, *, user_code: str) -> DeviceLookup:
        """Tell whether a code can be confirmed.

        Args:
            user_code: The code that the person was shown, as `ABCD-EFGH`.

        Raises:
            RateLimitError: More than 60 questions in five minutes.
        """
        ...

    @POST("/oauth/device/approve", key="session", since="1.16")
    def approve(self, *, user_code: str) -> DeviceDecision:
        """Let a program in, as the one who is signed in to the console.

        Args:
            user_code: The code that the person was shown.

        Raises:
            AuthenticationError: Nobody is signed in to the console.
            NotFoundError: There is no such code, or it is too old.
            ConflictError: Somebody has decided already.
        """
        ...

    @POST("/oauth/device/deny", key="session", since="1.16")
    def deny(self, *, user_code: str) -> DeviceDecision:
        """Refuse a program, as the one who is signed in to the console.

        Args:
            user_code: The code that the person was shown.

        Raises:
            AuthenticationError: Nobody is signed in to the console.
            NotFoundError: There is no such code, or it is too old.
            ConflictError: Somebody has decided already.
        """
        ...

    @GET("/oauth/device/sso-initiate", status=302, since="1.16")
    def initiate_sso(self, *, user_code: str) -> None:
        """Send a browser to the place where one signs in, on an enterprise server.

        Args:
            user_code: The code that the person was shown.

        Raises:
            NotFoundError: The server has no such way in.
            BadRequestError: There is no such code.
        """
        ...

    @GET("/oauth/device/sso-complete", status=302, since="1.16")
    def complete_sso(self, *, sso_assertion: str) -> None:
        """Come back from there, on an enterprise server.

        Args:
            sso_assertion: What that place says of the person.

        Raises:
            NotFoundError: The server has no such way in.
        """
        ...

    @GET("/oauth/device/approval-context", since="1.16")
    def get_approval_context(self) -> ApprovalContext:
        """Tell who came back, and what they are asked to confirm, on an enterprise server.

        Raises:
            NotFoundError: The server has no such way in.
        """
        ...

    @POST("/oauth/device/approve-external", since="1.16")
    def approve_external(self, *, user_code: str, csrf_token: Annotated[str | None, In("header", "X-CSRF-Token")] = None) -> DeviceDecision:
        """Let a program in, as the one who came back, on an enterprise server.

        Args:
            user_code: The code that the person was shown.
            csrf_token: The token from `get_approval_context`.

        Raises:
            NotFoundError: The server has no such way in.
            PermissionDeniedError: The token does not fit.
            ConflictError: Somebody has decided already.
        """
        ...


class OAuth(Resource[M], area="openapi.oauth", key="none"):
    """How programs are let in."""

    @area
    def device(self) -> Device[M]:
        """The steps of the device grant."""
        return Device(self._core)


class DeviceCode(Model):
    """A code that waits to be confirmed. `expires_in` and `interval` are in seconds."""

    device_code: str = Field(repr=False)
    user_code: str
    verification_uri: str
    expires_in: int
    interval: int = 5


class DeviceToken(Subject):
    """A token, and whom it stands for. `expires_at` is ISO 8601."""

    token: str = Field(repr=False)
    expires_at: str | None = None
    token_id: str | None = None


class DeviceLookup(Model):
    """Whether a code can be confirmed. `expires_in_remaining` is in seconds."""

    valid: bool
    expires_in_remaining: int = 0
    client_id: str | None = None


class DeviceDecision(Model):
    """What was decided."""

    status: Literal["approved", "denied"] | str


class ApprovalContext(Model):
    """Who came back from signing in elsewhere, and what they are asked to confirm."""

    subject_email: str
    subject_issuer: str
    user_code: str
    csrf_token: str = Field(repr=False)
    expires_at: str

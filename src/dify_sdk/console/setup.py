"""Console: how a new server gets its first account."""

from __future__ import annotations

from typing import Annotated, Literal

from .._endpoint import GET, POST, M, Resource
from .._models import Model
from .._params import Within
from ..shared.results import Result


class Setup(Resource[M], area="console.setup", key="none"):
    """How a new server gets its first account, once."""

    @GET("/init")
    def init_status(self) -> InitStatus:
        """Tell whether the server's initial password was given, where it has one."""
        ...

    @POST("/init", key="known", status=201)
    def validate_init_password(self, *, password: Annotated[str, Within(most=30)]) -> Result:
        """Give the initial password of a server that has one. The client keeps what lets it go on with `create_admin`.

        Args:
            password: The initial password.

        Raises:
            AuthenticationError: It is wrong.
            PermissionDeniedError: The server was set up already.
        """
        ...

    @GET("/setup")
    def status(self) -> SetupStatus:
        """Tell whether the server was set up."""
        ...

    @POST("/setup", key="known", status=201)
    def create_admin(self, *, email: str, name: Annotated[str, Within(most=30)], password: str, language: str | None = None) -> Result:
        """Set the server up: make its first account, and the workspace that it owns. Nobody is signed in.

        Args:
            email: The account's e-mail address.
            name: The account's name.
            password: The password, as it is typed: at least 8 characters, letters and digits among them.
            language: The language of the account, as `en-US`.

        Raises:
            AuthenticationError: The server has an initial password, which comes first.
            PermissionDeniedError: The server was set up already.
        """
        ...


class InitStatus(Model):
    """Whether the initial password was given, or none is asked for."""

    status: Literal["finished", "not_started"] | str


class SetupStatus(Model):
    """Whether a server was set up, and when."""

    step: Literal["not_started", "finished"] | str
    setup_at: str | None = None

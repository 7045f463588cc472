"""Console: services elsewhere that apps call for moderation and data."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from .._endpoint import DELETE, GET, POST, M, Resource
from .._models import Model


class Extensions(Resource[M], area="console.extensions", key="session"):
    """Services elsewhere that the apps of the workspace call for moderation and data."""

    @GET("/api-based-extension")
    def list(self) -> list[Extension]:
        """List the services, newest first."""
        ...

    @POST("/api-based-extension", status=201)
    def create(self, *, name: str, api_endpoint: str, api_key: str) -> Extension:
        """Make a service known. The server calls it once, to see whether it is there.

        Args:
            name: Its name; no other service of the workspace has it.
            api_endpoint: Its address.
            api_key: What it is to be shown, at least 5 characters.

        Raises:
            InvalidParamError: The name is taken, the key is too short, or the service does not answer.
        """
        ...

    @GET("/api-based-extension/{extension_id:uuid}")
    def get(self, extension_id: str) -> Extension:
        """Look a service up.

        Args:
            extension_id: The service.

        Raises:
            InvalidParamError: No such service.
        """
        ...

    @POST("/api-based-extension/{extension_id:uuid}")
    def update(self, extension_id: str, *, name: str, api_endpoint: str, api_key: str) -> Extension:
        """Change a service.

        Args:
            extension_id: The service.
            name: Its name; no other service of the workspace has it.
            api_endpoint: Its address.
            api_key: What it is to be shown, at least 5 characters; `[__HIDDEN__]` for the same as before.

        Raises:
            InvalidParamError: No such service, the name is taken, the key is too short, or the service does not answer.
        """
        ...

    @DELETE("/api-based-extension/{extension_id:uuid}", status=204)
    def delete(self, extension_id: str) -> None:
        """Forget a service.

        Args:
            extension_id: The service.

        Raises:
            InvalidParamError: No such service.
        """
        ...

    @GET("/code-based-extension")
    def list_code_based(self, *, module: Literal["moderation", "external_data_tool"] | str) -> CodeBasedExtensions:
        """List the extensions that the server was built with.

        Args:
            module: What they are for.

        Raises:
            InvalidParamError: There are none for such a thing.
        """
        ...


class Extension(Model):
    """A service elsewhere. Of its key only the ends are shown."""

    id: str
    name: str
    api_endpoint: str
    api_key: str = Field(repr=False)
    created_at: int | None = None


class CodeBasedExtension(Model):
    """An extension that is a part of the server; its label by language, and the form that sets it up."""

    name: str
    label: dict[str, str] | None = None
    form_schema: list[dict[str, Any]] | None = None


class CodeBasedExtensions(Model):
    """The extensions for one thing that a server was built with."""

    module: str
    data: list[CodeBasedExtension]

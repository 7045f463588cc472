"""Console: the keys of an app."""

from __future__ import annotations

from pydantic import Field

from ..._endpoint import DELETE, GET, POST, M, Resource
from ..._models import Model


class AppApiKeys(Resource[M], area="console.apps.api_keys", key="session"):
    """The keys that open an app on the service tier."""

    @GET("/apps/{app_id:uuid}/api-keys")
    def list(self, app_id: str) -> ApiKeys:
        """List the keys of an app.

        Args:
            app_id: The app.

        Raises:
            NotFoundError: No such app.
            PermissionDeniedError: The account may not.
        """
        ...

    @POST("/apps/{app_id:uuid}/api-keys", status=201)
    def create(self, app_id: str) -> ApiKey:
        """Make a key. An app has ten at most.

        Args:
            app_id: The app.

        Raises:
            BadRequestError: It has ten already.
            NotFoundError: No such app.
            PermissionDeniedError: The account may not.
        """
        ...

    @DELETE("/apps/{app_id:uuid}/api-keys/{api_key_id:uuid}", status=204)
    def delete(self, app_id: str, api_key_id: str) -> None:
        """Delete a key; whoever has it is let in no more.

        Args:
            app_id: The app.
            api_key_id: The key's id.

        Raises:
            NotFoundError: No such app, or no such key of it.
            PermissionDeniedError: The account is neither an owner nor an admin.
        """
        ...


class ApiKey(Model):
    """A key. Its `token` is what a client is given."""

    id: str
    type: str
    token: str = Field(repr=False)
    last_used_at: int | None = None
    created_at: int | None = None


class ApiKeys(Model):
    """The keys of an app, or of whatever else has some."""

    data: list[ApiKey]

"""Console: where an app's runs are traced to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias

from pydantic import Field

from ..._endpoint import DELETE, GET, PATCH, POST, M, Resource, area
from ..._models import Model
from ...shared.results import Result


class TracingConfigs(Resource[M], area="console.apps.tracing.configs", key="session"):
    """What is needed to send traces to each provider."""

    @GET("/apps/{app_id:uuid}/trace-config")
    def get(self, app_id: str, *, tracing_provider: TracingProvider | str) -> TracingConfig:
        """Read the configuration of a provider; its secrets never come whole, only their first and last characters.

        Args:
            app_id: The app.
            tracing_provider: The provider.

        Raises:
            NotFoundError: No such app.
        """
        ...

    @POST("/apps/{app_id:uuid}/trace-config", status=201)
    def create(self, app_id: str, *, tracing_provider: TracingProvider | str, tracing_config: Mapping[str, Any]) -> TracingConfig:
        """Configure a provider. It gets traces once `tracing.update` switches it on.

        Args:
            app_id: The app.
            tracing_provider: The provider.
            tracing_config: Its keys and settings, as `host`, `public_key` and `secret_key` of `langfuse`.

        Raises:
            BadRequestError: There is no such provider, it is configured already, or it does not take these credentials.
            PermissionDeniedError: The account may not.
        """
        ...

    @PATCH("/apps/{app_id:uuid}/trace-config")
    def update(self, app_id: str, *, tracing_provider: TracingProvider | str, tracing_config: Mapping[str, Any]) -> TracingConfig:
        """Configure a provider anew.

        Args:
            app_id: The app.
            tracing_provider: The provider.
            tracing_config: All of its keys and settings; a secret as `get` tells it, with its stars, stays what it is.

        Raises:
            BadRequestError: The provider is not configured, or does not take these credentials.
            PermissionDeniedError: The account may not.
        """
        ...

    @DELETE("/apps/{app_id:uuid}/trace-config", status=204)
    def delete(self, app_id: str, *, tracing_provider: TracingProvider | str) -> None:
        """Forget the configuration of a provider.

        Args:
            app_id: The app.
            tracing_provider: The provider.

        Raises:
            BadRequestError: The provider is not configured.
            PermissionDeniedError: The account may not.
        """
        ...


class Tracing(Resource[M], area="console.apps.tracing", key="session"):
    """Where an app's runs are traced to."""

    @area
    def configs(self) -> TracingConfigs[M]:
        """What is needed to send traces to each provider."""
        return TracingConfigs(self._core)

    @GET("/apps/{app_id:uuid}/trace")
    def get(self, app_id: str) -> TracingStatus:
        """Tell whether runs are traced, and to which provider.

        Args:
            app_id: The app.

        Raises:
            NotFoundError: No such app.
        """
        ...

    @POST("/apps/{app_id:uuid}/trace", repeatable=True)
    def update(self, app_id: str, *, enabled: bool, tracing_provider: TracingProvider | str | None = None) -> Result:
        """Switch tracing on or off.

        Args:
            app_id: The app.
            enabled: Whether runs are to be traced.
            tracing_provider: Who gets the traces; needed to switch it on.

        Raises:
            BadRequestError: There is no such provider.
            PermissionDeniedError: The account may not.
        """
        ...


TracingProvider: TypeAlias = Literal[
    "aliyun", "arize", "databricks", "langfuse", "langsmith", "mlflow", "opik", "phoenix", "tencent", "weave"
]


class TracingStatus(Model):
    """Whether runs are traced, and to which provider."""

    enabled: bool = False
    tracing_provider: TracingProvider | str | None = None


class TracingConfig(Model):
    """The configuration of a provider. Where there is none, `has_not_configured` is all that is told; after a change, `result`."""

    result: str | None = None
    error: str | None = None
    has_not_configured: bool | None = None
    id: str | None = None
    app_id: str | None = None
    tracing_provider: TracingProvider | str | None = None
    tracing_config: dict[str, Any] | None = Field(default=None, repr=False)
    is_active: bool | None = None
    created_at: str | None = None
    updated_at: str | None = None

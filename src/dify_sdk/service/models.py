"""Service: the models of the workspace."""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

from .._endpoint import GET, M, Resource
from .._models import Model


class Models(Resource[M], area="service.models", key="dataset"):
    """The models of the workspace; it takes a key for knowledge."""

    @GET("/workspaces/current/models/model-types/{model_type}")
    def list(self, model_type: ModelType) -> ModelProviders:
        """List the models of a type that can be used, by provider.

        Args:
            model_type: The type.

        Raises:
            InvalidParamError: There is no such type.
        """
        ...


ModelType: TypeAlias = Literal["text-embedding", "rerank", "llm", "tts", "speech2text", "moderation"]


class Label(Model):
    """A text in two languages."""

    zh_Hans: str | None = None
    en_US: str | None = None


class ProviderModel(Model):
    """A model."""

    model: str
    label: Label | None = None
    model_type: ModelType | str = ""
    features: list[str] | None = None
    fetch_from: str = ""
    model_properties: dict[str, Any] = {}
    deprecated: bool = False
    status: str = ""
    load_balancing_enabled: bool = False
    has_invalid_load_balancing_configs: bool = False


class ModelProvider(Model):
    """A provider and its models of the type that was asked for."""

    tenant_id: str = ""
    provider: str
    label: Label | None = None
    icon_small: Label | None = None
    icon_small_dark: Label | None = None
    status: str = ""
    models: list[ProviderModel] = []


class ModelProviders(Model):
    """Providers and their models."""

    data: list[ModelProvider]

"""Handlers: the models of the workspace."""

from __future__ import annotations

from dify_sdk.service.models import Label, ModelProvider, ModelProviders, Models, ModelType, ProviderModel

from ..llm import PROVIDER
from ..providers import LABEL, MODELS, icon
from ..refusals import invalid
from ..registry import handles
from ..visit import Visit


@handles(Models.list)
def list_models(visit: Visit, model_type: ModelType) -> ModelProviders:
    if model_type not in MODELS:
        raise invalid(f"'{model_type}' is not a valid ModelType")
    workspace_id = visit.world.workspace_id
    provider = ModelProvider(
        tenant_id=workspace_id,
        provider=PROVIDER,
        label=Label(**LABEL),
        icon_small=Label(**icon(visit.request.base_url, workspace_id)),
        icon_small_dark=None,
        status="active",
        models=[ProviderModel.model_validate(one) for one in MODELS[model_type]],
    )
    return ModelProviders(data=[provider] if visit.world.provider_is_ready else [])

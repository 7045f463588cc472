"""Handlers: knowledge for agents."""

from __future__ import annotations

from collections.abc import Sequence

from dify_sdk.inner.knowledge import CallerParam, Knowledge, MetadataFilteringParam, RetrievalParam, Retrieved, Source
from dify_sdk.shared.usage import Usage

from ..knowledge.retrieval import RetrievalError
from ..llm import usage
from ..refusals import Refusal, forbidden, not_found
from ..registry import handles
from ..visit import Visit
from .checks import unfit


@handles(Knowledge.retrieve, refuse=unfit)
def retrieve(
    visit: Visit,
    *,
    caller: CallerParam,
    dataset_ids: Sequence[str],
    retrieval: RetrievalParam,
    query: str | None = None,
    metadata_filtering: MetadataFilteringParam | None = None,
    attachment_ids: Sequence[str] | None = None,
) -> Retrieved:
    world = visit.world
    app = world.apps.get(caller["app_id"])
    if app is None:
        raise not_found("App not found.", "app_not_found")
    if caller["tenant_id"] != world.workspace_of(app):
        raise forbidden("App does not belong to tenant.", "app_tenant_mismatch")
    if unknown := [one for one in dataset_ids if one not in world.knowledge.datasets]:
        raise not_found(f"Datasets not found: {', '.join(unknown)}", "dataset_not_found")
    filtering = metadata_filtering or {}
    settings = {
        "retrieval_mode": retrieval["mode"],
        "multiple_retrieval_config": {name: value for name, value in retrieval.items() if value is not None},
        "metadata_filtering_mode": filtering.get("mode", "disabled"),
        "metadata_filtering_conditions": filtering.get("conditions"),
    }
    try:
        records = world.retrieve(list(dataset_ids), query or "", settings)
    except RetrievalError as error:
        raise Refusal(422, "retrieval_config_invalid", str(error)) from None
    return Retrieved(results=[Source.model_validate(one) for one in records], usage=Usage(**usage(0, 0, latency=0.0)))

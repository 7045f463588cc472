"""Handlers: datasets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal, cast

from dify_sdk._models import Listing
from dify_sdk.service import datasets as told
from dify_sdk.service.datasets import DatasetMemberParam, Datasets, IndexingTechnique, Permission, SummaryIndexSettingParam
from dify_sdk.shared.retrieval import ExternalRetrievalModel, ExternalRetrievalModelParam, RetrievalModel, RetrievalModelParam

from ...knowledge.intake import change_technique, settle_technique
from ...knowledge.metadata import OWNER
from ...knowledge.retrieval import RETRIEVAL_MODEL
from ...knowledge.state import Dataset, ExternalBinding
from ...paging import at
from ...providers import check_ready, missing
from ...refusals import Refusal, invalid
from ...registry import handles
from ...state import App
from ...visit import Visit
from ...world import World

_SHOWN: Final[dict[str, Any]] = {**RETRIEVAL_MODEL, "top_k": 2}  # what is told of a dataset that nobody has said it of


@handles(Datasets.list, payload="DatasetListQuery")
def list_datasets(
    visit: Visit,
    *,
    page: int = 1,
    limit: int = 20,
    keyword: str | None = None,
    include_all: bool | None = None,
    tag_ids: Sequence[str] | None = None,
) -> Listing[told.Dataset]:
    knowledge = visit.world.knowledge
    found = [
        one
        for one in reversed(knowledge.datasets.values())
        if (keyword or "").lower() in one.name.lower() and visit.world.tags.are_on(one.id, tag_ids or ())
    ]
    cut = at(found, max(page, 1), limit)
    rows = [told.Dataset(**tell(visit, one), embedding_available=_is_available(visit.world, one)) for one in cut.rows]
    promised = len(rows) == limit  # a full page always promises another
    return cut.listing(rows, has_more=promised, limit=limit, page=page, total=cut.total)


@handles(Datasets.create, payload="DatasetCreatePayload", nested=True)
def create(
    visit: Visit,
    *,
    name: str,
    description: str | None = None,
    indexing_technique: IndexingTechnique | None = None,
    permission: Permission | None = None,
    provider: Literal["vendor", "external"] | None = None,
    external_knowledge_api_id: str | None = None,
    external_knowledge_id: str | None = None,
    retrieval_model: RetrievalModelParam | RetrievalModel | None = None,
    embedding_model: str | None = None,
    embedding_model_provider: str | None = None,
    summary_index_setting: SummaryIndexSettingParam | None = None,
) -> told.Dataset:
    world = visit.world
    model = cast("dict[str, Any] | None", retrieval_model)
    _check_models(world, indexing_technique, embedding_model_provider, embedding_model, model)
    if any(one.name == name for one in world.knowledge.datasets.values()):
        raise Refusal(409, "dataset_name_duplicate", "The dataset name already exists. Please modify your dataset name.")
    now = world.clock.seconds()
    dataset = Dataset(world.ids.uuid(), name, world.owner_id, now, now, description or "", provider or "vendor", permission or "only_me")
    dataset.updated_by = world.owner_id
    if provider == "external" and external_knowledge_api_id:
        dataset.external = _binding(world, external_knowledge_api_id, external_knowledge_id)
    dataset.summary_index_setting = cast("dict[str, Any] | None", summary_index_setting)
    if indexing_technique:
        settle_technique(dataset, indexing_technique, embedding_model=embedding_model, embedding_model_provider=embedding_model_provider)
    dataset.retrieval_model = model
    world.knowledge.datasets[dataset.id] = dataset
    return told.Dataset(**tell(visit, dataset), embedding_available=None)


@handles(Datasets.get)
def get(visit: Visit, dataset_id: str) -> told.DatasetDetail:
    dataset = visit.dataset
    found = told.DatasetDetail(**tell(visit, dataset), embedding_available=_is_available(visit.world, dataset))
    if dataset.indexing_technique != "high_quality" and found.retrieval_model_dict:
        found.retrieval_model_dict.search_method = "keyword_search"
    if dataset.permission == "partial_members":
        found.partial_member_list = list(dataset.partial_members)
    return found


@handles(Datasets.update, payload="DatasetUpdatePayload", nested=True)
def update(
    visit: Visit,
    dataset_id: str,
    *,
    name: str | None = None,
    description: str | None = None,
    indexing_technique: IndexingTechnique | None = None,
    permission: Permission | None = None,
    embedding_model: str | None = None,
    embedding_model_provider: str | None = None,
    retrieval_model: RetrievalModelParam | RetrievalModel | None = None,
    partial_member_list: Sequence[DatasetMemberParam] | None = None,
    external_retrieval_model: ExternalRetrievalModelParam | ExternalRetrievalModel | None = None,
    external_knowledge_id: str | None = None,
    external_knowledge_api_id: str | None = None,
) -> told.DatasetDetail:
    world, dataset = visit.world, visit.dataset
    model = cast("dict[str, Any] | None", retrieval_model)
    _check_models(world, indexing_technique, embedding_model_provider, embedding_model, model)
    if name and any(one.name == name and one is not dataset for one in world.knowledge.datasets.values()):
        raise invalid("Dataset name already exists")
    if dataset.external and external_knowledge_api_id:
        dataset.external = _binding(world, external_knowledge_api_id, external_knowledge_id)
    dataset.name, dataset.permission = name or dataset.name, permission or dataset.permission
    dataset.description = dataset.description if description is None else description
    dataset.retrieval_model = model or dataset.retrieval_model
    if dataset.external and external_retrieval_model:
        dataset.retrieval_model = {**(dataset.retrieval_model or _SHOWN), **cast("dict[str, Any]", external_retrieval_model)}
    if indexing_technique:
        change_technique(dataset, indexing_technique)
    if embedding_model and embedding_model_provider and dataset.indexing_technique == "high_quality":
        dataset.embedding_model, dataset.embedding_model_provider = embedding_model, embedding_model_provider
    if permission == "partial_members" and partial_member_list:
        dataset.partial_members = [one["user_id"] for one in partial_member_list]
    elif permission in {"only_me", "all_team_members"}:
        dataset.partial_members = []
    dataset.updated_by, dataset.updated_at = world.owner_id, world.clock.seconds()
    return told.DatasetDetail(**tell(visit, dataset), embedding_available=None, partial_member_list=list(dataset.partial_members))


@handles(Datasets.delete)
def delete(visit: Visit, dataset_id: str) -> None:
    """Also while an app uses it."""
    visit.world.knowledge.delete_dataset(visit.dataset)


def _check_models(
    world: World, technique: str | None, provider: str | None, embedding_model: str | None, retrieval_model: Mapping[str, Any] | None
) -> None:
    """Refuse models that the workspace does not have."""
    if technique == "high_quality":
        check_ready(world)
    if provider and embedding_model and (lack := missing(provider, "text-embedding", embedding_model)):
        raise invalid(lack)
    reranking: Mapping[str, Any] = (retrieval_model or {}).get("reranking_model") or {}
    of, model = reranking.get("reranking_provider_name"), reranking.get("reranking_model_name")
    if of and model and (lack := missing(of, "rerank", model)):
        raise invalid(lack)


def _binding(world: World, api_id: str, knowledge_id: str | None) -> ExternalBinding:
    if api_id not in world.knowledge.external_apis:
        raise invalid("External API template not found.")
    if knowledge_id is None:
        raise invalid("external_knowledge_id is required")
    return ExternalBinding(api_id, knowledge_id)


def _is_available(world: World, dataset: Dataset) -> bool:
    """Whether its embedding model is there, if it needs one."""
    provider, model = dataset.embedding_model_provider, dataset.embedding_model
    return dataset.indexing_technique != "high_quality" or not missing(provider or "", "text-embedding", model or "")


def _uses(app: App, dataset_id: str) -> bool:
    """Whether an app looks into a dataset."""
    known: dict[str, Any] = app.feature("dataset_configs").get("datasets") or {}
    listed: list[dict[str, Any]] = known.get("datasets") or []
    nodes: list[dict[str, Any]] = app.workflow.graph["nodes"] if app.workflow else []
    return any(one["dataset"]["id"] == dataset_id for one in listed) or any(
        dataset_id in (node["data"].get("dataset_ids") or ()) for node in nodes
    )


def tell(visit: Visit, dataset: Dataset) -> dict[str, Any]:
    """A dataset as the wire has it."""
    knowledge = visit.world.knowledge
    set_to: Mapping[str, Any] = dataset.retrieval_model or _SHOWN
    external = knowledge.external_apis.get(dataset.external.api_id) if dataset.external else None
    pipeline = knowledge.pipelines.get(dataset.pipeline_id or "")
    icon = dataset.icon_info or {}
    summary = dataset.summary_index_setting or {}
    return {
        "id": dataset.id,
        "name": dataset.name,
        "description": dataset.description,
        "provider": dataset.provider,
        "permission": dataset.permission,
        "data_source_type": None if pipeline else dataset.data_source_type,
        "indexing_technique": dataset.indexing_technique,
        "app_count": sum(_uses(app, dataset.id) for app in visit.world.apps.values()),
        "document_count": len(dataset.documents),
        "word_count": dataset.word_count,
        "created_by": dataset.created_by,
        "author_name": OWNER,
        "created_at": dataset.created_at,
        "updated_by": dataset.updated_by,
        "updated_at": dataset.updated_at,
        "embedding_model": dataset.embedding_model,
        "embedding_model_provider": dataset.embedding_model_provider,
        "retrieval_model_dict": {
            "search_method": set_to["search_method"],
            "reranking_enable": set_to["reranking_enable"],
            "reranking_mode": set_to.get("reranking_mode"),
            "reranking_model": _all_of(set_to.get("reranking_model"), "reranking_provider_name", "reranking_model_name"),
            "weights": _weights(set_to.get("weights")),
            "top_k": set_to["top_k"],
            "score_threshold_enabled": set_to["score_threshold_enabled"],
            "score_threshold": set_to.get("score_threshold"),
        },
        "summary_index_setting": _all_of(summary, "enable", "model_name", "model_provider_name", "summary_prompt"),
        "tags": [{"id": one.id, "name": one.name, "type": "knowledge"} for one in knowledge.tags_of(dataset)],
        "doc_form": dataset.doc_form,
        "external_knowledge_info": {
            "external_knowledge_id": dataset.external.knowledge_id if dataset.external else None,
            "external_knowledge_api_id": external.id if external else None,
            "external_knowledge_api_name": external.name if external else None,
            "external_knowledge_api_endpoint": external.endpoint if external else None,
        },
        "external_retrieval_model": _all_of(dataset.retrieval_model, "top_k", "score_threshold", "score_threshold_enabled")
        if dataset.retrieval_model
        else {"top_k": 2, "score_threshold": 0.0, "score_threshold_enabled": None},
        "doc_metadata": [{"id": one.id, "name": one.name, "type": one.type} for one in dataset.fields.values()],
        "built_in_field_enabled": dataset.built_in_fields,
        "pipeline_id": dataset.pipeline_id,
        "runtime_mode": "rag_pipeline" if pipeline else "general",
        "chunk_structure": dataset.chunk_structure,
        "icon_info": _all_of(icon, "icon_type", "icon", "icon_background", "icon_url"),
        "is_published": pipeline.is_published if pipeline else False,
        "total_documents": len(dataset.documents),
        "total_available_documents": sum(1 for _ in dataset.available),
        "enable_api": dataset.enable_api,
        "is_multimodal": dataset.is_multimodal,
        "maintainer": dataset.created_by,
    }


def _weights(told: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if not told:
        return None
    vector = _all_of(told.get("vector_setting"), "vector_weight", "embedding_provider_name", "embedding_model_name")
    keyword = _all_of(told.get("keyword_setting"), "keyword_weight")
    return {"weight_type": told.get("weight_type"), "vector_setting": vector, "keyword_setting": keyword}


def _all_of(told: Mapping[str, Any] | None, *names: str) -> dict[str, Any]:
    """An object with all its members, whether they were said or not."""
    return {name: (told or {}).get(name) for name in names}

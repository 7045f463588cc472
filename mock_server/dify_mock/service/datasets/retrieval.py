"""Handlers: what is found in knowledge."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, cast

from dify_sdk.service.datasets import Datasets
from dify_sdk.service.datasets.retrieval import (
    RetrievalQuery,
    RetrievalRecord,
    RetrievalResult,
    RetrievedChildChunk,
    RetrievedDocument,
    RetrievedSegment,
)
from dify_sdk.shared.retrieval import ExternalRetrievalModel, ExternalRetrievalModelParam, RetrievalModel, RetrievalModelParam

from ...knowledge.retrieval import Found, ModelUnusable, RetrievalError, Settings, search
from ...refusals import Refusal, invalid
from ...registry import handles
from ...visit import Visit
from .finding import segment_facts

_LONGEST_TABLE: Final = 63  # PostgreSQL cuts longer names


@handles(Datasets.retrieve, payload="HitTestingPayload", nested=True)
def retrieve(
    visit: Visit,
    dataset_id: str,
    *,
    query: str,
    retrieval_model: RetrievalModelParam | RetrievalModel | None = None,
    external_retrieval_model: ExternalRetrievalModelParam | ExternalRetrievalModel | None = None,
    attachment_ids: Sequence[str] | None = None,
) -> RetrievalResult:
    """Nothing here counts as a hit."""
    dataset, given = visit.dataset, cast("dict[str, Any] | None", retrieval_model)
    if not query and not attachment_ids:
        raise invalid("Query or attachment_ids is required")
    if dataset.external:
        raise _no_vectors(dataset.id)
    if dataset.indexing_technique is None:
        raise Refusal(400, "dataset_not_initialized", "The dataset is still being initialized or indexing. Please wait a moment.")
    settings = Settings.of(dataset, given)
    try:
        found = search(visit.world, dataset, query, settings, (given or {}).get("metadata_filtering_conditions")) if query else []
    except ModelUnusable as error:
        raise Refusal(400, "provider_not_initialize", str(error)) from error
    except RetrievalError as error:
        raise invalid(str(error)) from error
    return RetrievalResult(query=RetrievalQuery(content=query), records=[_told(one) for one in found])


def _no_vectors(dataset_id: str) -> Refusal:
    """The server looks for vectors of knowledge elsewhere too, and its database complains."""
    table = f"embedding_vector_index_{dataset_id.replace('-', '_')}_node"[:_LONGEST_TABLE]
    line = "LINE 1: ..., 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]' AS distance FROM embedding_..."
    return invalid(f'relation "{table}" does not exist\n{line}\n{" " * 61}^\n')


def _told(found: Found) -> RetrievalRecord:
    document, segment = found.document, found.segment
    return RetrievalRecord(
        segment=RetrievedSegment(
            **segment_facts(document, segment),
            sign_content=None,
            keywords=segment.keywords or [],
            document=RetrievedDocument(
                id=document.id,
                data_source_type=document.data_source_type,
                name=document.name,
                doc_type=document.doc_type,
                doc_metadata=document.metadata,
            ),
        ),
        child_chunks=[
            RetrievedChildChunk(id=one.chunk.id, content=one.chunk.content, position=one.chunk.position, score=one.score)
            for one in found.parts
        ],
        score=found.score,
        tsne_position=None,
        files=[],
        summary=segment.summary,
    )

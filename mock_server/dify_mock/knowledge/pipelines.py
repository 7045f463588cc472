"""Datasets that a pipeline fills: where documents come from, and what publishing settles."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .state import Dataset, Pipeline


def publish(dataset: Dataset, pipeline: Pipeline) -> None:
    """Let a pipeline fill its dataset as its last node says."""
    settings = next(iter(pipeline.nodes("knowledge-index").values()))
    dataset.chunk_structure = settings["chunk_structure"]
    dataset.indexing_technique = settings["indexing_technique"]
    dataset.embedding_model, dataset.embedding_model_provider = settings.get("embedding_model"), settings.get("embedding_model_provider")
    dataset.retrieval_model = {"reranking_mode": "reranking_model", **settings["retrieval_model"]}
    pipeline.is_published = True


def pages_of(url: str) -> list[dict[str, Any]]:
    """What a crawl of a website finds: every site here has two pages."""
    return [
        {"source_url": url, "content": "Page one text.\n\nMore of it.", "title": "One", "description": "first"},
        {"source_url": f"{url}/two", "content": "Page two text.", "title": "Two", "description": "second"},
    ]


def name_of(info: Mapping[str, Any]) -> str:
    """What a document of a source is called."""
    page: Mapping[str, Any] = info.get("page") or {}
    return str(info.get("name") or info.get("title") or page.get("page_name") or "untitled")

"""Datasets that stories put things into."""

from __future__ import annotations

from contextlib import suppress
from typing import Any, Final
from uuid import uuid4

from dify_sdk.errors import APIStatusError
from dify_sdk.service.datasets.documents import DocumentBatch, DocumentDetail
from dify_sdk.service.datasets.indexing import DocumentIndexing
from dify_sdk.service.datasets.retrieval import RetrievalResult
from dify_sdk.service.datasets.segments import Segment
from dify_sdk.shared.retrieval import RetrievalModelParam
from dify_sdk.shared.splitting import ProcessRuleParam

from .place import Place

PARAGRAPHS: Final[ProcessRuleParam] = {
    "mode": "custom",
    "rules": {"pre_processing_rules": [], "segmentation": {"separator": "\n\n", "max_tokens": 500}},
}
FAMILIES: Final[ProcessRuleParam] = {
    "mode": "hierarchical",
    "rules": {
        "pre_processing_rules": [],
        "parent_mode": "paragraph",
        "segmentation": {"separator": "\n\n", "max_tokens": 500},
        "subchunk_segmentation": {"separator": ". ", "max_tokens": 100},
    },
}
"""Paragraphs as parents, sentences as children."""
SEARCH: Final[RetrievalModelParam] = {
    "search_method": "semantic_search",
    "reranking_enable": False,
    "top_k": 10,
    "score_threshold_enabled": True,
    "score_threshold": 0.1,
}


def new_name() -> str:
    """A name that no dataset has yet."""
    return f"Story {uuid4().hex[:12]}"


class Shelf:
    """A dataset of a story, and the client that fills it."""

    def __init__(self, place: Place, **told: Any) -> None:
        self.client = place.knowledge()
        self.datasets = self.client.datasets
        self.documents = self.datasets.documents
        told.setdefault("name", new_name())
        told.setdefault("indexing_technique", "high_quality")
        self.dataset = self.datasets.create(**told)
        self.id = self.dataset.id
        self._poll = 0.5 if place.live else 0.001
        if place.live:
            place.later(self._clear)

    def put(self, text: str, name: str = "facts", **told: Any) -> DocumentDetail:
        """Put a text in, by paragraphs unless another rule is given; the document when it is indexed."""
        told.setdefault("process_rule", PARAGRAPHS)
        return self.wait(self.documents.create_by_text(self.id, name=name, text=text, **told))

    def put_file(self, name: str, content: bytes, **told: Any) -> DocumentDetail:
        """The same for a file."""
        data: Any = {"process_rule": PARAGRAPHS, **told}
        return self.wait(self.documents.create_by_file(self.id, file=(name, content), data=data))

    def wait(self, made: DocumentBatch) -> DocumentDetail:
        """The document when it is indexed, or cannot be."""
        self.ended(made)
        return self.documents.get(self.id, made.document.id)

    def ended(self, made: DocumentBatch) -> DocumentIndexing:
        """What became of the document's way."""
        report = self.documents.wait_until_indexed(self.id, made.batch, timeout=60, poll=self._poll)
        return next(one for one in report.data if one.id == made.document.id)

    def segments(self, document_id: str) -> list[Segment]:
        """The segments of a document in their order."""
        return list(self.datasets.segments.list(self.id, document_id))

    def search(self, query: str, **how: Any) -> RetrievalResult:
        """What is found by meaning, and is alike enough, unless it is told otherwise."""
        model: Any = {**SEARCH, **how}
        return self.datasets.retrieve(self.id, query=query, retrieval_model=model)

    def found(self, query: str, **how: Any) -> list[str]:
        """The texts of it, the best first."""
        return [one.text for one in self.search(query, **how)]

    def _clear(self) -> None:
        with suppress(APIStatusError):
            self.datasets.delete(self.id)

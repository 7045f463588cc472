"""Service: what is found in knowledge."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import Field

from ..._models import Model
from .segments import SegmentRecord


class RetrievedDocument(Model):
    """The document that something was found in."""

    id: str
    name: str | None = None
    data_source_type: str | None = None
    doc_type: str | None = None
    doc_metadata: dict[str, Any] | None = None


class RetrievedSegment(SegmentRecord):
    """A segment that was found."""

    document: RetrievedDocument | None = None


class RetrievedChildChunk(Model):
    """The part of a segment that was found."""

    id: str
    content: str = ""
    position: int | None = None
    score: float | None = None


class RetrievedFile(Model):
    """A file that belongs to what was found. `size` is in bytes."""

    id: str
    name: str | None = None
    size: int | None = None
    extension: str | None = None
    mime_type: str | None = None
    source_url: str | None = Field(default=None, repr=False)


class RetrievalRecord(Model):
    """One thing that was found. Knowledge outside of Dify gives `content`, `title` and `metadata` instead of a segment."""

    segment: RetrievedSegment | None = None
    child_chunks: list[RetrievedChildChunk] | None = None
    score: float | None = None
    tsne_position: Any = None
    files: list[RetrievedFile] | None = None
    summary: str | None = None
    content: str | None = None
    title: str | None = None
    metadata: dict[str, Any] | None = None

    @property
    def text(self) -> str:
        """What was found, wherever it comes from."""
        return self.segment.content if self.segment else self.content or ""


class RetrievalQuery(Model):
    """What was looked for."""

    content: str = ""


class RetrievalResult(Model):
    """What was found: it iterates from the best score to the worst, `records` is the server's order."""

    query: RetrievalQuery
    records: list[RetrievalRecord]

    def __iter__(self) -> Iterator[RetrievalRecord]:  # type: ignore[override]  # what was found, not the model's fields
        return iter(sorted(self.records, key=lambda one: one.score if one.score is not None else float("-inf"), reverse=True))

    def __len__(self) -> int:
        return len(self.records)

"""The thing that a path names, or the server's word that it is not there."""

from __future__ import annotations

from typing import Any

from ...knowledge.state import ChildChunk, Document, Segment
from ...refusals import not_found
from ...visit import Visit


def document_of(visit: Visit, document_id: str, missing: str = "Document not found.") -> Document:
    """A document of the dataset."""
    found = visit.dataset.documents.get(document_id)
    if found is None:
        raise not_found(missing)
    return found


def segment_of(document: Document, segment_id: str) -> Segment:
    """A segment of the document."""
    found = document.segments.get(segment_id)
    if found is None:
        raise not_found("Segment not found.")
    return found


def child_of(segment: Segment, child_chunk_id: str) -> ChildChunk:
    """A child chunk of the segment."""
    found = segment.children.get(child_chunk_id)
    if found is None:
        raise not_found("Child chunk not found.")
    return found


def segment_facts(document: Document, segment: Segment) -> dict[str, Any]:
    """What every look at a segment tells."""
    return {
        "id": segment.id,
        "position": segment.position,
        "document_id": document.id,
        "content": segment.content,
        "answer": segment.answer,
        "word_count": segment.word_count,
        "tokens": segment.tokens,
        "index_node_id": segment.index_node_id,
        "index_node_hash": segment.index_node_hash,
        "hit_count": segment.hit_count,
        "enabled": segment.enabled,
        "disabled_at": segment.disabled_at,
        "disabled_by": segment.disabled_by,
        "status": segment.status,
        "created_by": segment.created_by,
        "created_at": segment.created_at,
        "indexing_at": segment.indexing_at,
        "completed_at": segment.completed_at,
        "error": segment.error,
        "stopped_at": segment.stopped_at,
    }

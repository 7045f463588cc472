"""The thing that a path names, or the server's word that it is not there."""

from __future__ import annotations

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

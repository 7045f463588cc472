"""Handlers: the segments of a document, and the child chunks of a segment."""

from __future__ import annotations

from collections.abc import Sequence

from dify_sdk.service.datasets import segments as told
from dify_sdk.service.datasets.segments import ChildChunks, SegmentParam, Segments, SegmentStatus, SegmentUpdateParam

from ...attachments import upload_url
from ...knowledge.chunks import BY_PARAGRAPH, Chunk, ChunkingError, children_of
from ...knowledge.indexing import add_child, add_segment, measure, not_embedding
from ...knowledge.state import ChildChunk, Document, Segment
from ...paging import numbered
from ...refusals import Refusal, invalid, not_found, unfit
from ...registry import handles
from ...visit import Visit
from .finding import child_of, document_of, segment_facts, segment_of


def _bare(refusal: Refusal) -> Refusal:
    """One operation complains in a form of its own."""
    refusal.body = {"error": refusal.message}
    return refusal


@handles(Segments.list, payload="SegmentListQuery", by_hand=("status",))
def list_segments(
    visit: Visit,
    dataset_id: str,
    document_id: str,
    *,
    page: int = 1,
    limit: int = 20,
    status: Sequence[SegmentStatus] | None = None,
    keyword: str | None = None,
) -> told.SegmentListing:
    document = document_of(visit, document_id)
    found = [one for one in document.in_order if (not status or one.status in status) and (keyword or "").lower() in one.content.lower()]
    cut = numbered(found, page, limit, exact=False)
    return told.SegmentListing(
        data=[_told(visit, document, one) for one in cut.data],
        doc_form=document.doc_form,
        total=cut.total,
        has_more=cut.has_more,
        limit=limit,
        page=page,
    )


@handles(Segments.create, payload="SegmentCreatePayload", nested=True, refuse=_bare)
def create(visit: Visit, dataset_id: str, document_id: str, *, segments: Sequence[SegmentParam]) -> told.SegmentsAnswer:
    document = document_of(visit, document_id)
    if document.indexing_status != "completed":
        raise not_found("Document is not completed.")
    if not document.enabled:
        raise not_found("Document is disabled.")
    _check_model(visit)
    for at, one in enumerate(segments):
        if not one["content"].strip():
            raise _bare(unfit("SegmentCreatePayload", "Content is empty", one["content"], at=f"segments.{at}.content"))
        if document.doc_form == "qa_model" and not (one.get("answer") or "").strip():
            raise invalid("Answer is required")
    made = [_made(visit, document, one) for one in segments]
    return told.SegmentsAnswer(data=[_told(visit, document, one) for one in made], doc_form=document.doc_form)


@handles(Segments.get)
def get(visit: Visit, dataset_id: str, document_id: str, segment_id: str) -> told.SegmentAnswer:
    document = document_of(visit, document_id)
    return told.SegmentAnswer(data=_told(visit, document, segment_of(document, segment_id)), doc_form=document.doc_form)


@handles(Segments.update, payload="SegmentUpdatePayload", nested=True)
def update(visit: Visit, dataset_id: str, document_id: str, segment_id: str, *, segment: SegmentUpdateParam) -> told.SegmentAnswer:
    document = document_of(visit, document_id)
    _check_model(visit)
    found = segment_of(document, segment_id)
    if segment.get("enabled") is False and found.enabled:
        found.enabled, found.disabled_at, found.disabled_by = False, visit.world.clock.seconds(), visit.world.owner_id
    elif not found.enabled and not segment.get("enabled"):
        raise invalid("Can't update disabled segment")
    else:
        _change(visit, document, found, segment)
    return told.SegmentAnswer(data=_told(visit, document, found), doc_form=document.doc_form)


@handles(Segments.delete)
def delete(visit: Visit, dataset_id: str, document_id: str, segment_id: str) -> None:
    document = document_of(visit, document_id)
    _check_model(visit)
    found = segment_of(document, segment_id)
    document.word_count = (document.word_count or 0) - found.word_count
    del document.segments[found.id]


@handles(ChildChunks.list, payload="ChildChunkListQuery")
def list_children(
    visit: Visit, dataset_id: str, document_id: str, segment_id: str, *, page: int = 1, limit: int = 20, keyword: str | None = None
) -> told.ChildChunkListing:
    segment = segment_of(document_of(visit, document_id), segment_id)
    found = [one for one in _in_order(segment) if (keyword or "").lower() in one.content.lower()]
    size = min(limit, 100)
    cut = numbered(found, page, size)
    return told.ChildChunkListing(
        data=[_told_child(segment, one) for one in cut.data], total=len(found), total_pages=-(-len(found) // size), page=page, limit=size
    )


@handles(ChildChunks.create, payload="ChildChunkCreatePayload")
def create_child(visit: Visit, dataset_id: str, document_id: str, segment_id: str, *, content: str) -> told.ChildChunkAnswer:
    segment = segment_of(document_of(visit, document_id), segment_id)
    _check_model(visit)
    child = add_child(visit.world, segment, content)
    child.type = "customized"
    return told.ChildChunkAnswer(data=_told_child(segment, child))


@handles(ChildChunks.update, payload="ChildChunkUpdatePayload")
def update_child(
    visit: Visit, dataset_id: str, document_id: str, segment_id: str, child_chunk_id: str, *, content: str
) -> told.ChildChunkAnswer:
    segment = segment_of(document_of(visit, document_id), segment_id)
    child = child_of(segment, child_chunk_id)
    child.content, child.type, child.updated_at = content, "customized", visit.world.clock.seconds()
    return told.ChildChunkAnswer(data=_told_child(segment, child))


@handles(ChildChunks.delete)
def delete_child(visit: Visit, dataset_id: str, document_id: str, segment_id: str, child_chunk_id: str) -> None:
    segment = segment_of(document_of(visit, document_id), segment_id)
    del segment.children[child_of(segment, child_chunk_id).id]


def _check_model(visit: Visit) -> None:
    """Refuse a change that the dataset's model would have to embed and cannot."""
    if lack := not_embedding(visit.world, visit.dataset):
        raise Refusal(400, "provider_not_initialize", lack)


def _made(visit: Visit, document: Document, given: SegmentParam) -> Segment:
    answer = given.get("answer") if document.doc_form == "qa_model" else None
    segment = add_segment(visit.world, visit.dataset, document, Chunk(given["content"], answer))
    segment.keywords = list(given.get("keywords") or [])
    segment.attachments = list(given.get("attachment_ids") or [])
    segment.word_count += len(answer or "")
    document.word_count = (document.word_count or 0) + segment.word_count
    return segment


def _change(visit: Visit, document: Document, segment: Segment, given: SegmentUpdateParam) -> None:
    """Write what is to change. Where the text changes, the keywords stay as they are: so does the server."""
    now, before = visit.world.clock.seconds(), segment.word_count
    content = given.get("content") or segment.content
    segment.enabled, segment.disabled_at, segment.disabled_by = True, None, None
    if content != segment.content:
        segment.content, segment.status, segment.error = content, "completed", None
        segment.indexing_at = segment.completed_at = segment.updated_at = now
        segment.updated_by = visit.world.owner_id
    elif keywords := given.get("keywords"):
        segment.keywords = list(keywords)
    measure(visit.dataset, segment)
    if document.doc_form == "qa_model":
        segment.answer = given.get("answer")
        segment.word_count += len(segment.answer or "")
    if (attached := given.get("attachment_ids")) is not None:
        segment.attachments = list(attached)
    segment.summary = given.get("summary") or segment.summary
    document.word_count = max(0, (document.word_count or 0) + segment.word_count - before)
    if document.doc_form == "hierarchical_model" and given.get("regenerate_child_chunks"):
        _regenerate(visit, document, segment)


def _regenerate(visit: Visit, document: Document, segment: Segment) -> None:
    try:
        parts = children_of(segment.content, document.rule or BY_PARAGRAPH)
    except ChunkingError as error:
        raise invalid(str(error)) from error
    segment.children.clear()
    for part in parts:
        add_child(visit.world, segment, part)


def _in_order(segment: Segment) -> list[ChildChunk]:
    return sorted(segment.children.values(), key=lambda one: one.position)


def _told(visit: Visit, document: Document, segment: Segment) -> told.Segment:
    return told.Segment(
        **segment_facts(document, segment),
        sign_content=segment.content,
        keywords=segment.keywords,
        updated_at=segment.updated_at,
        updated_by=segment.updated_by,
        child_chunks=[_told_child(segment, one) for one in _in_order(segment)],
        attachments=[_attached(visit, one) for one in segment.attachments if one in visit.world.upload_files],
        summary=segment.summary,
    )


def _attached(visit: Visit, file_id: str) -> told.SegmentAttachment:
    file = visit.world.upload_files[file_id]
    return told.SegmentAttachment(
        id=file.id,
        name=file.name,
        size=len(file.content),
        extension=file.extension,
        mime_type=file.mime_type,
        source_url=upload_url(visit.world, visit.request.base_url, file.id),
    )


def _told_child(segment: Segment, child: ChildChunk) -> told.ChildChunk:
    return told.ChildChunk(
        id=child.id,
        segment_id=segment.id,
        content=child.content,
        position=child.position,
        word_count=child.word_count,
        type=child.type,
        created_at=child.created_at,
        updated_at=child.updated_at,
    )

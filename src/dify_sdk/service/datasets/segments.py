"""Service: the segments of a document, and the child chunks of a segment."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal, Required, TypeAlias

from pydantic import Field
from typing_extensions import TypedDict

from ..._endpoint import DELETE, GET, PATCH, POST, M, Resource, area
from ..._models import Listing, Model
from ..._params import PageNumber, Within
from ...shared.splitting import DocumentForm


class ChildChunks(Resource[M], area="service.datasets.segments.child_chunks", key="dataset"):
    """The child chunks of a segment, in a document of hierarchical form: what is searched, while the segment is what is found."""

    @GET.pages("/datasets/{dataset_id:uuid}/documents/{document_id:uuid}/segments/{segment_id:uuid}/child_chunks")
    def list(
        self,
        dataset_id: str,
        document_id: str,
        segment_id: str,
        *,
        page: PageNumber = 1,
        limit: Annotated[int, Within(1, 100, capped=True)] = 20,
        keyword: str | None = None,
    ) -> ChildChunkListing:
        """List the child chunks of a segment, in their order.

        Args:
            dataset_id: The dataset.
            document_id: The document.
            segment_id: The segment.
            page: The page, from 1.
            limit: How many on a page; the server gives 100 at most.
            keyword: A text in the content.

        Raises:
            NotFoundError: No such dataset, document or segment.
        """
        ...

    @POST("/datasets/{dataset_id:uuid}/documents/{document_id:uuid}/segments/{segment_id:uuid}/child_chunks")
    def create(self, dataset_id: str, document_id: str, segment_id: str, *, content: str) -> ChildChunkAnswer:
        """Add a child chunk to a segment.

        Args:
            dataset_id: The dataset.
            document_id: The document.
            segment_id: The segment.
            content: Its text.

        Raises:
            NotFoundError: No such dataset, document or segment.
            ChildChunkIndexingError: The index could not take it in.
        """
        ...

    @PATCH("/datasets/{dataset_id:uuid}/documents/{document_id:uuid}/segments/{segment_id:uuid}/child_chunks/{child_chunk_id:uuid}")
    def update(self, dataset_id: str, document_id: str, segment_id: str, child_chunk_id: str, *, content: str) -> ChildChunkAnswer:
        """Change a child chunk.

        Args:
            dataset_id: The dataset.
            document_id: The document.
            segment_id: The segment.
            child_chunk_id: The child chunk.
            content: Its text.

        Raises:
            NotFoundError: No such dataset, document, segment or child chunk.
            ChildChunkIndexingError: The index could not take it in.
        """
        ...

    @DELETE(
        "/datasets/{dataset_id:uuid}/documents/{document_id:uuid}/segments/{segment_id:uuid}/child_chunks/{child_chunk_id:uuid}",
        status=204,
    )
    def delete(self, dataset_id: str, document_id: str, segment_id: str, child_chunk_id: str) -> None:
        """Delete a child chunk.

        Args:
            dataset_id: The dataset.
            document_id: The document.
            segment_id: The segment.
            child_chunk_id: The child chunk.

        Raises:
            NotFoundError: No such dataset, document, segment or child chunk.
            ChildChunkIndexingError: The index could not let go of it.
        """
        ...


class Segments(Resource[M], area="service.datasets.segments", key="dataset"):
    """The segments of a document."""

    @area
    def child_chunks(self) -> ChildChunks[M]:
        """The child chunks of a segment."""
        return ChildChunks(self._core)

    @GET.pages("/datasets/{dataset_id:uuid}/documents/{document_id:uuid}/segments")
    def list(
        self,
        dataset_id: str,
        document_id: str,
        *,
        page: PageNumber = 1,
        limit: Annotated[int, Within(1, 100, capped=True)] = 20,
        status: Sequence[SegmentStatus] | None = None,
        keyword: str | None = None,
    ) -> SegmentListing:
        """List the segments of a document, in their order.

        Args:
            dataset_id: The dataset.
            document_id: The document.
            page: The page, from 1.
            limit: How many on a page; the server gives 100 at most.
            status: Only segments in one of these states.
            keyword: A text in the content.

        Raises:
            NotFoundError: No such dataset or document.
        """
        ...

    @POST("/datasets/{dataset_id:uuid}/documents/{document_id:uuid}/segments")
    def create(self, dataset_id: str, document_id: str, *, segments: Sequence[SegmentParam]) -> SegmentsAnswer:
        """Add segments to a document.

        Args:
            dataset_id: The dataset.
            document_id: The document.
            segments: The segments, one at least.

        Raises:
            NotFoundError: No such dataset or document, or it is not indexed yet, or switched off.
            BadRequestError: A segment is empty.
        """
        ...

    @GET("/datasets/{dataset_id:uuid}/documents/{document_id:uuid}/segments/{segment_id:uuid}")
    def get(self, dataset_id: str, document_id: str, segment_id: str) -> SegmentAnswer:
        """Look a segment up.

        Args:
            dataset_id: The dataset.
            document_id: The document.
            segment_id: The segment.

        Raises:
            NotFoundError: No such dataset, document or segment.
        """
        ...

    @POST("/datasets/{dataset_id:uuid}/documents/{document_id:uuid}/segments/{segment_id:uuid}")
    def update(self, dataset_id: str, document_id: str, segment_id: str, *, segment: SegmentUpdateParam) -> SegmentAnswer:
        """Change a segment.

        Args:
            dataset_id: The dataset.
            document_id: The document.
            segment_id: The segment.
            segment: What is to change.

        Raises:
            NotFoundError: No such dataset, document or segment.
            InvalidParamError: An argument is refused.
        """
        ...

    @DELETE("/datasets/{dataset_id:uuid}/documents/{document_id:uuid}/segments/{segment_id:uuid}", status=204)
    def delete(self, dataset_id: str, document_id: str, segment_id: str) -> None:
        """Delete a segment.

        Args:
            dataset_id: The dataset.
            document_id: The document.
            segment_id: The segment.

        Raises:
            NotFoundError: No such dataset, document or segment.
        """
        ...


SegmentStatus: TypeAlias = Literal["waiting", "indexing", "completed", "error", "paused", "re_segment"]


class SegmentParam(TypedDict, total=False):
    """A new segment; the answer is for documents of questions and answers.

    ```python
    {"content": "Owls hunt at night.", "keywords": ["owl", "night"]}
    ```
    """

    content: Required[str]
    answer: str | None
    keywords: Sequence[str] | None
    attachment_ids: Sequence[str] | None


class SegmentUpdateParam(TypedDict, total=False):
    """What is to change in a segment.

    ```python
    {"content": "Owls hunt at night.", "regenerate_child_chunks": True}
    ```
    """

    content: str | None
    answer: str | None
    keywords: Sequence[str] | None
    regenerate_child_chunks: bool
    enabled: bool | None
    attachment_ids: Sequence[str] | None
    summary: str | None


class ChildChunk(Model):
    """A child chunk. Times are in seconds since the epoch."""

    id: str
    content: str = ""
    segment_id: str | None = None
    position: int | None = None
    word_count: int | None = None
    type: Literal["automatic", "customized"] | str | None = None
    created_at: int | None = None
    updated_at: int | None = None


class ChildChunkAnswer(Model):
    """A child chunk that was made or changed."""

    data: ChildChunk


class ChildChunkListing(Listing[ChildChunk]):
    """A page of child chunks."""

    total_pages: int | None = None


class SegmentAttachment(Model):
    """An image that belongs to a segment. `size` is in bytes."""

    id: str
    name: str | None = None
    size: int | None = None
    extension: str | None = None
    mime_type: str | None = None
    source_url: str | None = Field(default=None, repr=False)


class SegmentRecord(Model):
    """What every look at a segment tells. Times are in seconds since the epoch; addresses in `sign_content` hold for five minutes."""

    id: str
    content: str = ""
    document_id: str | None = None
    position: int | None = None
    sign_content: str | None = Field(default=None, repr=False)
    answer: str | None = None
    word_count: int | None = None
    tokens: int | None = None
    keywords: list[str] | None = None
    index_node_id: str | None = None
    index_node_hash: str | None = None
    hit_count: int | None = None
    enabled: bool | None = None
    disabled_at: int | None = None
    disabled_by: str | None = None
    status: SegmentStatus | str | None = None
    created_by: str | None = None
    created_at: int | None = None
    indexing_at: int | None = None
    completed_at: int | None = None
    error: str | None = None
    stopped_at: int | None = None


class Segment(SegmentRecord):
    """A segment."""

    updated_at: int | None = None
    updated_by: str | None = None
    child_chunks: list[ChildChunk] | None = None
    attachments: list[SegmentAttachment] | None = None
    summary: str | None = None


class SegmentAnswer(Model):
    """A segment, and the form of its document."""

    data: Segment
    doc_form: DocumentForm | str | None = None


class SegmentsAnswer(Model):
    """Segments that were made, and the form of their document."""

    data: list[Segment]
    doc_form: DocumentForm | str | None = None


class SegmentListing(Listing[Segment]):
    """A page of segments, and the form of their document."""

    doc_form: DocumentForm | str | None = None

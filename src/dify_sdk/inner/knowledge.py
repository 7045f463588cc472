"""Inner: knowledge for agents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, Required

from pydantic import Field
from typing_extensions import TypedDict

from .._endpoint import POST, M, Resource
from .._models import Model
from ..shared.retrieval import MetadataFilterParam, WeightsParam
from ..shared.usage import Usage
from .files import UserFrom
from .llm import ModelConfigParam


class CallerParam(TypedDict):
    """The app that searches, and for whom."""

    tenant_id: str
    user_id: str
    app_id: str
    user_from: UserFrom
    invoke_from: str


class RerankerParam(TypedDict):
    """The model that puts what was found in a better order."""

    provider: str
    model: str


class RetrievalParam(TypedDict, total=False):
    """How knowledge is searched: all datasets at once, or the `single` one that a model chooses."""

    mode: Required[Literal["multiple", "single"]]
    top_k: int | None
    score_threshold: float
    reranking_mode: str
    reranking_enable: bool
    reranking_model: RerankerParam | None
    weights: WeightsParam | None
    model: ModelConfigParam | None


class MetadataFilteringParam(TypedDict, total=False):
    """Which documents are searched, by their metadata: as conditions say, or as a model finds it in the question."""

    mode: Literal["disabled", "automatic", "manual"]
    model_config: ModelConfigParam | None
    conditions: MetadataFilterParam | None


class Knowledge(Resource[M], area="inner.knowledge", key="inner"):
    """Knowledge for agents."""

    @POST("/knowledge/retrieve", runs=True, since="1.16")
    def retrieve(
        self,
        *,
        caller: CallerParam,
        dataset_ids: Sequence[str],
        retrieval: RetrievalParam,
        query: str | None = None,
        metadata_filtering: MetadataFilteringParam | None = None,
        attachment_ids: Sequence[str] | None = None,
    ) -> Retrieved:
        """Search datasets.

        Args:
            caller: The app that searches, and for whom.
            dataset_ids: The datasets.
            retrieval: How they are searched.
            query: What is looked for.
            metadata_filtering: Which documents are searched.
            attachment_ids: Images to look for.

        Raises:
            PermissionDeniedError: The app or a dataset belongs to another workspace.
            NotFoundError: There is no such app or dataset; or the key is wrong.
            UnprocessableEntityError: The settings of the search do not fit together.
            RateLimitError: Too many searches.
        """
        ...


class ChildChunk(Model):
    """A part of a segment that was found."""

    id: str = ""
    content: str = ""
    position: int = 0
    score: float = 0.0


class SourceMetadata(Model):
    """Where a piece of knowledge is from."""

    source: str = Field(default="knowledge", alias="_source")
    dataset_id: str
    dataset_name: str
    document_id: str
    document_name: str
    data_source_type: str
    segment_id: str | None = None
    retriever_from: str = "workflow"
    score: float = 0.0
    child_chunks: list[ChildChunk] = []
    segment_hit_count: int | None = None
    segment_word_count: int | None = None
    segment_position: int | None = None
    segment_index_node_hash: str | None = None
    doc_metadata: dict[str, Any] | None = None
    position: int | None = None


class Source(Model):
    """A piece of knowledge that was found."""

    metadata: SourceMetadata
    title: str
    files: list[Any] | None = None
    content: str | None = None
    summary: str | None = None


class Retrieved(Model):
    """What a search has found, and what the models in it cost."""

    results: list[Source] = []
    usage: Usage | None = None

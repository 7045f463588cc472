"""What knowledge consists of. A thing owns its parts, so who goes takes them along."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

Technique: TypeAlias = Literal["high_quality", "economy"]
DocForm: TypeAlias = Literal["text_model", "hierarchical_model", "qa_model"]
MetadataType: TypeAlias = Literal["string", "number", "time"]
IndexingStatus: TypeAlias = Literal["waiting", "parsing", "cleaning", "splitting", "indexing", "completed", "error"]


@dataclass
class ChildChunk:
    """A part of a segment that is searched in its place."""

    id: str
    content: str
    position: int
    created_at: int
    updated_at: int
    type: Literal["automatic", "customized"] = "automatic"

    @property
    def word_count(self) -> int:
        """Characters, in spite of the name."""
        return len(self.content)


@dataclass
class Segment:
    """A piece of a document, as it is found."""

    id: str
    position: int
    content: str
    created_by: str
    created_at: int
    updated_at: int
    index_node_id: str
    answer: str | None = None
    tokens: int = 0
    word_count: int = 0
    keywords: list[str] | None = None
    status: Literal["waiting", "indexing", "completed", "error", "re_segment"] = "waiting"
    error: str | None = None
    enabled: bool = True
    disabled_at: int | None = None
    disabled_by: str | None = None
    updated_by: str | None = None
    indexing_at: int | None = None
    completed_at: int | None = None
    stopped_at: int | None = None
    hit_count: int = 0
    attachments: list[str] = field(default_factory=list[str])
    summary: str | None = None
    children: dict[str, ChildChunk] = field(default_factory=dict[str, ChildChunk])

    @property
    def index_node_hash(self) -> str:
        """The content's fingerprint, made as the server makes it."""
        return hashlib.sha256(f"{self.content}None".encode()).hexdigest()

    @property
    def is_found(self) -> bool:
        """Whether a search may come upon it."""
        return self.enabled and self.status == "completed"


@dataclass(frozen=True)
class ProcessRule:
    """How documents are cleaned and split."""

    id: str
    mode: Literal["automatic", "custom", "hierarchical"]
    rules: dict[str, Any]


@dataclass
class Document:
    """A document, from the moment it is put in. `texts` is what was read out of it, until it is indexed."""

    id: str
    position: int
    name: str
    batch: str
    data_source_type: str
    data_source_info: dict[str, Any]
    doc_form: DocForm
    created_by: str
    created_at: int
    updated_at: int
    created_from: str = "api"
    rule: ProcessRule | None = None
    doc_language: str = "English"
    doc_type: str | None = None
    metadata: dict[str, Any] | None = None
    need_summary: bool = False
    word_count: int | None = None
    tokens: int | None = None
    enabled: bool = True
    disabled_at: int | None = None
    disabled_by: str | None = None
    archived: bool = False
    indexing_status: IndexingStatus = "waiting"
    queued_at: float = 0.0
    looks: int = 0
    is_paused: bool = False
    paused_at: int | None = None
    processing_started_at: int | None = None
    parsing_completed_at: int | None = None
    cleaning_completed_at: int | None = None
    splitting_completed_at: int | None = None
    completed_at: int | None = None
    stopped_at: int | None = None
    error: str | None = None
    indexing_latency: float | None = None
    texts: list[str] = field(default_factory=list[str], repr=False)
    segments: dict[str, Segment] = field(default_factory=dict[str, Segment], repr=False)

    @property
    def is_unfinished(self) -> bool:
        """Whether it is still on its way."""
        return self.indexing_status not in {"completed", "error"}

    @property
    def is_available(self) -> bool:
        """Whether its segments can be found."""
        return self.indexing_status == "completed" and self.enabled and not self.archived

    @property
    def display_status(self) -> str:
        """The state as the lists show and filter it."""
        match self.indexing_status:
            case "waiting":
                return "queuing"
            case "error":
                return "error"
            case "completed":
                return "archived" if self.archived else "available" if self.enabled else "disabled"
            case _:
                return "paused" if self.is_paused else "indexing"

    @property
    def hit_count(self) -> int:
        """How often its segments were found."""
        return sum(one.hit_count for one in self.segments.values())

    @property
    def in_order(self) -> list[Segment]:
        """Its segments by position."""
        return sorted(self.segments.values(), key=lambda one: one.position)


@dataclass
class MetadataField:
    """A field that the documents of a dataset can have."""

    id: str
    name: str
    type: MetadataType


@dataclass
class ExternalBinding:
    """The knowledge elsewhere that a dataset stands for."""

    api_id: str
    knowledge_id: str


@dataclass
class Dataset:
    """A knowledge base. `rules` are all it was ever given; the last one counts."""

    id: str
    name: str
    created_by: str
    created_at: int
    updated_at: int
    description: str = ""
    provider: Literal["vendor", "external"] = "vendor"
    permission: str = "only_me"
    partial_members: list[str] = field(default_factory=list[str])
    data_source_type: str | None = None
    indexing_technique: Technique | None = None
    embedding_model: str | None = None
    embedding_model_provider: str | None = None
    retrieval_model: dict[str, Any] | None = None
    summary_index_setting: dict[str, Any] | None = None
    updated_by: str | None = None
    built_in_fields: bool = False
    fields: dict[str, MetadataField] = field(default_factory=dict[str, MetadataField])
    external: ExternalBinding | None = None
    pipeline_id: str | None = None
    chunk_structure: DocForm | None = None
    icon_info: dict[str, Any] | None = None
    is_multimodal: bool = False
    enable_api: bool = True
    rules: list[ProcessRule] = field(default_factory=list[ProcessRule])
    documents: dict[str, Document] = field(default_factory=dict[str, Document], repr=False)

    @property
    def doc_form(self) -> DocForm | None:
        """The form that all its documents have; open as long as there are none."""
        first = next(iter(self.documents.values()), None)
        return self.chunk_structure or (first.doc_form if first else None)

    @property
    def available(self) -> Iterator[Document]:
        """The documents that can be found."""
        return (one for one in self.documents.values() if one.is_available)

    @property
    def word_count(self) -> int:
        """Characters of all its documents."""
        return sum(one.word_count or 0 for one in self.documents.values())

    @property
    def next_position(self) -> int:
        """The position of the next document."""
        return max((one.position for one in self.documents.values()), default=0) + 1


@dataclass
class ExternalApi:
    """A server with knowledge of its own. `records` are its answers here: nothing leaves the process."""

    id: str
    name: str
    endpoint: str
    api_key: str = field(repr=False)
    created_by: str
    created_at: int
    description: str = ""
    records: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])


@dataclass
class Pipeline:
    """How a dataset of the pipeline kind is filled: a graph, and the variables of its data sources."""

    id: str
    name: str
    graph: dict[str, Any]
    variables: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    is_published: bool = False

    def nodes(self, kind: str) -> dict[str, dict[str, Any]]:
        """The settings of its nodes of a kind, by id."""
        return {one["id"]: one["data"] for one in self.graph.get("nodes", []) if one["data"]["type"] == kind}

"""What an answer cost and what it rests on."""

from __future__ import annotations

from typing import Any

from .._models import Model


class Usage(Model):
    """The tokens, the price and the time of an answer. Money is a decimal text, in `currency`; times are seconds."""

    prompt_tokens: int = 0
    prompt_unit_price: str = "0"
    prompt_price_unit: str = "0"
    prompt_price: str = "0"
    completion_tokens: int = 0
    completion_unit_price: str = "0"
    completion_price_unit: str = "0"
    completion_price: str = "0"
    total_tokens: int = 0
    total_price: str = "0"
    currency: str | None = "USD"
    latency: float = 0.0
    time_to_first_token: float | None = None
    time_to_generate: float | None = None


class RetrieverResource(Model):
    """A piece of knowledge that the answer rests on."""

    position: int | None = None
    dataset_id: str | None = None
    dataset_name: str | None = None
    document_id: str | None = None
    document_name: str | None = None
    data_source_type: str | None = None
    segment_id: str | None = None
    retriever_from: str | None = None
    score: float | None = None
    hit_count: int | None = None
    word_count: int | None = None
    segment_position: int | None = None
    index_node_hash: str | None = None
    content: str | None = None
    page: int | None = None
    doc_metadata: dict[str, Any] | None = None
    title: str | None = None
    files: list[dict[str, Any]] | None = None
    summary: str | None = None


class AnnotationAuthor(Model):
    """Who wrote an annotation."""

    id: str
    name: str | None = None


class AnnotationReply(Model):
    """The annotation that answered in the model's place."""

    id: str
    account: AnnotationAuthor | None = None


class AnswerMetadata(Model):
    """What comes with a finished answer. `reasoning` holds a text for each node that thought aloud."""

    annotation_reply: AnnotationReply | None = None
    retriever_resources: list[RetrieverResource] = []
    usage: Usage | None = None
    reasoning: dict[str, str] = {}

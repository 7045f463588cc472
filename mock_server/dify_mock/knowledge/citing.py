"""How apps and workflows look into knowledge, and how they cite what they found. Whoever is cited has had a hit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from .retrieval import Found, Part, Reranking, Settings, search
from .state import Dataset, Segment

if TYPE_CHECKING:
    from ..world import World

CONTEXT_PROMPT: Final = (
    "Use the following context as your learned knowledge, inside <context></context> XML tags.\n\n<context>\n{context}\n</context>\n\n"
    "When answer to user:\n- If you don't know, just say that you don't know.\n"
    "- If you don't know when you are not sure, ask for clarification.\n"
    "Avoid mentioning that you obtained the information from the context.\n"
    "And answer according to the language of the user's question.\n"
)


@dataclass(frozen=True)
class Source:
    """Something found, in this workspace or elsewhere; only what is from here has a segment."""

    dataset: Dataset
    title: str
    content: str
    score: float
    about: dict[str, Any] | None
    document_id: str | None = None
    data_source_type: str = "external"
    segment: Segment | None = None
    parts: tuple[Part, ...] = ()

    @classmethod
    def of(cls, found: Found) -> Source:
        """A segment as a source."""
        document, segment = found.document, found.segment
        return cls(
            found.dataset,
            document.name,
            segment.content,
            found.score,
            document.metadata,
            document.id,
            document.data_source_type,
            segment,
            found.parts,
        )

    @property
    def told(self) -> str:
        """The content as it is cited: a question with its answer."""
        answer = self.segment.answer if self.segment else None
        return f"question:{self.content} \nanswer:{answer}" if answer else self.content

    def citation(self, position: int, retriever: str) -> dict[str, Any]:
        """What every citation says."""
        return {
            "position": position,
            "dataset_id": self.dataset.id,
            "dataset_name": self.dataset.name,
            "document_id": self.document_id,
            "document_name": self.title,
            "data_source_type": self.data_source_type,
            "segment_id": self.segment.id if self.segment else None,
            "retriever_from": retriever,
            "score": self.score,
        }


def records_for_node(world: World, dataset_ids: Sequence[str], question: str, settings: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What a knowledge-retrieval node puts out."""
    single = settings.get("retrieval_mode") == "single"
    wanted: Mapping[str, Any] | None = None if single else settings.get("multiple_retrieval_config") or {}
    sources = _gather(world, dataset_ids, question, wanted, _conditions(settings))
    records = [_record(source, at) for at, source in enumerate(sources, 1)]
    _count(sources)
    return records


def context_for_app(world: World, config: Mapping[str, Any], question: str) -> tuple[str, list[dict[str, Any]]]:
    """The context that an app's model is given, and the citations that go with the answer."""
    known: Mapping[str, Any] = config.get("datasets") or {}
    listed: list[Mapping[str, Any]] = known.get("datasets") or []
    ids = [str(one["dataset"]["id"]) for one in listed if one["dataset"].get("enabled", True)]
    wanted = None if config.get("retrieval_model") == "single" else config
    sources = _gather(world, ids, question, wanted, _conditions(config)) if question else []
    rows = [_row(source, at) for at, source in enumerate(sources, 1)]
    _count(sources)
    return "\n".join(source.told for source in sources), rows


def _conditions(settings: Mapping[str, Any]) -> Mapping[str, Any] | None:
    return settings.get("metadata_filtering_conditions") if settings.get("metadata_filtering_mode") == "manual" else None


def _gather(
    world: World, dataset_ids: Iterable[str], question: str, wanted: Mapping[str, Any] | None, conditions: Mapping[str, Any] | None
) -> list[Source]:
    """What several datasets have, weighed together; with nothing wanted, what the first of them has."""
    held = (world.knowledge.datasets.get(one) for one in dataset_ids)
    known = [one for one in held if one is not None]
    if wanted is None:
        return [source for dataset in known[:1] for source in _sources(world, dataset, question, conditions)]
    sources = [source for dataset in known for source in _sources(world, dataset, question, conditions)]
    scores = Reranking.of(wanted).scores(world, question, [one.content for one in sources]) if sources else None
    if scores is not None:
        sources = [replace(one, score=score) for one, score in zip(sources, scores, strict=True)]
    least = wanted.get("score_threshold") if wanted.get("score_threshold_enabled", True) else None
    good = [one for one in sources if not least or one.score >= least]
    return sorted(good, key=lambda one: one.score, reverse=True)[: int(wanted.get("top_k") or 4)]


def _sources(world: World, dataset: Dataset, question: str, conditions: Mapping[str, Any] | None) -> list[Source]:
    if dataset.external is None:
        return [Source.of(one) for one in search(world, dataset, question, Settings.of(dataset), conditions)]
    api = world.knowledge.external_apis.get(dataset.external.api_id)
    return [
        Source(dataset, str(one.get("title")), str(one.get("content")), float(one.get("score") or 0.0), one.get("metadata"))
        for one in (api.records if api else [])
    ]


def _count(sources: Iterable[Source]) -> None:
    for source in sources:
        if source.segment:
            source.segment.hit_count += 1


def _record(source: Source, position: int) -> dict[str, Any]:
    segment = source.segment
    counted = (
        {
            "segment_hit_count": segment.hit_count,
            "segment_word_count": segment.word_count,
            "segment_position": segment.position,
            "segment_index_node_hash": segment.index_node_hash,
        }
        if segment
        else {}
    )
    told = source.citation(position, "workflow")
    parts = [{"id": one.chunk.id, "content": one.chunk.content, "position": one.chunk.position, "score": one.score} for one in source.parts]
    metadata = {"_source": "knowledge", **told, "child_chunks": parts, **counted, "doc_metadata": source.about}
    return {
        "metadata": {**{name: value for name, value in metadata.items() if name != "position"}, "position": position},
        "title": source.title,
        "files": None,
        "content": source.told,
        "summary": segment.summary if segment else None,
    }


def _row(source: Source, position: int) -> dict[str, Any]:
    nothing = dict.fromkeys(("hit_count", "word_count", "segment_position", "index_node_hash"))
    return {
        **source.citation(position, "api"),
        **nothing,
        "content": source.told,
        "page": None,
        "doc_metadata": source.about,
        "title": None,
        "files": None,
        "summary": source.segment.summary if source.segment else None,
    }

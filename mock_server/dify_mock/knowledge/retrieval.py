"""What a dataset has on a question."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ..providers import unusable
from ..workflow.conditions import ConditionError
from .filters import fits
from .indexing import not_embedding
from .ranking import by_keywords, by_meaning, by_words
from .state import ChildChunk, Dataset, Document, Segment
from .words import keywords

if TYPE_CHECKING:
    from ..world import World

RETRIEVAL_MODEL: Final[dict[str, Any]] = {
    "search_method": "semantic_search",
    "reranking_enable": False,
    "reranking_model": {"reranking_provider_name": "", "reranking_model_name": ""},
    "top_k": 4,
    "score_threshold_enabled": False,
}
"""How a dataset is searched where nobody has said it."""
_RECALL: Final = 50  # from each way of a hybrid search, before they are weighed together


class RetrievalError(ValueError):
    """A search cannot be made."""


class ModelUnusable(RetrievalError):  # noqa: N818  # it is said of a model
    """A model that the search needs is gone, or has no credentials."""


class Part(NamedTuple):
    """A part of a segment that was found."""

    chunk: ChildChunk
    score: float


@dataclass(frozen=True)
class Found:
    """A segment that was found. `parts` are those of its parts that were, the best first."""

    dataset: Dataset
    document: Document
    segment: Segment
    score: float
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True)
class Reranking:
    """How hits of several searches are made comparable: a model, or the weights of vectors and keywords."""

    model: tuple[str, str] | None = None
    weights: tuple[float, float] | None = None

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Reranking:
        """As datasets, apps and nodes have it; each has names of its own for it."""
        weights: Mapping[str, Any] = told.get("weights") or {}
        if told.get("reranking_mode") == "weighted_score" and weights:
            return cls(weights=(float(weights["vector_setting"]["vector_weight"]), float(weights["keyword_setting"]["keyword_weight"])))
        model: Mapping[str, Any] = told.get("reranking_model") or {}
        provider, name = (
            model.get(f"reranking_{kind}_name") or model.get(f"{kind}_name") or model.get(kind) for kind in ("provider", "model")
        )
        on = told.get("reranking_enable", told.get("reranking_enabled"))
        return cls(model=(provider, name)) if on and provider and name else cls()

    def scores(self, world: World, question: str, texts: Sequence[str]) -> list[float] | None:
        """The new scores; None where there is nothing to rerank by."""
        if self.weights:
            of_vectors, of_keywords = self.weights
            pairs = zip(by_meaning(question, texts), by_keywords(question, texts), strict=True)
            return [of_vectors * meaning + of_keywords * words for meaning, words in pairs]
        if self.model is None:
            return None
        provider, name = self.model
        if told := unusable(world, "rerank", provider, name):
            raise ModelUnusable(told)
        return by_meaning(question, texts)


@dataclass(frozen=True)
class Settings:
    """How a search is made."""

    method: str
    top_k: int
    threshold: float
    reranking: Reranking

    @classmethod
    def of(cls, dataset: Dataset, given: Mapping[str, Any] | None = None) -> Settings:
        """The given ones, or the dataset's own. An economic dataset knows only keywords."""
        told = given or dataset.retrieval_model or RETRIEVAL_MODEL
        method = "keyword_search" if dataset.indexing_technique == "economy" else told.get("search_method")
        threshold = told.get("score_threshold") if told.get("score_threshold_enabled") else 0.0
        reranking = Reranking.of(told)
        if method != "hybrid_search":
            reranking = Reranking(model=reranking.model)
        return cls(str(method or "semantic_search"), int(told.get("top_k") or 4), float(threshold or 0.0), reranking)


class _Passage(NamedTuple):
    """What is searched: a segment, or a part of it."""

    document: Document
    segment: Segment
    child: ChildChunk | None

    @property
    def text(self) -> str:
        return self.child.content if self.child else self.segment.content


_Hit = tuple[_Passage, float]


def search(world: World, dataset: Dataset, question: str, settings: Settings, conditions: Mapping[str, Any] | None = None) -> list[Found]:
    """The segments that answer a question best, the best first."""
    if told := not_embedding(world, dataset):
        raise ModelUnusable(told)
    try:
        documents = [one for one in dataset.available if not conditions or fits(one, conditions)]
    except ConditionError as error:
        raise RetrievalError(str(error)) from error
    passages = [passage for document in documents for passage in _passages(document)]
    hits = _METHODS[settings.method](passages, question, settings)
    scores = settings.reranking.scores(world, question, [passage.text for passage, _ in hits]) if hits else None
    if scores is not None:
        hits = _best(((passage, score) for (passage, _), score in zip(hits, scores, strict=True)), settings.threshold)
    return _together(dataset, hits[: settings.top_k])


def _passages(document: Document) -> Iterable[_Passage]:
    for segment in document.in_order:
        if not segment.is_found:
            continue
        if document.doc_form == "hierarchical_model":
            yield from (_Passage(document, segment, child) for child in segment.children.values())
        else:
            yield _Passage(document, segment, None)


def _best(hits: Iterable[_Hit], least: float) -> list[_Hit]:
    return sorted((one for one in hits if one[1] >= least), key=lambda hit: hit[1], reverse=True)


def _semantic(passages: Sequence[_Passage], question: str, settings: Settings) -> list[_Hit]:
    scores = by_meaning(question, [one.text for one in passages])
    return _best(zip(passages, scores, strict=True), settings.threshold)[: settings.top_k]


def _full_text(passages: Sequence[_Passage], question: str, settings: Settings) -> list[_Hit]:
    scores = by_words(question, [one.text for one in passages])
    return [hit for hit in _best(zip(passages, scores, strict=True), 0.0) if hit[1]][: settings.top_k]


def _keyword(passages: Sequence[_Passage], question: str, settings: Settings) -> list[_Hit]:
    """The segments that share most keywords with the question; nobody gives them a score."""
    asked = set(keywords(question))
    counts = (len(asked & {word.lower() for word in one.segment.keywords or keywords(one.text)}) for one in passages)
    found = _best(((one, float(count)) for one, count in zip(passages, counts, strict=True)), 1.0)
    return [(passage, 0.0) for passage, _ in found[: settings.top_k]]


def _hybrid(passages: Sequence[_Passage], question: str, settings: Settings) -> list[_Hit]:
    """What either way finds, with the better score of the two; the threshold is for what they come to."""
    wide = replace(settings, top_k=max(_RECALL, settings.top_k), threshold=0.0)
    scores: dict[str, _Hit] = {}
    for passage, score in [*_semantic(passages, question, wide), *_full_text(passages, question, wide)]:
        key = passage.child.id if passage.child else passage.segment.id
        scores[key] = max(scores.get(key, (passage, score)), (passage, score), key=lambda hit: hit[1])
    return _best(scores.values(), 0.0 if settings.reranking != Reranking() else settings.threshold)


_Method = Callable[[Sequence[_Passage], str, Settings], list[_Hit]]
_METHODS: Final[Mapping[str, _Method]] = {
    "semantic_search": _semantic,
    "full_text_search": _full_text,
    "keyword_search": _keyword,
    "hybrid_search": _hybrid,
}


def _together(dataset: Dataset, hits: Iterable[_Hit]) -> list[Found]:
    """The segments of the hits; one whose parts were found has the score of the best."""
    segments: dict[str, Found] = {}
    for passage, score in hits:
        parts = (Part(passage.child, score),) if passage.child else ()
        before = segments.get(passage.segment.id)
        found = Found(dataset, passage.document, passage.segment, score, parts)
        segments[passage.segment.id] = found if before is None else replace(before, parts=before.parts + parts)
    return list(segments.values())

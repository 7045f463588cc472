"""How knowledge is searched: settings and filters as callers give them and as servers tell them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Required, TypeAlias

from typing_extensions import TypedDict

from .._models import Model

SearchMethod: TypeAlias = Literal["semantic_search", "full_text_search", "hybrid_search", "keyword_search"]
RerankingMode: TypeAlias = Literal["reranking_model", "weighted_score"]
WeightType: TypeAlias = Literal["semantic_first", "keyword_first", "customized"]
ComparisonOperator: TypeAlias = Literal[
    "contains",
    "not contains",
    "start with",
    "end with",
    "is",
    "is not",
    "empty",
    "not empty",
    "in",
    "not in",
    "=",
    "≠",
    ">",
    "<",
    "≥",
    "≤",
    "before",
    "after",
]


class MetadataConditionParam(TypedDict, total=False):
    """What a field of a document's metadata must be.

    Text: `contains`, `start with`, `is`, `in` and the like. Numbers: `=`, `≠`, `>`, `<`, `≥`, `≤`. Times: `before`, `after`, in seconds
    since the epoch. `empty` and `not empty` take no value.
    """

    name: Required[str]
    comparison_operator: Required[ComparisonOperator]
    value: str | Sequence[str] | float | None


class MetadataFilterParam(TypedDict, total=False):
    """Which documents are searched, by their metadata.

    ```python
    {
        "logical_operator": "and",
        "conditions": [
            {"name": "author", "comparison_operator": "is", "value": "Ann"},
            {"name": "year", "comparison_operator": "≥", "value": 2024},
        ],
    }
    ```
    """

    logical_operator: Literal["and", "or"]
    conditions: Sequence[MetadataConditionParam]


class RerankingModelParam(TypedDict, total=False):
    """The model that puts what was found in a better order."""

    reranking_provider_name: str
    reranking_model_name: str


class VectorSettingParam(TypedDict):
    """How much likeness of meaning counts, 0 to 1, and by which model."""

    vector_weight: float
    embedding_provider_name: str
    embedding_model_name: str


class KeywordSettingParam(TypedDict):
    """How much common words count, 0 to 1."""

    keyword_weight: float


class WeightsParam(TypedDict, total=False):
    """What counts how much in a `hybrid_search` with `weighted_score`."""

    weight_type: WeightType
    vector_setting: VectorSettingParam
    keyword_setting: KeywordSettingParam


class RetrievalModelParam(TypedDict, total=False):
    """How knowledge is searched.

    By meaning, the four best that are alike enough:

    ```python
    {
        "search_method": "semantic_search",
        "reranking_enable": False,
        "top_k": 4,
        "score_threshold_enabled": True,
        "score_threshold": 0.5,
    }
    ```

    By meaning and words, in the documents that a filter lets through:

    ```python
    {
        "search_method": "hybrid_search",
        "reranking_enable": False,
        "reranking_mode": "weighted_score",
        "weights": {
            "weight_type": "customized",
            "vector_setting": {
                "vector_weight": 0.7,
                "embedding_provider_name": "langgenius/openai/openai",
                "embedding_model_name": "text-embedding-3-small",
            },
            "keyword_setting": {"keyword_weight": 0.3},
        },
        "top_k": 4,
        "score_threshold_enabled": False,
        "metadata_filtering_conditions": {
            "logical_operator": "and",
            "conditions": [{"name": "author", "comparison_operator": "is", "value": "Ann"}],
        },
    }
    ```
    """

    search_method: Required[SearchMethod]
    reranking_enable: Required[bool]
    reranking_model: RerankingModelParam | None
    reranking_mode: RerankingMode | None
    top_k: Required[int]
    score_threshold_enabled: Required[bool]
    score_threshold: float | None
    weights: WeightsParam | None
    metadata_filtering_conditions: MetadataFilterParam | None


class ExternalRetrievalModelParam(TypedDict, total=False):
    """How knowledge outside of Dify is searched."""

    top_k: int
    score_threshold: float
    score_threshold_enabled: bool


class RerankingModel(Model):
    """The model that puts what was found in a better order."""

    reranking_provider_name: str | None = None
    reranking_model_name: str | None = None


class VectorSetting(Model):
    """How much likeness of meaning counts, and by which model."""

    vector_weight: float | None = None
    embedding_provider_name: str | None = None
    embedding_model_name: str | None = None


class KeywordSetting(Model):
    """How much common words count."""

    keyword_weight: float | None = None


class Weights(Model):
    """What counts how much in a `hybrid_search` with `weighted_score`."""

    weight_type: WeightType | str | None = None
    vector_setting: VectorSetting | None = None
    keyword_setting: KeywordSetting | None = None


class RetrievalModel(Model):
    """How knowledge is searched where a call does not say."""

    search_method: SearchMethod | str
    reranking_enable: bool | None = None
    reranking_mode: RerankingMode | str | None = None
    reranking_model: RerankingModel | None = None
    weights: Weights | None = None
    top_k: int | None = None
    score_threshold_enabled: bool | None = None
    score_threshold: float | None = None


class ExternalRetrievalModel(Model):
    """How knowledge outside of Dify is searched where a call does not say."""

    top_k: int | None = None
    score_threshold: float | None = None
    score_threshold_enabled: bool | None = None

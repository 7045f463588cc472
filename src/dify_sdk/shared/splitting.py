"""How documents are split: process rules as callers give them and as servers tell them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Required, TypeAlias

from typing_extensions import TypedDict

from .._models import Model

DocumentForm: TypeAlias = Literal["text_model", "hierarchical_model", "qa_model"]
SplittingMode: TypeAlias = Literal["automatic", "custom", "hierarchical"]
PreProcessing: TypeAlias = Literal["remove_extra_spaces", "remove_urls_emails", "remove_stopwords"]
ParentMode: TypeAlias = Literal["paragraph", "full-doc"]


class PreProcessingRuleParam(TypedDict):
    """What is taken out of a text before it is split."""

    id: PreProcessing
    enabled: bool


class SegmentationParam(TypedDict, total=False):
    r"""Where a text is cut: at the separator ("\n" where it is not given), into pieces of 50 to 4,000 tokens that overlap by some."""

    separator: str
    max_tokens: Required[int]
    chunk_overlap: int


class RulesParam(TypedDict, total=False):
    """The rules of the modes `custom` and `hierarchical`; the last two are for `hierarchical` alone."""

    pre_processing_rules: Sequence[PreProcessingRuleParam]
    segmentation: SegmentationParam
    parent_mode: ParentMode
    subchunk_segmentation: SegmentationParam


class ProcessRuleParam(TypedDict, total=False):
    r"""How a document is split.

    The server decides:

    ```python
    {"mode": "automatic"}
    ```

    You decide; `pre_processing_rules` may be empty but not missing:

    ```python
    {
        "mode": "custom",
        "rules": {
            "pre_processing_rules": [{"id": "remove_extra_spaces", "enabled": True}],
            "segmentation": {"separator": "\n\n", "max_tokens": 500, "chunk_overlap": 50},
        },
    }
    ```

    In parents and children, with `doc_form="hierarchical_model"`:

    ```python
    {
        "mode": "hierarchical",
        "rules": {
            "pre_processing_rules": [],
            "parent_mode": "paragraph",
            "segmentation": {"separator": "\n\n", "max_tokens": 1000},
            "subchunk_segmentation": {"separator": "\n", "max_tokens": 200},
        },
    }
    ```
    """

    mode: Required[SplittingMode]
    rules: RulesParam | None


class PreProcessingRule(Model):
    """What is taken out of a text before it is split."""

    id: PreProcessing | str
    enabled: bool


class Segmentation(Model):
    """Where a text is cut. A server tells the separator under the name it was given, or under its own; `cut_at` knows both."""

    separator: str | None = None
    delimiter: str | None = None
    max_tokens: int | None = None
    chunk_overlap: int | None = None

    @property
    def cut_at(self) -> str | None:
        """The separator."""
        return self.separator if self.separator is not None else self.delimiter


class Rules(Model):
    """The rules a document is split by."""

    pre_processing_rules: list[PreProcessingRule] | None = None
    segmentation: Segmentation | None = None
    parent_mode: ParentMode | str | None = None
    subchunk_segmentation: Segmentation | None = None


class ProcessRule(Model):
    """How a document is split."""

    mode: SplittingMode | str | None = None
    rules: Rules | None = None


class StoredProcessRule(ProcessRule):
    """A process rule as the server keeps it."""

    id: str | None = None
    dataset_id: str | None = None

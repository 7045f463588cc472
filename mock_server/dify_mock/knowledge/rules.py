"""Process rules: what a caller may ask for, and how it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast

from .state import Dataset, ProcessRule

if TYPE_CHECKING:
    from ..ids import Ids

AUTOMATIC: Final[dict[str, Any]] = {
    "pre_processing_rules": [{"id": "remove_extra_spaces", "enabled": True}, {"id": "remove_urls_emails", "enabled": False}],
    "segmentation": {"delimiter": "\n", "max_tokens": 500, "chunk_overlap": 50},
}
DEFAULT: Final[dict[str, Any]] = {
    "pre_processing_rules": AUTOMATIC["pre_processing_rules"],
    "segmentation": {"delimiter": "\n", "max_tokens": 1024, "chunk_overlap": 50},
}
_MODES: Final = ("automatic", "custom", "hierarchical")


class RuleError(ValueError):
    """A process rule contradicts itself."""


class Segmentation(NamedTuple):
    """Where to cut, how long pieces may be, and how much of a piece comes again in the next; in characters, in spite of the name."""

    separator: str
    max_tokens: int
    chunk_overlap: int

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Segmentation:
        """As rules keep it: the separator has two names."""
        separator = told.get("separator") or told.get("delimiter") or "\n"
        return cls(str(separator), int(told.get("max_tokens") or 0), int(told.get("chunk_overlap") or 0))


def kept(ids: Ids, dataset: Dataset, told: Mapping[str, Any]) -> ProcessRule:
    """A checked rule as the dataset's latest."""
    mode = told["mode"]
    made = ProcessRule(ids.uuid(), mode, AUTOMATIC if mode == "automatic" else _completed(told["rules"], mode))
    dataset.rules.append(made)
    return made


def check(told: Mapping[str, Any]) -> None:
    """Refuse a rule that contradicts itself."""
    mode = told.get("mode")
    _needed(mode, "mode")
    if mode not in _MODES:
        raise RuleError("Process rule mode is invalid")
    if mode == "automatic":
        return
    rules: Mapping[str, Any] = told.get("rules") or {}
    _needed(rules, "rules")
    _needed(rules.get("pre_processing_rules") is not None, "pre_processing_rules")
    for one in rules["pre_processing_rules"]:
        _needed(one.get("id"), "pre_processing_rules id")
        if not isinstance(one.get("enabled"), bool):
            raise RuleError("Process rule pre_processing_rules enabled is invalid")
    segmentation = cast("Mapping[str, Any]", rules.get("segmentation") or {})
    _needed(segmentation, "segmentation")
    separator = segmentation.get("separator", segmentation.get("delimiter", "\n"))
    _needed(separator, "segmentation separator")
    if mode == "hierarchical" and rules.get("parent_mode") == "full-doc":
        return
    _needed(segmentation.get("max_tokens"), "segmentation max_tokens")


def _needed(value: Any, name: str) -> None:
    if not value:
        raise RuleError(f"Process rule {name} is required")


def _completed(rules: Mapping[str, Any], mode: str) -> dict[str, Any]:
    """The rules with every part: of two for the same thing the last counts."""
    cleaning = {one["id"]: {"id": one["id"], "enabled": one["enabled"]} for one in rules["pre_processing_rules"]}
    return {
        "pre_processing_rules": list(cleaning.values()),
        "segmentation": _segmentation(rules["segmentation"]),
        "parent_mode": rules.get("parent_mode") or ("paragraph" if mode == "hierarchical" else None),
        "subchunk_segmentation": _segmentation(rules["subchunk_segmentation"]) if rules.get("subchunk_segmentation") else None,
    }


def _segmentation(told: Mapping[str, Any]) -> dict[str, Any]:
    separator = told.get("separator", told.get("delimiter", "\n"))
    return {"separator": separator, "max_tokens": told.get("max_tokens", 0), "chunk_overlap": told.get("chunk_overlap", 0)}

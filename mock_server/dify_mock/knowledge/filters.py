"""Conditions on metadata: which documents a search may look into."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..workflow.conditions import compare
from .state import Document


def fits(document: Document, told: Mapping[str, Any]) -> bool:
    """Whether a document meets the conditions, all of them or any."""
    metadata = document.metadata or {}
    conditions: list[Mapping[str, Any]] = told.get("conditions") or []
    results = [_holds(metadata, one) for one in conditions if _matters(one)]
    if not results:
        return True
    return any(results) if told.get("logical_operator") == "or" else all(results)


def _matters(condition: Mapping[str, Any]) -> bool:
    """A condition without a value is none."""
    return condition.get("value") is not None or condition["comparison_operator"] in {"empty", "not empty"}


def _holds(metadata: Mapping[str, Any], condition: Mapping[str, Any]) -> bool:
    """What a document does not say meets nothing."""
    operator, value, actual = condition["comparison_operator"], condition.get("value"), metadata.get(condition["name"])
    if operator == "empty":
        return actual is None
    if actual is None:
        return False
    if operator in {"in", "not in"} and isinstance(value, str):
        value = [one.strip() for one in value.split(",")]
    return operator == "not empty" or compare(actual, operator, value)

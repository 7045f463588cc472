"""Conditions: the comparisons of branches, loops and lists."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from .pool import Pool
from .templates import render
from .values import as_list, attribute

_NAMES: Final = {">=": "≥", "<=": "≤", "!=": "≠", "==": "=", "before": "<", "after": ">"}


class ConditionError(Exception):
    """A comparison that cannot be made."""


def holds(condition: Mapping[str, Any], pool: Pool) -> tuple[dict[str, Any], bool]:
    """What is compared, and whether it is so."""
    found, actual = pool.find(condition["variable_selector"])
    operator = condition["comparison_operator"]
    expected = condition.get("value")
    if isinstance(expected, str):
        expected = render(expected, pool)
    told = {"actual_value": actual, "expected_value": expected, "comparison_operator": operator}
    sub: Mapping[str, Any] | None = condition.get("sub_variable_condition")
    if sub and sub.get("conditions"):
        return told, _sub(actual, operator, sub)
    if operator in {"exists", "not exists"}:
        return told, (found and actual is not None) == (operator == "exists")
    return told, compare(actual, operator, expected)


def all_or_any(conditions: Sequence[Mapping[str, Any]], operator: str, pool: Pool) -> tuple[list[dict[str, Any]], list[bool], bool]:
    """What is compared, the single results, and the whole one; what does not matter any more is not looked at."""
    told: list[dict[str, Any]] = []
    results: list[bool] = []
    for condition in conditions:
        one, result = holds(condition, pool)
        told.append(one)
        results.append(result)
        if result != (operator == "and"):
            break
    final = all(results) if operator == "and" else any(results)
    return told, results, final


def compare(actual: Any, operator: str, expected: Any) -> bool:
    """One comparison by its operator's name."""
    name = _NAMES.get(operator, operator)
    if name not in _OPERATORS:
        raise ConditionError(f"Unsupported operator: {operator}")
    return _OPERATORS[name](actual, expected)


def _sub(value: Any, operator: str, sub: Mapping[str, Any]) -> bool:
    """A condition on each file of a list."""

    def fits(item: Any) -> bool:
        results = [compare(attribute(item, one["key"])[1], one["comparison_operator"], one.get("value")) for one in sub["conditions"]]
        return all(results) if sub.get("logical_operator") == "and" else any(results)

    fitting: list[bool] = [fits(item) for item in as_list(value) or []]
    if operator == "not contains":
        return not any(fitting)
    return all(fitting) if operator == "all of" else any(fitting)


def _contains(actual: Any, expected: Any) -> bool:
    if not actual:
        return False
    items = as_list(actual)
    if items is not None:
        return expected in items or any(str(one) == str(expected) for one in items)
    return str(expected) in str(actual)


def _is(actual: Any, expected: Any) -> bool:
    if isinstance(actual, bool):
        return actual == (expected if isinstance(expected, bool) else str(expected).lower() in {"true", "1"})
    return actual is not None and str(actual) == str(expected)


def _in(actual: Any, expected: Any) -> bool:
    return bool(actual) and isinstance(expected, (list, str)) and actual in expected


def _all_of(actual: Any, expected: Any) -> bool:
    return bool(actual) and all(one in actual for one in as_list(expected) or [])


def _ordered(order: Callable[[float, float], bool]) -> Callable[[Any, Any], bool]:
    def compared(actual: Any, expected: Any) -> bool:
        if actual is None:
            return False
        if isinstance(actual, bool) or not isinstance(actual, (int, float)):
            raise ConditionError("Invalid actual value type: number")
        try:
            return order(float(actual), float(expected))
        except (TypeError, ValueError):
            raise ConditionError(f"Cannot convert '{expected}' to number") from None

    return compared


_OPERATORS: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    "contains": _contains,
    "not contains": lambda actual, expected: not _contains(actual, expected),
    "start with": lambda actual, expected: bool(actual) and str(actual).startswith(str(expected)),
    "end with": lambda actual, expected: bool(actual) and str(actual).endswith(str(expected)),
    "is": _is,
    "is not": lambda actual, expected: actual is not None and not _is(actual, expected),
    "empty": lambda actual, _: not actual,
    "not empty": lambda actual, _: bool(actual),
    "in": _in,
    "not in": lambda actual, expected: not _in(actual, expected),
    "all of": _all_of,
    "=": _ordered(lambda actual, expected: actual == expected),
    "≠": _ordered(lambda actual, expected: actual != expected),
    ">": _ordered(lambda actual, expected: actual > expected),
    "<": _ordered(lambda actual, expected: actual < expected),
    "≥": _ordered(lambda actual, expected: actual >= expected),
    "≤": _ordered(lambda actual, expected: actual <= expected),
    "null": lambda actual, _: actual is None,
    "not null": lambda actual, _: actual is not None,
    "exists": lambda actual, _: actual is not None,
    "not exists": lambda actual, _: actual is None,
}

"""Lists: filtered, sorted, cut."""

from __future__ import annotations

from typing import Any

from ..conditions import ConditionError, compare
from ..step import NodeError, Outcome, Step
from ..templates import render
from ..values import as_list, attribute, is_file, part


def list_operator(step: Step) -> Outcome:
    """A list by the node's settings, with its first and last item."""
    inputs: dict[str, Any] = {"variable": step.pool.get(step.data["variable"])}
    result = items = as_list(inputs["variable"])
    if result is None:
        raise NodeError(f"Variable not found for selector: {step.data['variable']}", "ValueError", inputs=inputs)
    chosen = _part(step, "filter_by")
    if chosen:
        try:
            result = [one for one in result if all(_fits(step, one, condition) for condition in chosen.get("conditions", []))]
        except ConditionError as error:
            raise NodeError(str(error), "ValueError", inputs=inputs) from error
    if (cut := _part(step, "extract_by")) and result:
        at = int(render(str(cut.get("serial", "1")), step.pool))
        if not 1 <= at <= len(result):
            raise NodeError(f"Invalid serial index: must be between 1 and {len(result)}, got {at}", "ValueError", inputs=inputs)
        result = [result[at - 1]]
    if order := _part(step, "order_by"):
        result = sorted(result, key=lambda one: _key(one, order.get("key", "")), reverse=order.get("value") == "desc")
    if limit := _part(step, "limit"):
        result = result[: int(limit.get("size", len(result)))]
    ends = {"first_record": result[0] if result else None, "last_record": result[-1] if result else None}
    return Outcome({"result": result, **ends}, inputs, {"variable": items})


def _part(step: Step, name: str) -> dict[str, Any]:
    found = part(step.data, name)
    return found if found.get("enabled") else {}


def _key(item: Any, name: str) -> Any:
    return attribute(item, name)[1] if is_file(item) else item


def _fits(step: Step, item: Any, condition: dict[str, Any]) -> bool:
    expected = condition.get("value")
    if isinstance(expected, str):
        expected = render(expected, step.pool)
    return compare(_key(item, condition.get("key", "")), condition["comparison_operator"], expected)

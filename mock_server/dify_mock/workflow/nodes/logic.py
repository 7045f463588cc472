"""Nodes that decide, join, fill in and assign."""

from __future__ import annotations

from typing import Any

from ..conditions import ConditionError, all_or_any
from ..step import NodeError, Outcome, Step
from ..templates import TemplateError, transform
from ..values import part


def if_else(step: Step) -> Outcome:
    """The first case that holds; `false` where none does."""
    data = step.data
    only = {"case_id": "true", "logical_operator": data.get("logical_operator"), "conditions": data.get("conditions")}
    cases: list[dict[str, Any]] = data.get("cases") or [only]
    told: list[dict[str, Any]] = []
    groups: list[dict[str, Any]] = []
    chosen = "false"
    for case in cases:
        operator = case.get("logical_operator") or "and"
        try:
            compared, results, final = all_or_any(case["conditions"], operator, step.pool)
        except ConditionError as error:
            raise NodeError(str(error), "ValueError", inputs={"conditions": told}) from error
        told += compared
        groups.append({"group": _group(case, operator), "results": results, "final_result": final})
        if final:
            chosen = str(case.get("case_id") or case["id"])
            break
    outputs = {"result": chosen != "false", "selected_case_id": chosen}
    return Outcome(outputs, {"conditions": told}, {"condition_results": groups}, handle=chosen)


def _group(case: dict[str, Any], operator: str) -> dict[str, Any]:
    names = ("variable_selector", "comparison_operator", "value", "sub_variable_condition")
    conditions = [{name: condition.get(name) for name in names} for condition in case["conditions"]]
    return {"case_id": case.get("case_id") or case["id"], "logical_operator": operator, "conditions": conditions}


def template_transform(step: Step) -> Outcome:
    """A text with variables put in."""
    values = {one["variable"]: step.pool.get(one["value_selector"]) for one in step.data.get("variables", [])}
    try:
        return Outcome({"output": transform(step.data.get("template", ""), values)}, values)
    except TemplateError as error:
        raise NodeError(str(error), "TemplateRenderError", inputs=values) from error


def variable_aggregator(step: Step) -> Outcome:
    """The first variable that is there: of all, or of each group."""
    settings = part(step.data, "advanced_settings")
    if not settings.get("group_enabled"):
        found = _first(step, step.data.get("variables", []))
        outputs = {"output": found[0][1]} if found else {}
        return Outcome(outputs, {".".join(selector[1:]): value for selector, value in found})
    outputs, inputs = dict[str, Any](), dict[str, Any]()
    for group in settings.get("groups", []):
        for selector, value in _first(step, group["variables"]):
            outputs[group["group_name"]] = {"output": value}
            inputs[".".join(selector[1:])] = value
    return Outcome(outputs, inputs)


def _first(step: Step, selectors: list[list[str]]) -> list[tuple[list[str], Any]]:
    return [(selector, step.pool.get(selector)) for selector in selectors if step.pool.has(selector)][:1]


def assigner(step: Step) -> Outcome:
    """Variables of the conversation, or of a loop, get values."""
    done: dict[str, Any] = {}
    for item in _items(step.data):
        selector = item["variable_selector"]
        if not step.pool.has(selector):
            raise NodeError(f"Variable not found: {'.'.join(selector)}", "VariableNotFoundError")
        value = item.get("value")
        if item.get("input_type") == "variable":
            value = step.pool.get(value or [])
        now = _operated(step.pool.get(selector), item["operation"], value)
        step.engine.assign(selector, now)
        done[selector[1]] = now
    return Outcome({}, {"items": _items(step.data)}, done)


def _items(data: dict[str, Any]) -> list[dict[str, Any]]:
    """The assignments; the first version of the node had one."""
    if "assigned_variable_selector" not in data:
        return list(data.get("items", []))
    only = {
        "variable_selector": data["assigned_variable_selector"],
        "input_type": "variable",
        "operation": data.get("write_mode", "over-write"),
        "value": data.get("input_variable_selector"),
    }
    return [only]


def _operated(before: Any, operation: str, value: Any) -> Any:
    match operation:
        case "over-write" | "set":
            return value
        case "clear":
            cleared: dict[str, Any] = {"str": "", "list": [], "dict": {}, "bool": False}
            return cleared.get(type(before).__name__, 0)
        case "append":
            return [*before, value]
        case "extend":
            return [*before, *value]
        case "remove-first":
            return before[1:]
        case "remove-last":
            return before[:-1]
        case "+=":
            return before + value
        case "-=":
            return before - value
        case "*=":
            return before * value
        case "/=":
            if not value:
                raise NodeError("Invalid input value 0 for operation /=", "InvalidInputValueError")
            return before / value
        case _:
            raise NodeError(f"Operation {operation} is not supported", "OperationNotSupportedError")

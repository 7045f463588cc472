"""Iterations over lists, and loops."""

from __future__ import annotations

import json
from typing import Any, Final

from .conditions import ConditionError, all_or_any
from .step import NodeError, Outcome, Performing, Round, Step
from .usage import price_of
from .values import as_list

_LISTS: Final = frozenset({"array[string]", "array[number]", "array[object]", "array[boolean]", "object", "number", "boolean"})


def iteration(step: Step) -> Performing:
    """The inner graph once for each item of a list."""
    engine, node, data = step.engine, step.node, step.data
    given = step.pool.get(data["iterator_selector"])
    step.execution.inputs = {"iterator_selector": given}
    listed = as_list(given)
    if listed is None:
        raise NodeError(f"Invalid iterator value: {given}, please provide a list.", "InvalidIteratorValueError")
    yield engine.tell.container_started(step.execution, {"iteration_length": len(listed)})
    graph = engine.inside(node)
    before, begun = len(engine.usages), engine.run.seconds
    outputs: list[Any] = []
    durations: dict[str, float] = {}
    failure: NodeError | None = None
    rounds = 0
    for index, item in enumerate(listed):
        rounds += 1
        step.pool.forget(graph.nodes)
        step.pool.put(node.id, {"item": item, "index": index})
        yield engine.tell.container_next(step.execution, index, engine.clock())
        since = engine.run.seconds
        try:
            yield from engine.walk(graph, Round(node, index)).go()
            outputs.append(step.pool.get(data["output_selector"]))
        except NodeError as error:
            match data.get("error_handle_mode", "terminated"):
                case "continue-on-error":
                    outputs.append(None)
                case "remove-abnormal-output":
                    pass
                case _:
                    failure = error
        durations[str(index)] = round(engine.run.seconds - since + 0.0001, 6)
        if failure:
            break
    if data.get("flatten_output", False) and all(as_list(one) is not None for one in outputs):
        outputs = [one for several in outputs for one in several]
    outcome = Outcome(
        {"output": outputs}, step.execution.inputs, {}, {**price_of(engine.usages[before:]), "iteration_duration_map": durations}
    )
    yield from _completed(step, outcome, rounds, begun, failure)
    return outcome


def loop(step: Step) -> Performing:
    """The inner graph again and again: a number of times, or until a condition holds."""
    engine, node, data = step.engine, step.node, step.data
    most = int(data.get("loop_count", 1))
    told: list[dict[str, Any]] = data.get("loop_variables") or []
    variables: dict[str, Any] = {one["label"]: _initial(step, one) for one in told}
    step.pool.put(node.id, variables)
    step.execution.inputs = {"loop_count": most, **variables}
    yield engine.tell.container_started(step.execution, {"loop_length": most})
    graph = engine.inside(node)
    before, begun = len(engine.usages), engine.run.seconds
    durations: dict[str, float] = {}
    seen: dict[str, dict[str, Any]] = {}
    failure: NodeError | None = None
    reason, rounds = "loop_completed", 0
    for index in range(most):
        rounds += 1
        if index:
            yield engine.tell.container_next(step.execution, index, engine.clock())
        step.pool.forget(graph.nodes)
        since = engine.run.seconds
        walk = engine.walk(graph, Round(node, index))
        try:
            yield from walk.go()
        except NodeError as error:
            failure = error
        durations[str(index)] = round(engine.run.seconds - since + 0.0001, 6)
        seen[str(index)] = {name: step.pool.get((node.id, name)) for name in variables}
        if failure:
            break
        if walk.reached_end or _breaks(step):
            reason = "loop_break"
            break
    metadata = {**price_of(engine.usages[before:]), "completed_reason": reason, "loop_duration_map": durations, "loop_variable_map": seen}
    last = {name: step.pool.get((node.id, name)) for name in variables}
    outcome = Outcome({**last, "loop_round": rounds}, step.execution.inputs, {}, metadata)
    yield from _completed(step, outcome, rounds, begun, failure)
    return outcome


def _completed(step: Step, outcome: Outcome, rounds: int, begun: float, failure: NodeError | None) -> Any:
    """The container's own end; a failure inside is one of the container too."""
    status = "failed" if failure else "succeeded"
    step.walk.close(step.execution, outcome, begun=begun, status=status, error=failure.message if failure else None)
    yield step.engine.tell.container_completed(step.execution, rounds)
    if failure:
        raise NodeError(failure.message, failure.kind, inputs=outcome.inputs)


def _initial(step: Step, variable: dict[str, Any]) -> Any:
    if variable.get("value_type") == "variable":
        return step.pool.get(variable["value"])
    value = variable.get("value")
    if isinstance(value, str) and variable.get("var_type") in _LISTS:
        return json.loads(value)
    return value


def _breaks(step: Step) -> bool:
    conditions: list[dict[str, Any]] = step.data.get("break_conditions") or []
    if not conditions:
        return False
    try:
        return all_or_any(conditions, step.data.get("logical_operator", "and"), step.pool)[2]
    except ConditionError as error:
        raise NodeError(str(error), "ValueError") from error

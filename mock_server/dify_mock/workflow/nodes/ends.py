"""Where a run begins and where it ends."""

from __future__ import annotations

from ..step import Outcome, Step
from ..templates import parts, render
from ..values import files_in, markdown


def start(step: Step) -> Outcome:
    """The inputs go into the graph."""
    names = [variable["variable"] for variable in step.data.get("variables", [])]
    values = {name: step.pool.get((step.node.id, name)) for name in names}
    return Outcome(values, dict(values))


def answer(step: Step) -> Outcome:
    """A chatflow says something."""
    template = step.data.get("answer", "")
    values = [step.pool.get(part) for part in parts(template) if not isinstance(part, str)]
    return Outcome({"answer": render(template, step.pool, markdown), "files": files_in(values)})


def end(step: Step) -> Outcome:
    """A workflow gives its outputs."""
    values = {one["variable"]: step.pool.get(one["value_selector"]) for one in step.data.get("outputs", [])}
    return Outcome(values, dict(values))

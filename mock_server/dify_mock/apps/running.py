"""A run of an app of any mode."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..generation import Asked
from ..visit import Visit
from ..workflow import starting
from . import answering, workflows


def events(visit: Visit, asked: Asked) -> Iterator[Any]:
    """What an app of any mode tells while it runs, for the visit's end user."""
    if visit.app.mode == "workflow":
        workflow = starting.version(visit, asked.workflow_id) if asked.workflow_id else starting.published(visit)
        return workflows.events(visit, visit.end_user(asked.user), workflow, asked.inputs, asked.files)
    if visit.app.mode == "completion":
        return answering.completion_events(visit, asked)
    return answering.chat_events(visit, asked)

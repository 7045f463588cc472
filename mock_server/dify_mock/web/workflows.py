"""Handlers: workflows. Pages only stream them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dify_sdk._steps import Pause
from dify_sdk.shared.events import RunEvent, WorkflowEvent
from dify_sdk.shared.files import FileParam
from dify_sdk.shared.results import Result
from dify_sdk.web.workflows import Workflows

from .. import simple
from ..apps import using, workflows
from ..refusals import not_found
from ..registry import WORKFLOW_PAGES, handles
from ..visit import Visit


@handles(Workflows.stream, modes=WORKFLOW_PAGES, payload="WorkflowRunPayload")
def stream(
    visit: Visit,
    *,
    inputs: Mapping[str, Any] = {},  # as declared
    files: Sequence[FileParam] | None = None,
) -> Iterator[WorkflowEvent | Pause]:
    return using.workflow_events(visit, inputs, files)


@handles(Workflows.stop, modes=WORKFLOW_PAGES)
def stop(visit: Visit, task_id: str) -> Result:
    workflows.stop(visit, task_id)
    return Result(result="success")


@handles(Workflows.events)
def events(visit: Visit, workflow_run_id: str) -> Iterator[RunEvent | Pause]:
    found = visit.world.runs.get(workflow_run_id)
    if found is None or (found.app_id, found.end_user_id) != (visit.app.id, visit.end_user().id):
        raise not_found(f"WorkflowRun not found, id={workflow_run_id}")
    asked = {name for name, value in visit.request.pairs if value.lower() == "true"}
    snapshot = "include_state_snapshot" in asked
    return simple.events(workflows.follow(visit, found, snapshot=snapshot, waits=snapshot and "continue_on_pause" in asked))

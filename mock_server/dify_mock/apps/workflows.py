"""How workflows are run, followed and ended."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dify_sdk.shared.runs import WorkflowRun, WorkflowRunData

from ..generation import check_room
from ..refusals import Refusal
from ..state import EndUser, Workflow
from ..visit import Visit
from ..workflow import following, starting
from ..workflow.run import Run
from ..workflow.telling import reasons, refused, waiting_forms


def run(
    visit: Visit, user: EndUser, workflow: Workflow, inputs: Mapping[str, Any], files: Sequence[Mapping[str, Any]] | None
) -> WorkflowRun:
    """A run when it is over, or waits."""
    check_room(visit.world, visit.app)
    taken = starting.given(visit, user, workflow, inputs, files)
    if isinstance(taken, Refusal):
        raise taken
    engine = starting.begin(visit, user, workflow, taken, visit.world.begin(visit.app, user))
    following.launch(engine.run, engine.begin())
    following.finish(visit, engine.run)
    return _told(visit, engine.run)


def events(
    visit: Visit, user: EndUser, workflow: Workflow, inputs: Mapping[str, Any], files: Sequence[Mapping[str, Any]] | None
) -> Iterator[Any]:
    """A run while it goes on."""
    check_room(visit.world, visit.app)
    taken = starting.given(visit, user, workflow, inputs, files)
    if isinstance(taken, Refusal):
        world = visit.world
        return following.refused(refused(world.ids.uuid(), workflow.id, inputs, taken.message, world.clock.seconds()))
    engine = starting.begin(visit, user, workflow, taken, visit.world.begin(visit.app, user))
    following.launch(engine.run, engine.begin())
    return following.begun(visit.world, engine.run)


def follow(visit: Visit, found: Run, *, snapshot: bool, waits: bool) -> Iterator[Any]:
    """A run that goes on already, or is over."""
    following.wake(visit.world, found)
    visit.headers.update({"cache-control": "no-cache", "connection": "keep-alive"})
    return following.followed(visit.world, found, snapshot=snapshot, waits=waits)


def stop(visit: Visit, task_id: str) -> None:
    """End a run of the app, whoever began it; nobody is told whether there is one."""
    task = visit.world.tasks.get(task_id)
    if task is not None and task.app_id == visit.app.id:
        task.stopped = True


def _told(visit: Visit, found: Run) -> WorkflowRun:
    """A run as the blocking call answers it."""
    data: dict[str, Any] = {
        "id": found.id,
        "workflow_id": found.workflow_id,
        "status": found.status,
        "outputs": found.outputs,
        "error": found.error,
        "elapsed_time": found.elapsed_time,
        "total_tokens": found.total_tokens,
        "total_steps": found.total_steps,
        "created_at": found.created_at,
        "finished_at": found.finished_at,
    }
    if found.status == "paused":
        data["elapsed_time"] = round(found.seconds, 6)
        data["paused_nodes"] = [form.node_id for form in waiting_forms(visit.world, found)]
        data["reasons"] = reasons(visit.world, found)
    return WorkflowRun(task_id=found.task_id, workflow_run_id=found.id, data=WorkflowRunData(**data))

"""A pipeline that is only tried: its graph is walked as a workflow's is, and nothing is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dify_sdk.shared.runs import WorkflowRun, WorkflowRunData

from ...knowledge.state import Pipeline
from ...refusals import invalid
from ...state import EndUser, Task, Workflow
from ...visit import Visit
from ...workflow import following
from ...workflow.engine import Engine
from ...workflow.pool import Pool
from ...workflow.run import Run


def begin(visit: Visit, pipeline: Pipeline, start_node_id: str, infos: Sequence[Mapping[str, Any]], inputs: Mapping[str, Any]) -> Run:
    """Begin a run over the first document of a source."""
    if not infos:
        raise invalid("Datasource info list is required")
    world = visit.world
    task = Task(world.ids.uuid(), pipeline.id, world.owner_id)
    user = EndUser(world.owner_id, pipeline.id, "owner", "account")
    world.tasks[task.id], world.end_users[user.id] = task, user
    run = Run(
        world.ids.uuid(),
        pipeline.id,
        pipeline.id,
        "draft",
        user.id,
        task.id,
        dict(inputs),
        world.clock.seconds(),
        base_url=visit.request.base_url,
        began=world.clock.now(),
    )
    world.runs[run.id] = run
    pool = Pool()
    pool.put("sys", {"datasource_info": dict(infos[0]), "workflow_run_id": run.id})
    for variable in pipeline.variables:
        name = variable["variable"]
        pool.put("rag", {variable["belong_to_node_id"]: {name: inputs.get(name)}})
    workflow = Workflow(pipeline.id, "draft", _from(pipeline.graph, start_node_id))
    following.launch(run, Engine(world, workflow, run, pool).begin())
    return run


def told(run: Run) -> WorkflowRun:
    """A run as the blocking call answers it."""
    return WorkflowRun(
        task_id=run.task_id,
        workflow_run_id=run.id,
        data=WorkflowRunData(
            id=run.id,
            workflow_id=run.workflow_id,
            status=run.status,
            outputs=run.outputs,
            error=run.error,
            elapsed_time=run.elapsed_time,
            total_tokens=run.total_tokens,
            total_steps=run.total_steps,
            created_at=run.created_at,
            finished_at=run.finished_at,
        ),
    )


def _from(graph: Mapping[str, Any], start_node_id: str) -> dict[str, Any]:
    """What can be reached from a source: the ways of the others are not there."""
    reached, edges = {start_node_id}, list[Any](graph["edges"])
    while more := {one["target"] for one in edges if one["source"] in reached} - reached:
        reached |= more
    return {
        "nodes": [one for one in graph["nodes"] if one["id"] in reached],
        "edges": [one for one in edges if one["source"] in reached],
    }

"""How a run comes into the world."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..attachments import attachments
from ..inputs import checked_inputs
from ..refusals import Refusal, bad_request, invalid, not_found
from ..routing import UUID
from ..state import DRAFT, Conversation, EndUser, Message, Task, Workflow
from ..visit import Visit
from .engine import Engine
from .files import graph_file, with_files
from .pool import Pool
from .run import Run


@dataclass
class Given:
    """What a run is begun with, checked."""

    inputs: dict[str, Any]
    files: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    at: str | None = None
    """The trigger that it begins at, where it is not the start."""
    triggered_from: str = "app-run"


def published(visit: Visit) -> Workflow:
    """The current version."""
    if visit.app.workflow is None:
        raise invalid("Workflow not published")
    return visit.app.workflow


def version(visit: Visit, workflow_id: str) -> Workflow:
    """A published version by its id."""
    if not UUID.fullmatch(workflow_id):
        raise bad_request(f"Invalid workflow_id format: '{workflow_id}'. ")
    found = visit.app.workflows.get(workflow_id)
    if found is None:
        raise not_found(f"Workflow not found with id: {workflow_id}")
    if found.version == DRAFT:
        raise bad_request(f"Cannot use draft workflow version. Workflow ID: {workflow_id}. Please use a published workflow version.")
    return found


def given(
    visit: Visit, user: EndUser, workflow: Workflow, inputs: Mapping[str, Any], files: Sequence[Mapping[str, Any]] | None
) -> Given | Refusal:
    """The inputs and files of a run, or what is wrong with them: a stream tells it in events of its own."""
    try:
        values = checked_inputs(workflow.start_variables, inputs)
        sent = [graph_file(visit.world, visit.request.base_url, one) for one in attachments(visit, user, files)]
        return Given(with_files(visit, user, workflow.start_variables, values), sent)
    except Refusal as refusal:
        return refusal


def begin(
    visit: Visit,
    user: EndUser,
    workflow: Workflow,
    taken: Given,
    task: Task,
    conversation: Conversation | None = None,
    message: Message | None = None,
) -> Engine:
    """Put a run into the world; nothing has happened in it yet."""
    world, app = visit.world, visit.app
    run = Run(
        world.ids.uuid(),
        app.id,
        workflow.id,
        workflow.version,
        user.id,
        task.id,
        {},
        world.clock.seconds(),
        base_url=visit.request.base_url,
        began=world.clock.now(),
        triggered_from=taken.triggered_from,
    )
    world.runs[run.id] = run
    system: dict[str, Any] = {"files": taken.files, "user_id": user.session_id}
    if message is not None and conversation is not None:
        turns = sum(1 for _ in world.messages_of(conversation.id))
        system = {"query": message.query, **system, "dialogue_count": turns, "app_id": app.id}
        run.message, message.run_id = message, run.id
    else:
        system = {**system, "app_id": app.id, "timestamp": run.created_at}
        run.log_id = None if workflow.version == DRAFT else world.ids.uuid()
    system = {**system, "workflow_id": workflow.id, "workflow_run_id": run.id}
    run.inputs = {**taken.inputs, **{f"sys.{name}": value for name, value in system.items()}}
    pool = Pool()
    pool.put("sys", {**system, **({"conversation_id": conversation.id} if conversation else {})})
    pool.put("env", {one["name"]: one.get("value") for one in workflow.environment_variables})
    if conversation is not None:
        pool.put("conversation", {one.name: one.value for one in conversation.variables.values()})
    for node in workflow.graph["nodes"]:
        if node["id"] == taken.at or (taken.at is None and node["data"]["type"] == "start"):
            pool.put(node["id"], taken.inputs)
    return Engine(world, workflow, run, pool, conversation, taken.at)

"""The events of a run, with the fields that the service tier has in each: live ones, and the shorter ones of a snapshot."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dify_sdk._models import Model
from dify_sdk.shared import events as sdk
from dify_sdk.shared.forms import PauseReason, WaitingForm

from ..state import Form
from ..world import World
from .graph import Node
from .responses import Chunk
from .run import NodeExecution, Run
from .values import files_in


class Teller:
    """Makes the events of one run."""

    def __init__(self, world: World, run: Run) -> None:
        self._world, self._run = world, run

    @property
    def ids(self) -> dict[str, Any]:
        """What events of the answer carry."""
        run = self._run
        if run.message is None:
            return {"workflow_run_id": run.id, "task_id": run.task_id}
        return {
            "conversation_id": run.message.conversation_id,
            "message_id": run.message.id,
            "created_at": run.message.created_at,
            "task_id": run.task_id,
        }

    @property
    def run_ids(self) -> dict[str, Any]:
        """What events of the run carry."""
        return {**self.ids, "workflow_run_id": self._run.id}

    def started(self, reason: str, created_at: int, *, stored: bool = False) -> sdk.WorkflowStartedEvent:
        """The run begins, or goes on; as it was stored, its inputs hold one more."""
        inputs = {name: value for name, value in self._run.inputs.items() if stored or name != "sys.timestamp"}
        data = sdk.WorkflowStartedData(
            id=self._run.id, workflow_id=self._run.workflow_id, inputs=inputs, created_at=created_at, reason=reason
        )
        return sdk.WorkflowStartedEvent(**self.run_ids, data=data)

    def finished(self, created_at: int) -> sdk.WorkflowFinishedEvent:
        """The run is over."""
        return sdk.WorkflowFinishedEvent(**self.run_ids, data=finished_data(self._world, self._run, created_at))

    def ended(self) -> sdk.WorkflowFinishedEvent:
        """The end of a run that was over before anybody came; it names the run as its task."""
        run = self._run
        return sdk.WorkflowFinishedEvent(task_id=run.id, workflow_run_id=run.id, data=finished_data(self._world, run, run.created_at))

    def chunk(self, chunk: Chunk) -> Model:
        """A piece of text, as workflows or as chatflows have it."""
        selector = list(chunk.selector)
        if self._run.message is None:
            return sdk.TextChunkEvent(**self.ids, data=sdk.TextData(text=chunk.text, from_variable_selector=selector))
        return sdk.MessageEvent(**self.ids, id=self._run.message.id, answer=chunk.text, from_variable_selector=selector)

    def reasoning(self, node: Node, text: str, *, final: bool) -> sdk.ReasoningChunkEvent:
        """A piece of thinking."""
        data = sdk.ReasoningData(message_id=self._run.message_id, reasoning=text, node_id=node.id, is_final=final)
        return sdk.ReasoningChunkEvent(**self.ids, data=data)

    def node_started(self, execution: NodeExecution, extras: Mapping[str, Any]) -> sdk.NodeStartedEvent:
        """A node begins."""
        data = sdk.NodeStartedData(
            id=execution.id,
            node_id=execution.node_id,
            node_type=execution.node_type,
            title=execution.title,
            index=1,
            predecessor_node_id=None,
            inputs=None,
            inputs_truncated=False,
            created_at=execution.created_at,
            extras=dict(extras),
            iteration_id=execution.iteration_id,
            loop_id=execution.loop_id,
            agent_strategy=None,
        )
        return sdk.NodeStartedEvent(**self.run_ids, data=data)

    def node_finished(self, execution: NodeExecution) -> sdk.NodeFinishedEvent:
        """A node is done."""
        return sdk.NodeFinishedEvent(**self.run_ids, data=sdk.NodeFinishedData(**_node_end(execution)))

    def node_retry(self, execution: NodeExecution, attempt: int) -> sdk.NodeRetryEvent:
        """A node is tried again."""
        return sdk.NodeRetryEvent(**self.run_ids, data=sdk.NodeRetryData(**_node_end(execution), retry_index=attempt))

    def container_started(self, execution: NodeExecution, metadata: dict[str, Any]) -> Model:
        """An iteration or a loop begins."""
        data = sdk.ContainerStartedData(
            **_container(execution), created_at=execution.created_at, metadata=metadata, inputs=execution.inputs, inputs_truncated=False
        )
        kind = sdk.IterationStartedEvent if execution.node_type == "iteration" else sdk.LoopStartedEvent
        return kind(**self.run_ids, data=data)

    def container_next(self, execution: NodeExecution, index: int, created_at: int) -> Model:
        """Another round begins."""
        common: dict[str, Any] = {**_container(execution), "created_at": created_at, "index": index}
        if execution.node_type == "iteration":
            return sdk.IterationNextEvent(**self.run_ids, data=sdk.ContainerNextData(**common))
        return sdk.LoopNextEvent(**self.run_ids, data=sdk.ContainerNextData(**common, pre_loop_output={}))

    def container_completed(self, execution: NodeExecution, steps: int) -> Model:
        """An iteration or a loop is done."""
        metadata = execution.execution_metadata or {}
        data = sdk.ContainerCompletedData(
            **_container(execution),
            outputs=execution.outputs,
            outputs_truncated=False,
            created_at=execution.finished_at,
            inputs=execution.inputs,
            inputs_truncated=False,
            status=execution.status,
            error=None,
            elapsed_time=execution.elapsed_time,
            total_tokens=metadata.get("total_tokens", 0),
            execution_metadata=metadata,
            finished_at=execution.finished_at,
            steps=steps,
        )
        kind = sdk.IterationCompletedEvent if execution.node_type == "iteration" else sdk.LoopCompletedEvent
        return kind(**self.run_ids, data=data)

    def form_required(self, form: Form) -> sdk.HumanInputRequiredEvent:
        """A form waits."""
        data = WaitingForm(**form_facts(form), approval_channels=form.channels, display_in_ui=form.display_in_ui)
        return sdk.HumanInputRequiredEvent(**self.run_ids, data=data)

    def form_timeout(self, form: Form) -> sdk.HumanInputFormTimeoutEvent:
        """A form's time is over."""
        data = sdk.HumanInputFormTimeoutData(node_id=form.node_id, node_title=form.node_title, expiration_time=form.expires_at)
        return sdk.HumanInputFormTimeoutEvent(**self.run_ids, data=data)

    def paused(self, elapsed_time: float) -> sdk.WorkflowPausedEvent:
        """The run waits."""
        run = self._run
        data = sdk.WorkflowPausedData(
            workflow_run_id=run.id,
            paused_nodes=[form.node_id for form in waiting_forms(self._world, run)],
            outputs={},
            reasons=reasons(self._world, run),
            status="paused",
            created_at=run.created_at,
            elapsed_time=elapsed_time,
            total_tokens=run.total_tokens,
            total_steps=run.total_steps,
        )
        return sdk.WorkflowPausedEvent(**self.run_ids, data=data)

    def snapshot(self) -> list[Model]:
        """What has happened so far, in short."""
        run = self._run
        told: list[Model] = [self.started("initial", run.created_at, stored=True)]
        if run.message is not None:
            told.append(sdk.MessageReplaceEvent(**self.ids, answer=run.message.answer, reason=""))
        for execution in run.executions:
            told.append(sdk.NodeStartedEvent(**self.run_ids, data=sdk.NodeStartedData(**_short_start(execution))))
            if execution.status != "running":
                told.append(sdk.NodeFinishedEvent(**self.run_ids, data=sdk.NodeFinishedData(**_short_end(execution))))
        if run.status == "paused":
            told += [self.form_required(form) for form in waiting_forms(self._world, run)]
            told.append(self.paused(0.0))
        return told


def finished_data(world: World, run: Run, created_at: int) -> sdk.WorkflowFinishedData:
    """A run at its end."""
    user = world.end_users[run.end_user_id]
    account = world.account_of(user)
    return sdk.WorkflowFinishedData(
        id=run.id,
        workflow_id=run.workflow_id,
        status=run.status,
        outputs=run.outputs,
        error=run.error,
        elapsed_time=run.elapsed_time,
        total_tokens=run.total_tokens,
        total_steps=run.total_steps,
        created_by={"id": account.id, "name": account.name, "email": account.email}
        if account
        else {"id": user.id, "user": user.session_id},
        created_at=created_at,
        finished_at=run.finished_at,
        exceptions_count=run.exceptions_count,
        files=files_in(run.outputs),  # type: ignore[arg-type]  # pydantic reads plain objects
    )


def refused(run_id: str, workflow_id: str, inputs: Mapping[str, Any], error: str, now: int) -> list[Model]:
    """What a stream says of a run that never began: it begins and has failed."""
    ids: dict[str, Any] = {"task_id": run_id, "workflow_run_id": run_id}
    begun = sdk.WorkflowStartedData(id=run_id, workflow_id=workflow_id, inputs=dict(inputs), created_at=now, reason="initial")
    over = sdk.WorkflowFinishedData(
        id=run_id,
        workflow_id=workflow_id,
        status="failed",
        outputs=None,
        error=error,
        elapsed_time=0.0,
        total_tokens=0,
        total_steps=0,
        created_by={},
        created_at=now,
        finished_at=now,
        exceptions_count=1,
        files=[],
    )
    return [sdk.WorkflowStartedEvent(**ids, data=begun), sdk.WorkflowFinishedEvent(**ids, data=over)]


def waiting_forms(world: World, run: Run) -> list[Form]:
    """The forms that a paused run waits for."""
    return [world.forms[form_id] for form_id in run.waiting]


def reasons(world: World, run: Run) -> list[PauseReason]:
    """Why a run waits."""
    told = [{"TYPE": "human_input_required", **form_facts(form), "approval_channels": form.channels} for form in waiting_forms(world, run)]
    return [PauseReason.model_validate(one) for one in told]


def form_facts(form: Form) -> dict[str, Any]:
    """What every place tells of a form that waits."""
    return {
        "form_id": form.id,
        "node_id": form.node_id,
        "node_title": form.node_title,
        "form_content": form.content,
        "inputs": form.inputs,
        "actions": form.actions,
        "form_token": form.token or None,
        "resolved_default_values": form.defaults,
        "expiration_time": form.expires_at,
    }


def _container(execution: NodeExecution) -> dict[str, Any]:
    return {
        "id": execution.node_id,
        "node_id": execution.node_id,
        "node_type": execution.node_type,
        "title": execution.title,
        "extras": {},
    }


def _short_start(execution: NodeExecution) -> dict[str, Any]:
    return {
        "id": execution.id,
        "node_id": execution.node_id,
        "node_type": execution.node_type,
        "title": execution.title,
        "index": execution.index,
        "predecessor_node_id": None,
        "inputs": None,
        "created_at": execution.created_at,
        "extras": {},
        "iteration_id": execution.iteration_id,
        "loop_id": execution.loop_id,
    }


def _short_end(execution: NodeExecution) -> dict[str, Any]:
    begun = {name: value for name, value in _short_start(execution).items() if name != "extras"}
    return {
        **begun,
        "process_data": None,
        "outputs": None,
        "status": execution.status,
        "error": None,
        "elapsed_time": execution.elapsed_time,
        "execution_metadata": None,
        "finished_at": execution.finished_at,
        "files": [],
    }


def _node_end(execution: NodeExecution) -> dict[str, Any]:
    return {
        **_short_end(execution),
        "index": 1,
        "inputs": execution.inputs,
        "inputs_truncated": False,
        "process_data": execution.process_data,
        "process_data_truncated": False,
        "outputs": execution.outputs,
        "outputs_truncated": False,
        "error": execution.error,
        "execution_metadata": execution.execution_metadata,
        "files": files_in(execution.outputs),
    }

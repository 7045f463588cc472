"""The events of running chats, completions, agents, chatflows and workflows.

Every field has a default: a server of another version may leave one out, and an event is worth more than a complaint.
"""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

from pydantic import Field

from .._models import Model, UnknownEvent
from .files import AnswerFile, RunFile
from .forms import PauseReason, SubmittedForm, WaitingForm
from .thoughts import AgentThought
from .usage import AnswerMetadata

NodeStatus: TypeAlias = Literal["running", "succeeded", "failed", "exception", "paused", "stopped", "pending", "retry"]
RunStatus: TypeAlias = Literal["scheduled", "running", "succeeded", "failed", "stopped", "partial-succeeded", "paused"]


class Record(Model):
    """What the events of a run carry; which of the ids depends on the app's mode."""

    task_id: str | None = None
    conversation_id: str | None = None
    message_id: str | None = None
    workflow_run_id: str | None = None
    created_at: int | None = None


class MessageEvent(Record):
    """A piece of the answer."""

    event: Literal["message"] = "message"
    id: str | None = None
    answer: str = ""
    from_variable_selector: list[str] | None = None


class AgentMessageEvent(Record):
    """A piece of an agent's answer."""

    event: Literal["agent_message"] = "agent_message"
    id: str | None = None
    answer: str = ""


class AgentThoughtEvent(Record, AgentThought):
    """A step of an agent, begun or filled up: later records with the same id replace earlier ones."""

    event: Literal["agent_thought"] = "agent_thought"


class MessageFileEvent(Record):
    """A file that the answer made.

    A server that has made a file may send the answer's pieces under this name too: then there is an `answer` and no `url`.
    """

    event: Literal["message_file"] = "message_file"
    id: str | None = None
    type: str | None = None
    belongs_to: str | None = None
    url: str | None = Field(default=None, repr=False)
    answer: str | None = None
    from_variable_selector: list[str] | None = None


class MessageReplaceEvent(Record):
    """The answer so far is replaced."""

    event: Literal["message_replace"] = "message_replace"
    answer: str = ""
    reason: str | None = None


class MessageEndEvent(Record):
    """The answer is complete; in a chatflow the run's end still follows, and speech may follow anywhere."""

    event: Literal["message_end"] = "message_end"
    id: str | None = None
    metadata: AnswerMetadata = Field(default_factory=AnswerMetadata)
    files: list[AnswerFile | RunFile] | None = None


class TTSMessageEvent(Record):
    """A piece of speech, base64 of a sound format."""

    event: Literal["tts_message"] = "tts_message"
    audio: str = Field(default="", repr=False)


class TTSMessageEndEvent(Record):
    """The speech is complete."""

    event: Literal["tts_message_end"] = "tts_message_end"
    audio: str = ""


class WorkflowStartedData(Model):
    """The run that begins."""

    id: str = ""
    workflow_id: str = ""
    inputs: dict[str, Any] | None = None
    created_at: int | None = None
    reason: Literal["initial", "resumption"] | str | None = None


class WorkflowStartedEvent(Record):
    """A run begins, or goes on after a pause."""

    event: Literal["workflow_started"] = "workflow_started"
    data: WorkflowStartedData = Field(default_factory=WorkflowStartedData)


class RunState(Model):
    """A run as it stands. `elapsed_time` is in seconds since it began or was resumed."""

    id: str = ""
    workflow_id: str = ""
    status: RunStatus | str = "running"
    outputs: dict[str, Any] | None = None
    error: str | None = None
    elapsed_time: float = 0.0
    total_tokens: int = 0
    total_steps: int = 0
    created_at: int | None = None
    finished_at: int | None = None
    exceptions_count: int | None = None
    files: list[RunFile] | None = None


class WorkflowFinishedData(RunState):
    """The run at its end."""

    created_by: dict[str, Any] | None = None


class WorkflowFinishedEvent(Record):
    """A run is over, well or badly: `data.status` tells."""

    event: Literal["workflow_finished"] = "workflow_finished"
    data: WorkflowFinishedData = Field(default_factory=WorkflowFinishedData)


class WorkflowPausedData(Model):
    """The run as it waits."""

    workflow_run_id: str = ""
    paused_nodes: list[str] = []
    outputs: dict[str, Any] | None = None
    reasons: list[PauseReason] = []
    status: RunStatus | str = "paused"
    created_at: int | None = None
    elapsed_time: float = 0.0
    total_tokens: int = 0
    total_steps: int = 0


class WorkflowPausedEvent(Record):
    """A run waits, for forms or for its schedule."""

    event: Literal["workflow_paused"] = "workflow_paused"
    data: WorkflowPausedData = Field(default_factory=WorkflowPausedData)


class HumanInputRequiredEvent(Record):
    """A form must be filled before the run goes on."""

    event: Literal["human_input_required"] = "human_input_required"
    data: WaitingForm = Field(default_factory=WaitingForm)


class HumanInputFormFilledEvent(Record):
    """A form was filled."""

    event: Literal["human_input_form_filled"] = "human_input_form_filled"
    data: SubmittedForm = Field(default_factory=SubmittedForm)


class HumanInputFormTimeoutData(Model):
    """A form that nobody filled."""

    node_id: str = ""
    node_title: str = ""
    expiration_time: int | None = None


class HumanInputFormTimeoutEvent(Record):
    """A form's time is over; the run takes the branch for that."""

    event: Literal["human_input_form_timeout"] = "human_input_form_timeout"
    data: HumanInputFormTimeoutData = Field(default_factory=HumanInputFormTimeoutData)


class NodeStartedData(Model):
    """A node that begins."""

    id: str = ""
    node_id: str = ""
    node_type: str = ""
    title: str = ""
    index: int | None = None
    predecessor_node_id: str | None = None
    inputs: dict[str, Any] | None = None
    inputs_truncated: bool | None = None
    created_at: int | None = None
    extras: dict[str, Any] | None = None
    iteration_id: str | None = None
    loop_id: str | None = None
    agent_strategy: dict[str, Any] | None = None


class NodeStartedEvent(Record):
    """A node begins."""

    event: Literal["node_started"] = "node_started"
    data: NodeStartedData = Field(default_factory=NodeStartedData)


class NodeFinishedData(Model):
    """A node at its end. `exception` is an error that the workflow took care of."""

    id: str = ""
    node_id: str = ""
    node_type: str = ""
    title: str = ""
    index: int | None = None
    predecessor_node_id: str | None = None
    inputs: dict[str, Any] | None = None
    inputs_truncated: bool | None = None
    process_data: dict[str, Any] | None = None
    process_data_truncated: bool | None = None
    outputs: dict[str, Any] | None = None
    outputs_truncated: bool | None = None
    status: NodeStatus | str = ""
    error: str | None = None
    elapsed_time: float = 0.0
    execution_metadata: dict[str, Any] | None = None
    created_at: int | None = None
    finished_at: int | None = None
    files: list[RunFile] | None = None
    iteration_id: str | None = None
    loop_id: str | None = None


class NodeFinishedEvent(Record):
    """A node is done."""

    event: Literal["node_finished"] = "node_finished"
    data: NodeFinishedData = Field(default_factory=NodeFinishedData)


class NodeRetryData(NodeFinishedData):
    """An attempt that failed; `retry_index` counts from 1."""

    retry_index: int | None = None


class NodeRetryEvent(Record):
    """A node failed and is tried again."""

    event: Literal["node_retry"] = "node_retry"
    data: NodeRetryData = Field(default_factory=NodeRetryData)


class ContainerData(Model):
    """An iteration or a loop; `id` and `node_id` are both its node."""

    id: str = ""
    node_id: str = ""
    node_type: str = ""
    title: str = ""
    created_at: int | None = None
    extras: dict[str, Any] | None = None


class ContainerStartedData(ContainerData):
    """A container that begins."""

    metadata: dict[str, Any] | None = None
    inputs: dict[str, Any] | None = None
    inputs_truncated: bool | None = None


class ContainerNextData(ContainerData):
    """A round that begins; `index` counts from 0."""

    index: int = 0
    pre_loop_output: Any = None


class ContainerCompletedData(ContainerData):
    """A container at its end; `steps` is the number of its rounds."""

    outputs: dict[str, Any] | None = None
    outputs_truncated: bool | None = None
    inputs: dict[str, Any] | None = None
    inputs_truncated: bool | None = None
    status: NodeStatus | str = ""
    error: str | None = None
    elapsed_time: float = 0.0
    total_tokens: int = 0
    execution_metadata: dict[str, Any] | None = None
    finished_at: int | None = None
    steps: int = 0


class IterationStartedEvent(Record):
    """An iteration over a list begins."""

    event: Literal["iteration_started"] = "iteration_started"
    data: ContainerStartedData = Field(default_factory=ContainerStartedData)


class IterationNextEvent(Record):
    """The next item of an iteration."""

    event: Literal["iteration_next"] = "iteration_next"
    data: ContainerNextData = Field(default_factory=ContainerNextData)


class IterationCompletedEvent(Record):
    """An iteration is done."""

    event: Literal["iteration_completed"] = "iteration_completed"
    data: ContainerCompletedData = Field(default_factory=ContainerCompletedData)


class LoopStartedEvent(Record):
    """A loop begins."""

    event: Literal["loop_started"] = "loop_started"
    data: ContainerStartedData = Field(default_factory=ContainerStartedData)


class LoopNextEvent(Record):
    """The next round of a loop."""

    event: Literal["loop_next"] = "loop_next"
    data: ContainerNextData = Field(default_factory=ContainerNextData)


class LoopCompletedEvent(Record):
    """A loop is done."""

    event: Literal["loop_completed"] = "loop_completed"
    data: ContainerCompletedData = Field(default_factory=ContainerCompletedData)


class ParallelBranchData(Model):
    """A branch that runs beside others."""

    parallel_id: str | None = None
    parallel_branch_id: str | None = None
    parent_parallel_id: str | None = None
    parent_parallel_start_node_id: str | None = None
    iteration_id: str | None = None
    loop_id: str | None = None
    created_at: int | None = None
    status: NodeStatus | str | None = None
    error: str | None = None


class ParallelBranchStartedEvent(Record):
    """A parallel branch begins; servers before 1.9 tell."""

    event: Literal["parallel_branch_started"] = "parallel_branch_started"
    data: ParallelBranchData = Field(default_factory=ParallelBranchData)


class ParallelBranchFinishedEvent(Record):
    """A parallel branch is done; servers before 1.9 tell."""

    event: Literal["parallel_branch_finished"] = "parallel_branch_finished"
    data: ParallelBranchData = Field(default_factory=ParallelBranchData)


class TextData(Model):
    """A piece of text and the variable it comes from."""

    text: str = ""
    from_variable_selector: list[str] | None = None


class TextChunkEvent(Record):
    """A piece of a workflow's text output."""

    event: Literal["text_chunk"] = "text_chunk"
    data: TextData = Field(default_factory=TextData)


class TextReplaceEvent(Record):
    """The text output so far is replaced."""

    event: Literal["text_replace"] = "text_replace"
    data: TextData = Field(default_factory=TextData)


class ReasoningData(Model):
    """A piece of a model's thinking."""

    message_id: str | None = None
    reasoning: str = ""
    node_id: str | None = None
    is_final: bool = False


class ReasoningChunkEvent(Record):
    """A piece of a model's thinking; it is not a part of the answer."""

    event: Literal["reasoning_chunk"] = "reasoning_chunk"
    data: ReasoningData = Field(default_factory=ReasoningData)


class AgentLogData(Model):
    """An entry in the log of an agent node: later ones with the same id replace earlier ones."""

    node_execution_id: str = ""
    id: str = ""
    label: str = ""
    parent_id: str | None = None
    error: str | None = None
    status: Literal["start", "success", "error"] | str = ""
    data: dict[str, Any] | None = None
    metadata: dict[str, Any] | None = None
    node_id: str = ""


class AgentLogEvent(Record):
    """An entry in the log of an agent node."""

    event: Literal["agent_log"] = "agent_log"
    data: AgentLogData = Field(default_factory=AgentLogData)


CompletionEvent: TypeAlias = (
    MessageEvent | MessageFileEvent | MessageReplaceEvent | MessageEndEvent | TTSMessageEvent | TTSMessageEndEvent | UnknownEvent
)
WorkflowEvent: TypeAlias = (
    WorkflowStartedEvent
    | WorkflowFinishedEvent
    | WorkflowPausedEvent
    | HumanInputRequiredEvent
    | HumanInputFormFilledEvent
    | HumanInputFormTimeoutEvent
    | NodeStartedEvent
    | NodeFinishedEvent
    | NodeRetryEvent
    | IterationStartedEvent
    | IterationNextEvent
    | IterationCompletedEvent
    | LoopStartedEvent
    | LoopNextEvent
    | LoopCompletedEvent
    | ParallelBranchStartedEvent
    | ParallelBranchFinishedEvent
    | TextChunkEvent
    | TextReplaceEvent
    | ReasoningChunkEvent
    | AgentLogEvent
    | TTSMessageEvent
    | TTSMessageEndEvent
    | UnknownEvent
)
ChatEvent: TypeAlias = CompletionEvent | AgentMessageEvent | AgentThoughtEvent | WorkflowEvent
RunEvent: TypeAlias = ChatEvent

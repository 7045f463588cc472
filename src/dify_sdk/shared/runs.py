"""What runs come to, and how their events are read."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Final, Generic, Literal, TypeAlias, TypeVar, Union

from pydantic import Field

from .._folds import Fold
from .._models import Model, UnknownEvent
from ..errors import WorkflowFailedError
from .events import (
    AgentMessageEvent,
    AgentThoughtEvent,
    ChatEvent,
    CompletionEvent,
    HumanInputRequiredEvent,
    IterationCompletedEvent,
    IterationNextEvent,
    IterationStartedEvent,
    LoopCompletedEvent,
    LoopNextEvent,
    LoopStartedEvent,
    MessageEndEvent,
    MessageEvent,
    MessageFileEvent,
    MessageReplaceEvent,
    NodeFinishedEvent,
    NodeRetryEvent,
    NodeStartedEvent,
    RunEvent,
    RunState,
    RunStatus,
    TextChunkEvent,
    TextReplaceEvent,
    TTSMessageEvent,
    WorkflowEvent,
    WorkflowFinishedEvent,
    WorkflowPausedEvent,
    WorkflowStartedEvent,
)
from .files import AnswerFile, RunFile
from .forms import PauseReason
from .thoughts import AgentThought
from .usage import AnswerMetadata

R = TypeVar("R")
E = TypeVar("E")


class WorkflowRunData(RunState):
    """A run, and what it waits for where it is paused."""

    paused_nodes: list[str] = []
    reasons: list[PauseReason] = []


class WorkflowRun(Model):
    """A run of a workflow, however it ended: `status` tells, `raise_for_status` complains."""

    task_id: str = ""
    workflow_run_id: str = ""
    data: WorkflowRunData = Field(default_factory=WorkflowRunData)
    text: str = ""
    """What was streamed as text; empty after a blocking call."""

    @property
    def status(self) -> RunStatus | str:
        """How the run stands."""
        return self.data.status

    @property
    def outputs(self) -> dict[str, Any]:
        """What the run has given; empty where there is nothing."""
        return self.data.outputs or {}

    @property
    def error(self) -> str | None:
        """Why it failed or was stopped."""
        return self.data.error

    @property
    def forms(self) -> list[PauseReason]:
        """The forms that a paused run waits for."""
        return [reason for reason in self.data.reasons if reason.type_ == "human_input_required"]

    def raise_for_status(self) -> WorkflowRun:
        """Answer the run itself if it succeeded, in part at least, or is paused.

        Raises:
            WorkflowFailedError: It failed or was stopped.
        """
        if self.status in {"failed", "stopped"}:
            msg = f"the run {self.workflow_run_id} {'failed' if self.status == 'failed' else 'was stopped'}: {self.error}"
            raise WorkflowFailedError(msg, run=self)
        return self


class PausedChatData(Model):
    """A chatflow as it waits."""

    id: str = ""
    mode: str = ""
    conversation_id: str = ""
    message_id: str = ""
    workflow_run_id: str = ""
    answer: str = ""
    metadata: AnswerMetadata | None = None
    created_at: int | None = None
    paused_nodes: list[str] = []
    reasons: list[PauseReason] = []
    status: RunStatus | str = "paused"
    elapsed_time: float = 0.0
    total_tokens: int = 0
    total_steps: int = 0


class AnswerReply(Model):
    """A whole answer, and what only a stream tells of how it came about."""

    event: str = "message"
    task_id: str = ""
    id: str = ""
    message_id: str = ""
    mode: str = ""
    answer: str = ""
    metadata: AnswerMetadata = Field(default_factory=AnswerMetadata)
    created_at: int | None = None
    files: list[AnswerFile | RunFile] = []
    """Files of the message; only a stream tells."""
    audio: bytes = Field(default=b"", repr=False)
    """The answer as speech, where the app speaks by itself; only a stream tells."""


class CompletionReply(AnswerReply):
    """A whole completion."""


class ChatReply(AnswerReply):
    """A whole answer of a chat, an agent or a chatflow; where a chatflow waits for a form, `data` says for what."""

    conversation_id: str = ""
    workflow_run_id: str | None = None
    data: PausedChatData | None = None
    thoughts: list[AgentThought] = []
    """The steps of an agent, in order; only a stream tells."""
    made_files: list[MessageFileEvent] = []
    """Files that the answer made on the way; only a stream tells."""
    run: WorkflowRun | None = None
    """The run behind a chatflow's answer; only a stream tells."""

    @property
    def paused(self) -> bool:
        """Whether the chatflow waits for a form."""
        return self.event == "workflow_paused"

    @property
    def forms(self) -> list[PauseReason]:
        """The forms that a paused chatflow waits for."""
        return [reason for reason in self.data.reasons if reason.type_ == "human_input_required"] if self.data else []

    def raise_for_status(self) -> ChatReply:
        """Answer the reply itself unless the run behind it is known to have ended badly.

        Raises:
            WorkflowFailedError: The chatflow failed or was stopped.
        """
        if self.run is not None:
            self.run.raise_for_status()
        return self


class _Text:
    """A text that grows by pieces and may be replaced. Kept as UTF-8: a million pieces as objects would take many times the room."""

    def __init__(self) -> None:
        self._utf8 = bytearray()

    def add(self, piece: str) -> str:
        self._utf8 += piece.encode()
        return piece

    def replace(self, text: str) -> str:
        """Answers what is new, where the text only goes on from what there was."""
        before = str(self)
        self._utf8 = bytearray(text, "utf-8")
        return text[len(before) :] if text.startswith(before) else ""

    def __str__(self) -> str:
        return self._utf8.decode()


class _Answer(Fold[E, R], Generic[E, R]):
    """What the folds of answers share."""

    def __init__(self) -> None:
        self._words = _Text()
        self._sound: list[str] = []
        self._end: MessageEndEvent | None = None
        self._created_at: int | None = None
        self._mode: Literal["chat", "completion", "agent-chat", "advanced-chat"] | str = ""
        self._reply: R | None = None

    def note_ids(self, event: Any) -> bool:
        self._created_at = self._created_at or getattr(event, "created_at", None)
        return super().note_ids(event)

    def whole(self, reply: R) -> str:
        self._reply = reply
        return str(getattr(reply, "answer", ""))

    def _take_answer(self, event: ChatEvent) -> str:
        match event:
            case MessageEvent():
                return self._words.add(event.answer)
            case MessageFileEvent(answer=str()):
                return self._words.add(event.answer or "")
            case MessageReplaceEvent():
                return self._words.replace(event.answer)
            case MessageEndEvent():
                self._end = event
            case TTSMessageEvent():
                self._sound.append(event.audio)
            case _:
                pass
        return ""

    def _fields(self) -> dict[str, Any]:
        end = self._end
        return {
            "task_id": self.task_id or "",
            "id": self.message_id or "",
            "message_id": self.message_id or "",
            "mode": self._mode,
            "answer": str(self._words),
            "metadata": end.metadata if end else AnswerMetadata(),
            "created_at": end.created_at if end else self._created_at,
            "files": (end.files if end else None) or [],
            "audio": b"".join(_sound(piece) for piece in self._sound),
        }


class CompletionRun(_Answer[CompletionEvent, CompletionReply]):
    """From the events of a completion to its reply."""

    def __init__(self) -> None:
        super().__init__()
        self._mode = "completion"

    def feed(self, event: CompletionEvent) -> str:
        self.done = self.done or event.event == "message_end"  # the name tells, also where the rest could not be read
        return self._take_answer(event)

    def result(self) -> CompletionReply:
        return self._reply or CompletionReply(**self._fields())


class _Progress:
    """The run of a workflow, read from its events. Taking an event in twice does no harm."""

    def __init__(self) -> None:
        self.text = _Text()
        self._run = WorkflowRunData()
        self._seen: set[tuple[object, ...]] = set()

    @property
    def begun(self) -> bool:
        return bool(self._run.id)

    def knows(self, event: Any) -> bool:
        key = _key(event)
        return key is not None and key in self._seen

    def feed(self, event: Any, *, over: bool) -> bool:
        """Answers whether the run is at its end, or waits; `over` says whether it was before."""
        if key := _key(event):
            self._seen.add(key)
        match event:
            case WorkflowStartedEvent(data=data):
                self._run = WorkflowRunData(id=data.id, workflow_id=data.workflow_id, created_at=self._run.created_at or data.created_at)
            case WorkflowPausedEvent(data=data):
                same = data.model_dump(exclude={"workflow_run_id", "reasons"}, exclude_unset=True)
                self._run = WorkflowRunData(id=self._run.id or data.workflow_run_id, workflow_id=self._run.workflow_id, **same)
                self._run.reasons = data.reasons
            case WorkflowFinishedEvent(data=data):
                same = data.model_dump(exclude={"created_by", "files"}, exclude_unset=True)
                self._run = WorkflowRunData(**same)
                self._run.files = data.files
            case _:
                pass
        match event.event:  # the name tells, also where the rest could not be read
            case "workflow_started":
                return False
            case "workflow_paused" | "workflow_finished":
                return True
            case _:
                return over

    def run(self, fold: Fold[Any, Any]) -> WorkflowRun:
        return WorkflowRun(task_id=fold.task_id or "", workflow_run_id=fold.workflow_run_id or "", data=self._run, text=str(self.text))


class ChatRun(_Answer[ChatEvent, ChatReply]):
    """From the events of a chat, an agent or a chatflow to its reply."""

    resume_query: ClassVar[dict[str, Any]] = {"include_state_snapshot": True}

    def __init__(self) -> None:
        super().__init__()
        self._mode = "chat"
        self._told_by_agent = False
        self._thoughts: dict[str, AgentThoughtEvent] = {}
        self._made: list[MessageFileEvent] = []
        self._progress = _Progress()

    def knows(self, event: ChatEvent) -> bool:
        return self._progress.knows(event)

    def feed(self, event: ChatEvent) -> str:
        match event:
            case MessageEvent():
                if self._told_by_agent:
                    return self._words.replace(event.answer)  # a new agent repeats its whole answer at the end
                return self._words.add(event.answer)
            case AgentMessageEvent():
                self._mode, self._told_by_agent = "agent-chat", True
                return self._words.add(event.answer)
            case AgentThoughtEvent():
                self._mode = "agent-chat"
                self._thoughts[event.id] = event
            case MessageFileEvent(answer=None):
                self._made.append(event)
            case MessageEndEvent() | UnknownEvent(event="message_end"):
                self._take_answer(event)
                self.done = self.done or not self._progress.begun  # in a chatflow the run's end still follows
            case WorkflowStartedEvent() | WorkflowPausedEvent() | WorkflowFinishedEvent():
                self._mode = "advanced-chat"
                if self._end is None or self._progress.begun:  # else it was answered without a run: servers then make up a failed one
                    self.done = self._progress.feed(event, over=self.done)
            case NodeStartedEvent() | NodeFinishedEvent() | NodeRetryEvent() | HumanInputRequiredEvent() | UnknownEvent():
                self.done = self._progress.feed(event, over=self.done)
            case IterationStartedEvent() | IterationNextEvent() | IterationCompletedEvent():
                self.done = self._progress.feed(event, over=self.done)
            case LoopStartedEvent() | LoopNextEvent() | LoopCompletedEvent():
                self.done = self._progress.feed(event, over=self.done)
            case _:
                return self._take_answer(event)
        return ""

    def result(self) -> ChatReply:
        if self._reply is not None:
            return self._reply
        fields = self._fields()
        run = self._progress.run(self) if self._progress.begun else None
        if run and not fields["answer"] and isinstance(answer := run.outputs.get("answer"), str):
            fields["answer"] = answer
        reply = ChatReply(
            **fields,
            conversation_id=self.conversation_id or "",
            workflow_run_id=self.workflow_run_id,
            thoughts=[AgentThought(**_own(one)) for one in sorted(self._thoughts.values(), key=lambda one: one.position)],
            made_files=self._made,
            run=run,
        )
        if run and run.status == "paused":
            reply.event, reply.data = "workflow_paused", self._paused(reply, run)
        return reply

    def _paused(self, reply: ChatReply, run: WorkflowRun) -> PausedChatData:
        data = run.data
        return PausedChatData(
            id=reply.message_id,
            mode=reply.mode,
            conversation_id=reply.conversation_id,
            message_id=reply.message_id,
            workflow_run_id=run.workflow_run_id,
            answer=reply.answer,
            metadata=reply.metadata,
            created_at=reply.created_at,
            paused_nodes=data.paused_nodes,
            reasons=data.reasons,
            elapsed_time=data.elapsed_time,
            total_tokens=data.total_tokens,
            total_steps=data.total_steps,
        )


class _WorkflowFold(Fold[E, WorkflowRun], Generic[E]):
    resume_query: ClassVar[dict[str, Any]] = {"include_state_snapshot": True}

    def __init__(self) -> None:
        self._progress = _Progress()
        self._reply: WorkflowRun | None = None

    def whole(self, reply: WorkflowRun) -> str:
        self._reply = reply
        return ""

    def knows(self, event: E) -> bool:
        return self._progress.knows(event)

    def feed(self, event: E) -> str:
        match event:
            case TextChunkEvent(data=data):
                return self._progress.text.add(data.text)
            case TextReplaceEvent(data=data):
                return self._progress.text.replace(data.text)
            case MessageEvent(answer=answer):
                return self._progress.text.add(answer)
            case MessageReplaceEvent(answer=answer):
                return self._progress.text.replace(answer)
            case _:
                self.done = self._progress.feed(event, over=self.done)
        return ""

    def result(self) -> WorkflowRun:
        return self._reply or self._progress.run(self)


class WorkflowRunning(_WorkflowFold[WorkflowEvent]):
    """From the events of a workflow to its run."""


class RunFollowing(_WorkflowFold[RunEvent]):
    """From the events of a run that is followed from outside, of a workflow or a chatflow, to the run."""


AppOutcome: TypeAlias = Union[ChatReply, CompletionReply, WorkflowRun]


class AppRunning(Fold[ChatEvent, AppOutcome]):
    """From the events of an app of any mode to what its mode comes to; the first event tells the mode."""

    resume_query: ClassVar[dict[str, Any]] = {"include_state_snapshot": True}

    def __init__(self) -> None:
        self._fold: Fold[Any, Any] | None = None

    def feed(self, event: ChatEvent) -> str:
        fold = self._fold = self._fold or _fold_for(event)
        fold.note_ids(event)
        text: str = fold.feed(event)
        self.done = fold.done
        return text

    def knows(self, event: ChatEvent) -> bool:
        return self._fold is not None and self._fold.knows(event)

    def result(self) -> AppOutcome:
        found: AppOutcome = (self._fold or ChatRun()).result()
        return found

    def whole(self, reply: AppOutcome) -> str:
        self._fold = _FOLDS[type(reply)]()
        return self._fold.whole(reply)


_FOLDS: Final[Mapping[type[Any], Callable[[], Fold[Any, Any]]]] = {
    ChatReply: ChatRun,
    CompletionReply: CompletionRun,
    WorkflowRun: WorkflowRunning,
}


def _fold_for(event: ChatEvent) -> Fold[Any, Any]:
    if getattr(event, "conversation_id", None):
        return ChatRun()
    return WorkflowRunning() if isinstance(event, (WorkflowStartedEvent, WorkflowFinishedEvent)) else CompletionRun()


def _key(event: Any) -> tuple[object, ...] | None:
    """What makes an event the same as one told before; None for those that a server never tells twice."""
    match event:
        case NodeStartedEvent(data=data):
            return event.event, data.id
        case NodeFinishedEvent(data=data):
            return event.event, data.id, data.status
        case NodeRetryEvent(data=data):
            return event.event, data.id, data.retry_index
        case WorkflowStartedEvent(data=data):
            return event.event, data.id, data.reason or "initial", data.created_at if data.reason == "resumption" else None
        case HumanInputRequiredEvent(data=data):
            return event.event, data.form_id
        case WorkflowPausedEvent(data=data):
            return event.event, *(reason.form_id for reason in data.reasons)
        case IterationNextEvent(data=data) | LoopNextEvent(data=data):
            return event.event, data.id, data.index
        case IterationStartedEvent() | IterationCompletedEvent() | LoopStartedEvent() | LoopCompletedEvent():
            return event.event, event.data.id
        case _:
            return None


def _own(thought: AgentThoughtEvent) -> dict[str, Any]:
    return thought.model_dump(include=set(AgentThought.model_fields), exclude_unset=True)


def _sound(piece: str) -> bytes:
    try:
        return base64.b64decode(piece)
    except ValueError:  # a server that sends something else: the events still have it
        return b""

"""Runs of workflows and chatflows, as the world keeps them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from dify_sdk._models import Model
from dify_sdk._steps import Pause

if TYPE_CHECKING:
    from ..state import Message

Status: TypeAlias = Literal["running", "succeeded", "failed", "stopped", "partial-succeeded", "paused"]
Pieces: TypeAlias = Iterator[Model | Pause]


@dataclass
class NodeExecution:
    """A node's turn in a run."""

    id: str
    node_id: str
    node_type: str
    title: str
    index: int
    created_at: int
    status: str = "running"
    inputs: dict[str, Any] | None = None
    process_data: dict[str, Any] | None = None
    outputs: dict[str, Any] | None = None
    error: str | None = None
    elapsed_time: float = 0.0
    execution_metadata: dict[str, Any] | None = None
    finished_at: int | None = None
    iteration_id: str | None = None
    loop_id: str | None = None


@dataclass
class Run:
    """A run.

    `source` tells what comes next when it is pulled; it stays with the run when a reader hangs up. `resume` makes the source
    of what follows a pause. `told` is what was told so far, for readers that come late or come beside others.
    """

    id: str
    app_id: str
    workflow_id: str
    version: str
    end_user_id: str
    task_id: str
    inputs: dict[str, Any]
    created_at: int
    triggered_from: str = "app-run"
    status: Status = "running"
    outputs: dict[str, Any] | None = None
    error: str | None = None
    elapsed_time: float = 0.0
    total_tokens: int = 0
    total_steps: int = 0
    exceptions_count: int = 0
    finished_at: int | None = None
    message: Message | None = None
    executions: list[NodeExecution] = field(default_factory=list[NodeExecution])
    log_id: str | None = None
    base_url: str = ""
    began: float = 0.0
    seconds: float = 0.0
    paused_at: float = 0.0
    waiting: list[str] = field(default_factory=list[str])
    told: list[Model] = field(default_factory=list[Model], repr=False)
    source: Pieces | None = field(default=None, repr=False)
    resume: Callable[[], Pieces] | None = field(default=None, repr=False)
    readers: int = 0

    @property
    def message_id(self) -> str | None:
        """The message of a chatflow that it writes."""
        return self.message.id if self.message else None

    @property
    def conversation_id(self) -> str | None:
        """The conversation of that message."""
        return self.message.conversation_id if self.message else None

    @property
    def is_over(self) -> bool:
        """Whether it has come to its end."""
        return self.finished_at is not None

    @property
    def now(self) -> float:
        """The moment that the run has come to; the world's clock may be behind it, or ahead."""
        return self.began + self.seconds

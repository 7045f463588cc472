"""Runs of workflows and chatflows, as the world keeps them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

Status: TypeAlias = Literal["running", "succeeded", "failed", "stopped", "partial-succeeded", "paused"]


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
    """A run."""

    id: str
    app_id: str
    workflow_id: str
    version: str
    end_user_id: str
    task_id: str
    inputs: dict[str, Any]
    created_at: int
    status: Status = "running"
    outputs: dict[str, Any] | None = None
    error: str | None = None
    elapsed_time: float = 0.0
    total_tokens: int = 0
    total_steps: int = 0
    exceptions_count: int = 0
    finished_at: int | None = None
    created_from: str = "service-api"
    conversation_id: str | None = None
    message_id: str | None = None
    executions: list[NodeExecution] = field(default_factory=list[NodeExecution])

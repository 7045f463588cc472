"""What the console tells of runs in its lists."""

from __future__ import annotations

from typing import Literal, TypeAlias

from ..._models import Model
from ...shared.accounts import AccountSummary
from ...shared.events import RunStatus

RunFilter: TypeAlias = Literal["running", "succeeded", "failed", "stopped", "partial-succeeded"]
TriggeredFrom: TypeAlias = Literal["debugging", "app-run"]


class RunSummary(Model):
    """A run. Where it was begun for an end user, there is no account."""

    id: str
    version: str | None = None
    status: RunStatus | str | None = None
    elapsed_time: float | None = None
    total_tokens: int | None = None
    total_steps: int | None = None
    created_by_account: AccountSummary | None = None
    created_at: int | None = None
    finished_at: int | None = None
    exceptions_count: int | None = None
    retry_index: int | None = None


class RunCount(Model):
    """How many runs there are, and how many of them ended in each way."""

    total: int
    running: int = 0
    succeeded: int = 0
    failed: int = 0
    stopped: int = 0
    partial_succeeded: int = 0

"""The runs of an app, as lists of the console tell them."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any, Final

from dify_sdk.console.apps.runs import RunCount, RunFilter, TriggeredFrom

from ...paging import Slice, after
from ...refusals import unprocessable
from ...visit import Visit
from ...workflow.following import look
from ...workflow.run import Run
from .authors import author

_SECONDS: Final = {"d": 86400, "h": 3600, "m": 60, "s": 1}
_RANGE: Final = re.compile(r"(\d+)([dhms])")


def page(visit: Visit, last_id: str | None, limit: int, status: RunFilter | None, triggered_from: TriggeredFrom | None) -> Slice[Run]:
    """A page of them, newest first."""
    return after(_of(visit, status, triggered_from), last_id, limit, missing="Last workflow run not exists")


def count(visit: Visit, status: RunFilter | None, time_range: str | None, triggered_from: TriggeredFrom | None) -> RunCount:
    """How many there are, and how they ended."""
    since = visit.world.clock.now() - _seconds(time_range) if time_range is not None else 0.0
    found = Counter(one.status for one in _of(visit, status, triggered_from) if one.created_at >= since)
    return RunCount(
        total=found.total(),
        running=found["running"],
        succeeded=found["succeeded"],
        failed=found["failed"],
        stopped=found["stopped"],
        partial_succeeded=found["partial-succeeded"],
    )


def facts(visit: Visit, run: Run) -> dict[str, Any]:
    """A run as a list has it."""
    user = visit.world.end_users.get(run.end_user_id)
    return {
        "id": run.id,
        "version": run.version,
        "status": run.status,
        "elapsed_time": run.elapsed_time,
        "total_tokens": run.total_tokens,
        "total_steps": run.total_steps,
        "created_by_account": author(visit.world, user.account_id if user else None),
        "created_at": run.created_at,
        "finished_at": run.finished_at,
        "exceptions_count": run.exceptions_count,
        "retry_index": None,
    }


def _of(visit: Visit, status: RunFilter | None, triggered_from: TriggeredFrom | None) -> list[Run]:
    wanted = triggered_from or "debugging"
    mine = [one for one in visit.world.runs.values() if (one.app_id, one.triggered_from) == (visit.app.id, wanted)]
    for one in mine:
        look(visit, one)  # they go on by being looked at
    return [one for one in reversed(mine) if status in {None, one.status}]


def _seconds(time_range: str) -> int:
    told = _RANGE.fullmatch(time_range)
    if told is None:
        raise unprocessable(f"Invalid time duration format: {time_range}. Use format like 7d, 4h, 30m, 30s", time_range, "time_range")
    return int(told[1]) * _SECONDS[told[2]]

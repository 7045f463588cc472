"""Handlers: what has run of a chatflow."""

from __future__ import annotations

from dify_sdk._models import Listing
from dify_sdk.console.apps.chatflows import ChatflowRun, ChatflowRuns, RunCount, RunFilter, TriggeredFrom

from ...registry import OfModes, handles
from ...visit import Visit
from ...workflow.run import Run
from . import runs

_CHATFLOWS = OfModes(frozenset({"advanced-chat"}))


@handles(ChatflowRuns.list, modes=_CHATFLOWS, payload="WorkflowRunListQuery", decorated=True)
def list_runs(
    visit: Visit,
    app_id: str,
    *,
    last_id: str | None = None,
    limit: int = 20,
    status: RunFilter | None = None,
    triggered_from: TriggeredFrom | None = None,
) -> Listing[ChatflowRun]:
    cut = runs.page(visit, last_id, limit, status, triggered_from)
    return cut.listing([_told(visit, one) for one in cut.rows], has_more=cut.has_next, limit=limit)


@handles(ChatflowRuns.count, modes=_CHATFLOWS, payload="WorkflowRunCountQuery", decorated=True)
def count(
    visit: Visit,
    app_id: str,
    *,
    status: RunFilter | None = None,
    time_range: str | None = None,
    triggered_from: TriggeredFrom | None = None,
) -> RunCount:
    return runs.count(visit, status, time_range, triggered_from)


def _told(visit: Visit, run: Run) -> ChatflowRun:
    """A run, and its message as long as there is one."""
    written = visit.world.messages.get(run.message_id or "")
    return ChatflowRun(
        **runs.facts(visit, run),
        conversation_id=written.conversation_id if written else None,
        message_id=written.id if written else None,
    )

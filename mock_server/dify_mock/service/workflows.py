"""Handlers: workflows, their runs and logs."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dify_sdk._models import Listing
from dify_sdk._steps import Pause
from dify_sdk.service.workflows import (
    AccountSummary,
    LogEndUser,
    Logs,
    LogStatus,
    Runs,
    WorkflowLog,
    WorkflowRunDetail,
    WorkflowRunLog,
    Workflows,
)
from dify_sdk.shared.events import RunEvent, WorkflowEvent
from dify_sdk.shared.files import FileParam
from dify_sdk.shared.results import Result
from dify_sdk.shared.runs import WorkflowRun

from ..apps import workflows
from ..paging import numbered
from ..refusals import Refusal, invalid, not_found
from ..registry import RUNS, WORKFLOWS, handles
from ..routing import UUID
from ..visit import Visit
from ..workflow import following, starting
from ..workflow.run import Run


@handles(Workflows.run, modes=WORKFLOWS, generates=True, payload="WorkflowRunPayload")
def run(visit: Visit, *, inputs: Mapping[str, Any] = {}, user: str | None = None, files: Sequence[FileParam] | None = None) -> WorkflowRun:
    return workflows.run(visit, visit.end_user(user), starting.published(visit), inputs, files)


@handles(Workflows.stream, modes=WORKFLOWS, payload="WorkflowRunPayload")
def stream(
    visit: Visit, *, inputs: Mapping[str, Any] = {}, user: str | None = None, files: Sequence[FileParam] | None = None
) -> Iterator[WorkflowEvent | Pause]:
    return workflows.events(visit, visit.end_user(user), starting.published(visit), inputs, files)


@handles(Workflows.run_by_id, modes=WORKFLOWS, generates=True, payload="WorkflowRunPayload")
def run_by_id(
    visit: Visit, workflow_id: str, *, inputs: Mapping[str, Any] = {}, user: str | None = None, files: Sequence[FileParam] | None = None
) -> WorkflowRun:
    return workflows.run(visit, visit.end_user(user), starting.version(visit, workflow_id), inputs, files)


@handles(Workflows.stream_run_by_id, modes=WORKFLOWS, payload="WorkflowRunPayload")
def stream_run_by_id(
    visit: Visit, workflow_id: str, *, inputs: Mapping[str, Any] = {}, user: str | None = None, files: Sequence[FileParam] | None = None
) -> Iterator[WorkflowEvent | Pause]:
    return workflows.events(visit, visit.end_user(user), starting.version(visit, workflow_id), inputs, files)


@handles(Workflows.stop, modes=WORKFLOWS)
def stop(visit: Visit, task_id: str, *, user: str | None = None) -> Result:
    workflows.stop(visit, task_id)
    return Result(result="success")


@handles(Workflows.events, modes=RUNS)
def events(
    visit: Visit,
    workflow_run_id: str,
    *,
    user: str | None = None,
    include_state_snapshot: bool | None = None,
    continue_on_pause: bool | None = None,
) -> Iterator[RunEvent | Pause]:
    found = _run(visit, workflow_run_id)
    if found.end_user_id != visit.end_user(user).id:
        raise not_found("Workflow run not found")
    return workflows.follow(visit, found, snapshot=bool(include_state_snapshot), waits=bool(continue_on_pause))


@handles(Runs.get, modes=RUNS)
def get_run(visit: Visit, workflow_run_id: str) -> WorkflowRunDetail:
    if not UUID.fullmatch(workflow_run_id):
        raise Refusal(500, "internal_server_error", "Internal Server Error")
    found = following.look(visit, _run(visit, workflow_run_id))
    return WorkflowRunDetail(
        id=found.id,
        workflow_id=found.workflow_id,
        status=found.status,
        inputs=json.dumps(found.inputs, ensure_ascii=False),
        outputs=found.outputs or {},
        error=found.error,
        total_steps=found.total_steps,
        total_tokens=found.total_tokens,
        created_at=found.created_at,
        finished_at=found.finished_at,
        elapsed_time=found.elapsed_time,
    )


@handles(Logs.list, payload="WorkflowLogQuery")
def list_logs(
    visit: Visit,
    *,
    keyword: str | None = None,
    status: LogStatus | None = None,
    created_at__before: datetime.datetime | str | None = None,
    created_at__after: datetime.datetime | str | None = None,
    created_by_end_user_session_id: str | None = None,
    created_by_account: str | None = None,
    page: int = 1,
    limit: int = 20,
) -> Listing[WorkflowLog]:
    mine = [following.look(visit, one) for one in visit.world.runs.values() if one.app_id == visit.app.id and one.log_id]
    before, after = _moment(created_at__before), _moment(created_at__after)
    account = visit.world.accounts.by_email(created_by_account) if created_by_account else None
    if created_by_account and account is None:
        raise invalid(f"Account not found: {created_by_account}")
    wanted = [
        one
        for one in reversed(mine)
        if (not status or one.status == status)
        and (before is None or one.created_at <= before)
        and (after is None or one.created_at >= after)
        and (account is None or visit.world.account_of(visit.world.end_users[one.end_user_id]) is account)
        and (not created_by_end_user_session_id or _user_of(visit, one) == created_by_end_user_session_id)
        and (not keyword or _speaks_of(visit, one, keyword))
    ]
    cut = numbered(wanted, page, limit)
    return Listing(data=[_log(visit, one) for one in cut.data], has_more=cut.has_more, limit=limit, page=page, total=cut.total)


def _run(visit: Visit, workflow_run_id: str) -> Run:
    found = visit.world.runs.get(workflow_run_id)
    if found is None or found.app_id != visit.app.id:
        raise not_found("Workflow run not found")
    return found


def _log(visit: Visit, found: Run) -> WorkflowLog:
    user = visit.world.end_users[found.end_user_id]
    account = visit.world.account_of(user)
    person = LogEndUser(id=user.id, type=user.type, is_anonymous=user.is_anonymous, session_id=user.session_id)
    return WorkflowLog(
        id=found.log_id or "",
        workflow_run=WorkflowRunLog(
            id=found.id,
            version=found.version,
            status=found.status,
            triggered_from=found.triggered_from,
            error=found.error,
            elapsed_time=found.elapsed_time,
            total_tokens=found.total_tokens,
            total_steps=found.total_steps,
            created_at=found.created_at,
            finished_at=found.finished_at,
            exceptions_count=found.exceptions_count,
        ),
        details=None,
        created_from=user.comes_from,
        created_by_role="account" if account else "end_user",
        created_by_account=AccountSummary(id=account.id, name=account.name, email=account.email) if account else None,
        created_by_end_user=None if account else person,
        created_at=found.created_at,
    )


def _user_of(visit: Visit, found: Run) -> str:
    return visit.world.end_users[found.end_user_id].session_id


def _speaks_of(visit: Visit, found: Run, keyword: str) -> bool:
    """Whether a word is in what went in or came out, or is the run, or names its user."""
    texts = (json.dumps(found.inputs, ensure_ascii=False), json.dumps(found.outputs, ensure_ascii=False), found.id, _user_of(visit, found))
    return any(keyword.lower() in one.lower() for one in texts)


def _moment(told: datetime.datetime | str | None) -> float | None:
    if not told:
        return None
    try:
        moment = datetime.datetime.fromisoformat(told) if isinstance(told, str) else told
    except ValueError:
        raise invalid(f"Invalid isoformat string: '{told}'") from None
    return moment.replace(tzinfo=moment.tzinfo or datetime.UTC).timestamp()

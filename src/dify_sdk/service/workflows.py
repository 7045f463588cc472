"""Service: workflows, their runs and logs."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Annotated, Any, Literal, TypeAlias

from .._endpoint import GET, POST, M, Resource, area
from .._models import Listing, Model
from .._params import Inputs, RequiredUser, UpTo100, Within
from ..shared.accounts import AccountSummary as AccountSummary
from ..shared.events import RunStatus
from ..shared.files import FileParam
from ..shared.results import Result
from ..shared.runs import RunFollowing, WorkflowRun, WorkflowRunning


class Runs(Resource[M], area="service.workflows.runs"):
    """Runs, once they have begun."""

    @GET("/workflows/run/{workflow_run_id}")
    def get(self, workflow_run_id: str) -> WorkflowRunDetail:
        """Look a run up; those of chatflows too.

        Args:
            workflow_run_id: The run, from its first event or its result.

        Raises:
            NotFoundError: No such run of this app.
        """
        ...


class Logs(Resource[M], area="service.workflows.logs"):
    """What ran, and for whom."""

    @GET.pages("/workflows/logs")
    def list(
        self,
        *,
        keyword: str | None = None,
        status: LogStatus | None = None,
        created_at__before: datetime.datetime | str | None = None,
        created_at__after: datetime.datetime | str | None = None,
        created_by_end_user_session_id: str | None = None,
        created_by_account: str | None = None,
        page: Annotated[int, Within(1, 99999)] = 1,
        limit: UpTo100 = 20,
    ) -> Listing[WorkflowLog]:
        """List the runs of a workflow app, newest first.

        Args:
            keyword: A text in the inputs or outputs.
            status: How the runs ended.
            created_at__before: Begun before this moment.
            created_at__after: Begun after this moment.
            created_by_end_user_session_id: Run for this end user.
            created_by_account: Run by the member with this e-mail address.
            page: The page, from 1.
            limit: How many on a page, 1 to 100.
        """
        ...


class Workflows(Resource[M], area="service.workflows"):
    """Run workflows and follow them."""

    @area
    def runs(self) -> Runs[M]:
        """Runs, once they have begun."""
        return Runs(self._core)

    @area
    def logs(self) -> Logs[M]:
        """What ran, and for whom."""
        return Logs(self._core)

    @GET.stream("/workflow/{workflow_run_id}/events", since="1.16")
    def events(
        self,
        workflow_run_id: str,
        *,
        user: RequiredUser = None,
        include_state_snapshot: bool | None = None,
        continue_on_pause: bool | None = None,
    ) -> RunFollowing:
        """Follow a run that goes on already, or read the end of one that is over.

        Args:
            workflow_run_id: The run, of a workflow or a chatflow.
            user: The end user it was begun for.
            include_state_snapshot: Whether to hear first what has happened so far.
            continue_on_pause: Whether the stream stays open while the run waits for a form; give it with a snapshot, else some
                servers keep the stream open for ever.

        Raises:
            NotFoundError: No such run for this user.
        """
        ...

    @POST("/workflows/run", runs=True)
    def run(self, *, inputs: Inputs = {}, user: RequiredUser = None, files: Sequence[FileParam] | None = None) -> WorkflowRun:
        """Run the published workflow and wait for its end.

        A run that failed is an answer too: `raise_for_status()` complains.

        Args:
            inputs: Values of the start node's variables.
            user: The end user's name in your system.
            files: Files for `sys.files`; `files.upload_and_reference` makes them.

        Raises:
            NotWorkflowAppError: The key belongs to an app of another mode.
            InvalidParamError: A variable or a file is refused, or nothing is published.
        """
        ...

    @POST("/workflows/tasks/{task_id}/stop", repeatable=True)
    def stop(self, task_id: str, *, user: RequiredUser = None) -> Result:
        """End a run. Servers say yes to unknown tasks too.

        Args:
            task_id: The task, from the first event of its stream.
            user: The end user it runs for.
        """
        ...

    @run.streaming(stop=stop, resume=events)
    def stream(self) -> WorkflowRunning:
        """Run the published workflow and follow it. The arguments are those of `run`."""
        ...

    @POST("/workflows/{workflow_id}/run", runs=True)
    def run_by_id(
        self, workflow_id: str, *, inputs: Inputs = {}, user: RequiredUser = None, files: Sequence[FileParam] | None = None
    ) -> WorkflowRun:
        """Run a published version of the workflow and wait for its end.

        A run that failed is an answer too: `raise_for_status()` complains.

        Args:
            workflow_id: The version.
            inputs: Values of the start node's variables.
            user: The end user's name in your system.
            files: Files for `sys.files`; `files.upload_and_reference` makes them.

        Raises:
            NotFoundError: No such version.
            InvalidParamError: A variable or a file is refused.
        """
        ...

    @run_by_id.streaming(stop=stop, resume=events)
    def stream_run_by_id(self) -> WorkflowRunning:
        """Run a published version of the workflow and follow it. The arguments are those of `run_by_id`."""
        ...


LogStatus: TypeAlias = Literal["succeeded", "failed", "stopped"]


class WorkflowRunDetail(Model):
    """A run as it is kept. Servers give `inputs` as a JSON text."""

    id: str
    workflow_id: str
    status: RunStatus | str
    inputs: Any = None
    outputs: dict[str, Any] | None = None
    error: str | None = None
    total_steps: int | None = None
    total_tokens: int | None = None
    created_at: int | None = None
    finished_at: int | None = None
    elapsed_time: float | None = None


class WorkflowRunLog(Model):
    """A run as its log tells it."""

    id: str
    version: str | None = None
    status: RunStatus | str | None = None
    triggered_from: str | None = None
    error: str | None = None
    elapsed_time: float | None = None
    total_tokens: int | None = None
    total_steps: int | None = None
    created_at: int | None = None
    finished_at: int | None = None
    exceptions_count: int | None = None


class LogEndUser(Model):
    """An end user it was run for."""

    id: str
    type: str
    is_anonymous: bool
    session_id: str | None = None


class WorkflowLog(Model):
    """A row of the log."""

    id: str
    workflow_run: WorkflowRunLog | None = None
    details: Any = None
    created_from: str | None = None
    created_by_role: Literal["account", "end_user"] | str | None = None
    created_by_account: AccountSummary | None = None
    created_by_end_user: LogEndUser | None = None
    created_at: int | None = None

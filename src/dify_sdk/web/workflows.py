"""Web: workflows."""

from __future__ import annotations

from collections.abc import Sequence

from .._endpoint import GET, POST, M, Resource, flow
from .._params import Inputs
from .._steps import Steps, finished
from ..shared.files import FileParam
from ..shared.results import Result
from ..shared.runs import RunFollowing, WorkflowRun, WorkflowRunning


class Workflows(Resource[M], area="web.workflows", key="passport"):
    """Run a workflow and follow it."""

    @GET.stream("/workflow/{workflow_run_id}/events", since="1.13")
    def events(self, workflow_run_id: str) -> RunFollowing:
        """Follow a run that goes on already, or read the end of one that is over.

        Args:
            workflow_run_id: The run, of a workflow or a chatflow.

        Raises:
            NotFoundError: No such run for this user.
        """
        ...

    @POST("/workflows/tasks/{task_id}/stop", repeatable=True)
    def stop(self, task_id: str) -> Result:
        """End a run. Servers say yes to unknown tasks too.

        Args:
            task_id: The task, from the first event of its stream.
        """
        ...

    @POST.stream("/workflows/run", stop=stop, resume=events)
    def stream(self, *, inputs: Inputs = {}, files: Sequence[FileParam] | None = None) -> WorkflowRunning:
        """Run the workflow and follow it. The arguments are those of `run`."""
        ...

    @flow
    def run(self, *, inputs: Inputs = {}, files: Sequence[FileParam] | None = None) -> Steps[WorkflowRun]:
        """Run the workflow and wait for its end. Servers only stream this; the stream is read to its end.

        A run that failed is an answer too: `raise_for_status()` complains.

        Args:
            inputs: Values of the start node's variables.
            files: Files for `sys.files`; `files.upload_and_reference` makes them.

        Raises:
            NotWorkflowAppError: The code belongs to an app of another mode.
            InvalidParamError: A variable or a file is refused, or nothing is published.
        """
        return finished(Workflows.stream, inputs=inputs, files=files)

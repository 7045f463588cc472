"""Console: workflows that are tried."""

from __future__ import annotations

from collections.abc import Sequence

from ..._endpoint import GET, POST, M, Resource
from ..._params import Inputs
from ...shared.files import FileParam
from ...shared.results import Result
from ...shared.runs import WorkflowRun, WorkflowRunning
from .models import TrialWorkflow as TrialWorkflow


class Workflows(Resource[M], area="console.trial_apps.workflows", key="session"):
    """Look at a workflow, and run it."""

    @GET("/trial-apps/{app_id:uuid}/workflows", key="none", since="1.13")
    def get(self, app_id: str) -> TrialWorkflow:
        """Tell the published version of a chatflow or workflow.

        Args:
            app_id: The app.

        Raises:
            AppUnavailableError: Nothing is published.
            NotFoundError: No such app.
        """
        ...

    @POST("/trial-apps/{app_id:uuid}/workflows/tasks/{task_id}/stop", repeatable=True, since="1.13")
    def stop(self, app_id: str, task_id: str) -> Result:
        """End a run. Servers say yes to unknown tasks too.

        Args:
            app_id: The app.
            task_id: The task, from the first event of its stream.

        Raises:
            PermissionDeniedError: The app cannot be tried, or not any more.
        """
        ...

    @POST.stream("/trial-apps/{app_id:uuid}/workflows/run", stop=stop, since="1.13")
    def stream(self, app_id: str, *, inputs: Inputs = {}, files: Sequence[FileParam] | None = None) -> WorkflowRunning:
        """Run the workflow and follow it. The arguments are those of `run`."""
        ...

    @stream.finished
    def run(self) -> WorkflowRun:
        """Run the workflow and wait for its end. Servers only stream this; the stream is read to its end.

        A run that failed is an answer too: `raise_for_status()` complains.

        Args:
            app_id: The app.
            inputs: Values of the start node's variables.
            files: Files for `sys.files`; `trial_apps.files.upload` takes them.

        Raises:
            PermissionDeniedError: The app cannot be tried, or not any more.
            NotWorkflowAppError: The app is of another mode.
            InvalidParamError: A variable or a file is refused, or nothing is published.
        """
        ...

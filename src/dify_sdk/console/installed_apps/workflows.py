"""Console: installed workflows."""

from __future__ import annotations

from collections.abc import Sequence

from ..._endpoint import POST, M, Resource
from ..._params import Inputs
from ...shared.files import FileParam
from ...shared.results import Result
from ...shared.runs import WorkflowRun, WorkflowRunning


class Workflows(Resource[M], area="console.installed_apps.workflows", key="session"):
    """Run an installed workflow."""

    @POST("/installed-apps/{installed_app_id:uuid}/workflows/tasks/{task_id}/stop", repeatable=True)
    def stop(self, installed_app_id: str, task_id: str) -> Result:
        """End a run. Servers say yes to unknown tasks too.

        Args:
            installed_app_id: The installed app.
            task_id: The task, from the first event of its stream.

        Raises:
            NotFoundError: No such installed app.
        """
        ...

    @POST.stream("/installed-apps/{installed_app_id:uuid}/workflows/run", stop=stop)
    def stream(self, installed_app_id: str, *, inputs: Inputs = {}, files: Sequence[FileParam] | None = None) -> WorkflowRunning:
        """Run the workflow and follow it. The arguments are those of `run`."""
        ...

    @stream.finished
    def run(self) -> WorkflowRun:
        """Run the workflow and wait for its end. Servers only stream this; the stream is read to its end.

        A run that failed is an answer too: `raise_for_status()` complains.

        Args:
            installed_app_id: The installed app.
            inputs: Values of the start node's variables.
            files: Files for `sys.files`, uploaded by the same account.

        Raises:
            NotWorkflowAppError: The app is of another mode.
            InvalidParamError: A variable or a file is refused, or nothing is published.
            NotFoundError: No such installed app.
        """
        ...

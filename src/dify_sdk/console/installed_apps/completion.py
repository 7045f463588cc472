"""Console: installed completions."""

from __future__ import annotations

from collections.abc import Sequence

from ..._endpoint import POST, M, Resource
from ..._params import Inputs
from ...shared.files import FileParam
from ...shared.results import Result
from ...shared.runs import CompletionReply, CompletionRun


class Completion(Resource[M], area="console.installed_apps.completion", key="session"):
    """Fill in the variables of an installed completion app and have its text written."""

    @POST("/installed-apps/{installed_app_id:uuid}/completion-messages", runs=True)
    def send(
        self,
        installed_app_id: str,
        *,
        inputs: Inputs = {},
        query: str | None = None,
        files: Sequence[FileParam] | None = None,
        retriever_from: str | None = None,
    ) -> CompletionReply:
        """Have a text written and wait for all of it.

        Args:
            installed_app_id: The installed app.
            inputs: Values of the app's variables.
            query: The text to complete, for apps without a variable for it.
            files: Files that go with it, uploaded by the same account.
            retriever_from: Where the question comes from, for the statistics of knowledge; `explore_app` where it is not given.

        Raises:
            NotCompletionAppError: The app is of another mode.
            InvalidParamError: A variable or a file is refused.
            CompletionRequestError: The model failed.
            NotFoundError: No such installed app.
        """
        ...

    @POST("/installed-apps/{installed_app_id:uuid}/completion-messages/{task_id}/stop", repeatable=True)
    def stop(self, installed_app_id: str, task_id: str) -> Result:
        """End a running completion. Servers say yes to unknown tasks too.

        Args:
            installed_app_id: The installed app.
            task_id: The task, from the first event of its stream.

        Raises:
            NotFoundError: No such installed app.
        """
        ...

    @send.streaming(stop=stop)
    def stream(self) -> CompletionRun:
        """Have a text written and follow it. The arguments are those of `send`."""
        ...

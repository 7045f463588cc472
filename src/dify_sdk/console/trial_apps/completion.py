"""Console: completions that are tried."""

from __future__ import annotations

from collections.abc import Sequence

from ..._endpoint import POST, M, Resource
from ..._params import Inputs
from ...shared.files import FileParam
from ...shared.runs import CompletionReply, CompletionRun


class Completion(Resource[M], area="console.trial_apps.completion", key="session"):
    """Fill in the variables of a completion app and have its text written."""

    @POST("/trial-apps/{app_id:uuid}/completion-messages", runs=True, since="1.13")
    def send(
        self,
        app_id: str,
        *,
        inputs: Inputs = {},
        query: str | None = None,
        files: Sequence[FileParam] | None = None,
        retriever_from: str | None = None,
    ) -> CompletionReply:
        """Have a text written and wait for all of it.

        Args:
            app_id: The app.
            inputs: Values of the app's variables.
            query: The text to complete, for apps without a variable for it.
            files: Files that go with it; `trial_apps.files.upload` takes them.
            retriever_from: Where the question comes from, for the statistics of knowledge; `explore_app` where it is not given.

        Raises:
            PermissionDeniedError: The app cannot be tried, or not any more.
            NotCompletionAppError: The app is of another mode.
            InvalidParamError: A variable or a file is refused.
            CompletionRequestError: The model failed.
        """
        ...

    @send.streaming()
    def stream(self) -> CompletionRun:
        """Have a text written and follow it. The arguments are those of `send`."""
        ...

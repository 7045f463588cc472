"""Web: completions."""

from __future__ import annotations

from collections.abc import Sequence

from .._endpoint import POST, M, Resource
from .._params import Inputs
from ..shared.files import FileParam
from ..shared.results import Result
from ..shared.runs import CompletionReply, CompletionRun


class Completion(Resource[M], area="web.completion", key="passport"):
    """Fill in the variables of a completion app and have its text written."""

    @POST("/completion-messages", runs=True)
    def send(
        self,
        *,
        inputs: Inputs = {},
        query: str | None = None,
        files: Sequence[FileParam] | None = None,
        retriever_from: str | None = None,
    ) -> CompletionReply:
        """Have a text written and wait for all of it.

        Args:
            inputs: Values of the app's variables.
            query: The text to complete, for apps without a variable for it.
            files: Files that go with it; `files.upload_and_reference` makes them.
            retriever_from: Where the question comes from, for the statistics of knowledge; `web_app` where it is not given.

        Raises:
            NotCompletionAppError: The code belongs to an app of another mode.
            InvalidParamError: A variable or a file is refused.
            CompletionRequestError: The model failed.
        """
        ...

    @POST("/completion-messages/{task_id}/stop", repeatable=True)
    def stop(self, task_id: str) -> Result:
        """End a running completion. Servers say yes to unknown tasks too.

        Args:
            task_id: The task, from the first event of its stream.
        """
        ...

    @send.streaming(stop=stop)
    def stream(self) -> CompletionRun:
        """Have a text written and follow it. The arguments are those of `send`."""
        ...

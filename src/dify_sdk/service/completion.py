"""Service: completions."""

from __future__ import annotations

from collections.abc import Sequence

from .._endpoint import POST, M, Resource
from .._params import Inputs, RequiredUser
from ..shared.files import FileParam
from ..shared.results import Result
from ..shared.runs import CompletionReply, CompletionRun


class Completion(Resource[M], area="service.completion"):
    """Ask an app of the completion mode."""

    @POST("/completion-messages", runs=True)
    def send(
        self, *, inputs: Inputs = {}, query: str | None = None, user: RequiredUser = None, files: Sequence[FileParam] | None = None
    ) -> CompletionReply:
        """Complete a prompt and wait for the whole text.

        Args:
            inputs: Values of the app's variables.
            query: The text to complete, for apps whose prompt has no variable for it.
            user: The end user's name in your system.
            files: Files that go with the prompt; `files.upload_and_reference` makes them.

        Raises:
            AppUnavailableError: The key belongs to an app of another mode.
            InvalidParamError: A variable or a file is refused.
            CompletionRequestError: The model failed.
        """
        ...

    @POST("/completion-messages/{task_id}/stop", repeatable=True)
    def stop(self, task_id: str, *, user: RequiredUser = None) -> Result:
        """End a running completion. Servers say yes to unknown tasks too.

        Args:
            task_id: The task, from the first event of its stream.
            user: The end user it runs for; the server ignores anybody else's wish.
        """
        ...

    @send.streaming(stop=stop)
    def stream(self) -> CompletionRun:
        """Complete a prompt and follow the text as it is written. The arguments are those of `send`."""
        ...

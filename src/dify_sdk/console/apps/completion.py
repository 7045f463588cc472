"""Console: completion apps at their debugging."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from ..._endpoint import POST, M, Resource, area
from ..._params import In, Inputs
from ...shared.files import FileParam
from ...shared.results import Result
from ...shared.runs import CompletionReply, CompletionRun
from .conversations import CompletionConversations


class Completion(Resource[M], area="console.apps.completion", key="session"):
    """Try a completion app out, and read what it wrote."""

    @area
    def conversations(self) -> CompletionConversations[M]:
        """What a completion app was asked, and wrote: its log."""
        return CompletionConversations(self._core)

    @POST("/apps/{app_id:uuid}/completion-messages", runs=True)
    def send(
        self,
        app_id: str,
        *,
        inputs: Inputs = {},
        query: str | None = None,
        model_config_: Annotated[Mapping[str, Any] | None, In(name="model_config")] = None,
        files: Sequence[FileParam] | None = None,
        retriever_from: str | None = None,
    ) -> CompletionReply:
        """Have a text written, and wait for all of it.

        Args:
            app_id: The app.
            inputs: Values of the app's variables.
            query: The text to complete, for apps whose prompt has no variable for it.
            model_config_: A configuration to try in the place of the app's own.
            files: Files that go with it.
            retriever_from: Where the question comes from, for the statistics of knowledge; `dev` where it is not given.

        Raises:
            NotFoundError: No such completion app.
            InvalidParamError: The configuration, a variable or a file is refused.
            CompletionRequestError: The model failed.
        """
        ...

    @POST("/apps/{app_id:uuid}/completion-messages/{task_id}/stop", repeatable=True)
    def stop(self, app_id: str, task_id: str) -> Result:
        """End a running completion of this account. Servers say yes to unknown tasks too.

        Args:
            app_id: The app.
            task_id: The task, from the first event of its stream.

        Raises:
            NotFoundError: No such completion app.
        """
        ...

    @send.streaming(stop=stop)
    def stream(self) -> CompletionRun:
        """Have a text written and follow it. The arguments are those of `send`."""
        ...

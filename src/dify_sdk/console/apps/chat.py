"""Console: apps of a chat mode at their debugging."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal, TypeAlias

from ..._endpoint import POST, M, Resource, area
from ..._params import In, Inputs, Uuid
from ...shared.files import FileParam
from ...shared.results import Result
from ...shared.runs import ChatReply, ChatRun
from .conversations import ChatConversations


class Chat(Resource[M], area="console.apps.chat", key="session"):
    """Try a chat or an agent out, and read what its users said. A chatflow is tried out by its draft."""

    @area
    def conversations(self) -> ChatConversations[M]:
        """The conversations of an app of a chat mode: its log."""
        return ChatConversations(self._core)

    @POST("/apps/{app_id:uuid}/chat-messages", runs=True)
    def send(
        self,
        app_id: str,
        *,
        query: str,
        inputs: Inputs = {},
        model_config_: Annotated[Mapping[str, Any] | None, In(name="model_config")] = None,
        conversation_id: Annotated[str | None, Uuid(empty=True)] = None,
        files: Sequence[FileParam] | None = None,
        parent_message_id: Annotated[str | None, Uuid(empty=True)] = None,
        retriever_from: str | None = None,
        draft_type: DraftType | None = None,
    ) -> ChatReply:
        """Send a message to a chat as its editor, and wait for the whole answer.

        Agents only stream: there `stream(...).result()` gives the same.

        Args:
            app_id: The app.
            query: What the editor says.
            inputs: Values of the app's variables.
            model_config_: A configuration to try in the place of the app's own.
            conversation_id: Goes on with a conversation of this account.
            files: Files that go with the message.
            parent_message_id: The message that this one answers, where a conversation branches.
            retriever_from: Where the question comes from, for the statistics of knowledge; `dev` where it is not given.
            draft_type: Which draft of an agent is asked, in apps of agents that have one.

        Raises:
            NotFoundError: No such app of these modes, or no such conversation of this account.
            InvalidParamError: The configuration, a variable or a file is refused; or an agent was asked without a stream.
            CompletionRequestError: The model failed.
            PermissionDeniedError: The account may not.
        """
        ...

    @POST("/apps/{app_id:uuid}/chat-messages/{task_id}/stop", repeatable=True)
    def stop(self, app_id: str, task_id: str) -> Result:
        """End a running answer of this account. Servers say yes to unknown tasks too.

        Args:
            app_id: The app.
            task_id: The task, from the first event of its stream.

        Raises:
            NotFoundError: No such app of a chat mode.
        """
        ...

    @send.streaming(stop=stop)
    def stream(self) -> ChatRun:
        """Send a message as the app's editor and follow the answer as it is written. The arguments are those of `send`."""
        ...


DraftType: TypeAlias = Literal["draft", "debug_build"]

"""Service: chats, agents and chatflows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from .._endpoint import POST, M, Resource
from .._params import Inputs, RequiredUser, Uuid
from ..shared.files import FileParam
from ..shared.results import Result
from ..shared.runs import ChatReply, ChatRun
from .workflows import Workflows


class Chat(Resource[M], area="service.chat"):
    """Talk to an app of a chat mode: a chat, an agent or a chatflow."""

    @POST("/chat-messages", runs=True)
    def send(
        self,
        *,
        query: str,
        inputs: Inputs = {},
        user: RequiredUser = None,
        conversation_id: Annotated[str | None, Uuid(empty=True)] = None,
        files: Sequence[FileParam] | None = None,
        auto_generate_name: bool | None = None,
        workflow_id: str | None = None,
        parent_message_id: str | None = None,
    ) -> ChatReply:
        """Send a message and wait for the whole answer.

        Agents only stream: there `stream(...).result()` gives the same. A gateway may cut a wait of more than 100 seconds;
        a stream is not cut.

        Args:
            query: What the user says.
            inputs: Values of the app's variables; a server reads them with the first message of a conversation.
            user: The end user's name in your system; conversations are kept apart by it.
            conversation_id: Goes on with a conversation.
            files: Files that go with the message; `files.upload_and_reference` makes them.
            auto_generate_name: Whether a new conversation gets a title from the model; the server's default is to do so.
            workflow_id: A published version of a chatflow to use instead of the current one.
            parent_message_id: The message that this one answers, where a conversation branches.

        Raises:
            NotChatAppError: The key belongs to an app of another mode.
            InvalidParamError: A variable or a file is refused; or an agent was asked without a stream.
            CompletionRequestError: The model failed.
            NotFoundError: No such conversation for this user.
        """
        ...

    @POST("/chat-messages/{task_id}/stop", repeatable=True)
    def stop(self, task_id: str, *, user: RequiredUser = None) -> Result:
        """End a running answer. Servers say yes to unknown tasks too.

        Args:
            task_id: The task, from the first event of its stream.
            user: The end user it runs for; the server ignores anybody else's wish.
        """
        ...

    @send.streaming(stop=stop, resume=Workflows.events)
    def stream(self) -> ChatRun:
        """Send a message and follow the answer as it is written. The arguments are those of `send`."""
        ...

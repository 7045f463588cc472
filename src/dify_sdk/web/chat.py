"""Web: chats, agents and chatflows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from .._endpoint import POST, M, Resource
from .._params import Inputs, Uuid
from ..shared.files import FileParam
from ..shared.results import Result
from ..shared.runs import ChatReply, ChatRun
from .workflows import Workflows


class Chat(Resource[M], area="web.chat", key="passport"):
    """Talk to an app of a chat mode: a chat, an agent or a chatflow."""

    @POST("/chat-messages", runs=True)
    def send(
        self,
        *,
        query: str,
        inputs: Inputs = {},
        conversation_id: Annotated[str | None, Uuid(empty=True)] = None,
        files: Sequence[FileParam] | None = None,
        parent_message_id: str | None = None,
        retriever_from: str | None = None,
    ) -> ChatReply:
        """Send a message and wait for the whole answer.

        Agents only stream: there `stream(...).result()` gives the same.

        Args:
            query: What the user says.
            inputs: Values of the app's variables; a server reads them with the first message of a conversation.
            conversation_id: Goes on with a conversation.
            files: Files that go with the message; `files.upload_and_reference` makes them.
            parent_message_id: The message that this one answers, where a conversation branches.
            retriever_from: Where the question comes from, for the statistics of knowledge; `web_app` where it is not given.

        Raises:
            NotChatAppError: The code belongs to an app of another mode.
            InvalidParamError: A variable or a file is refused; or an agent was asked without a stream.
            CompletionRequestError: The model failed.
            NotFoundError: No such conversation for this user.
        """
        ...

    @POST("/chat-messages/{task_id}/stop", repeatable=True)
    def stop(self, task_id: str) -> Result:
        """End a running answer. Servers say yes to unknown tasks too.

        Args:
            task_id: The task, from the first event of its stream.
        """
        ...

    @send.streaming(stop=stop, resume=Workflows.events)
    def stream(self) -> ChatRun:
        """Send a message and follow the answer as it is written. The arguments are those of `send`."""
        ...

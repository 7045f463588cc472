"""Console: chats, agents and chatflows that are tried."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from ..._endpoint import POST, M, Resource
from ..._params import Inputs, Uuid
from ...shared.files import FileParam
from ...shared.runs import ChatReply, ChatRun


class Chat(Resource[M], area="console.trial_apps.chat", key="session"):
    """Talk to an app of a chat mode."""

    @POST.stream("/trial-apps/{app_id:uuid}/chat-messages", since="1.13")
    def stream(
        self,
        app_id: str,
        *,
        query: str,
        inputs: Inputs = {},
        conversation_id: Annotated[str | None, Uuid(empty=True)] = None,
        files: Sequence[FileParam] | None = None,
        parent_message_id: str | None = None,
        retriever_from: str | None = None,
    ) -> ChatRun:
        """Send a message and follow the answer as it is written. The arguments are those of `send`."""
        ...

    @stream.finished
    def send(self) -> ChatReply:
        """Send a message and wait for the whole answer. Servers only stream this; the stream is read to its end.

        Args:
            app_id: The app.
            query: What the account says.
            inputs: Values of the app's variables; a server reads them with the first message of a conversation.
            conversation_id: Goes on with a conversation.
            files: Files that go with the message; `trial_apps.files.upload` takes them.
            parent_message_id: The message that this one answers, where a conversation branches.
            retriever_from: Where the question comes from, for the statistics of knowledge; `explore_app` where it is not given.

        Raises:
            PermissionDeniedError: The app cannot be tried, or not any more.
            NotChatAppError: The app is of another mode.
            InvalidParamError: A variable or a file is refused, or nothing is published.
            NotFoundError: No such conversation of this account.
        """
        ...

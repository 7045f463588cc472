"""Console: installed chats, agents and chatflows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from ..._endpoint import POST, M, Resource
from ..._params import Inputs, Uuid
from ...shared.files import FileParam
from ...shared.results import Result
from ...shared.runs import ChatReply, ChatRun


class Chat(Resource[M], area="console.installed_apps.chat", key="session"):
    """Talk to an installed app of a chat mode: a chat, an agent or a chatflow."""

    @POST("/installed-apps/{installed_app_id:uuid}/chat-messages/{task_id}/stop", repeatable=True)
    def stop(self, installed_app_id: str, task_id: str) -> Result:
        """End a running answer. Servers say yes to unknown tasks too.

        Args:
            installed_app_id: The installed app.
            task_id: The task, from the first event of its stream.

        Raises:
            NotFoundError: No such installed app.
        """
        ...

    @POST.stream("/installed-apps/{installed_app_id:uuid}/chat-messages", stop=stop)
    def stream(
        self,
        installed_app_id: str,
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
            installed_app_id: The installed app.
            query: What the account says.
            inputs: Values of the app's variables; a server reads them with the first message of a conversation.
            conversation_id: Goes on with a conversation.
            files: Files that go with the message, uploaded by the same account.
            parent_message_id: The message that this one answers, where a conversation branches.
            retriever_from: Where the question comes from, for the statistics of knowledge; `explore_app` where it is not given.

        Raises:
            NotChatAppError: The app is of another mode.
            InvalidParamError: A variable or a file is refused, or nothing is published.
            NotFoundError: No such installed app, or no such conversation of this account.
        """
        ...

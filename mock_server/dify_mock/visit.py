"""One request as a handler sees it: the world, and who is asking."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from dify_sdk._steps import Pause

from .accounts import Account, Workspace
from .devices import Session
from .exchange import Answering, Request
from .knowledge.state import Dataset
from .refusals import Refusal, not_found
from .state import App, Conversation, EndUser, Message
from .world import World


def configured(app: App) -> dict[str, Any]:
    """What an app can do; refused where nobody has configured or published it."""
    if app.features is None:
        raise Refusal(400, "app_unavailable", "App unavailable, please check your app configurations.")
    return app.features


@dataclass(frozen=True)
class Caller:
    """What a key, a passport, a token or a page's code opens, and whoever shows it."""

    app: App | None = None
    person: EndUser | None = None
    account: Account | None = None
    session: Session | None = None
    workspace: Workspace | None = None


@dataclass
class Visit:
    """The world, the request, and what its credentials stand for."""

    world: World
    request: Request
    caller: Caller
    opened: Dataset | None = None
    inside: Answering | None = None
    """The server itself, for what it asks of its own."""
    waited: float = 0.0
    """Seconds that a blocking answer takes."""
    headers: dict[str, str] = field(default_factory=dict[str, str])
    """Headers of the reply beside its usual ones."""
    cookies: list[str] = field(default_factory=list[str])
    """What the reply gives to be kept, one `Set-Cookie` each."""
    status: int | None = None
    """The reply's status, where it is not the usual one."""

    def finished(self, events: Iterator[Any]) -> list[Any]:
        """Let something run to its end before the answer goes out; answers what it told."""
        told: list[Any] = []
        for event in events:
            if isinstance(event, Pause):
                self.waited += event.seconds
            else:
                told.append(event)
        return told

    @property
    def app(self) -> App:
        """The app that the caller's key or passport belongs to, or that a token opens."""
        assert self.caller.app is not None, "the operation takes no app's key"
        return self.caller.app

    @property
    def account(self) -> Account:
        """Who is signed in."""
        assert self.caller.account is not None, "the operation is for strangers too"
        return self.caller.account

    @property
    def session(self) -> Session:
        """The session of the caller's token."""
        assert self.caller.session is not None, "the operation takes no token"
        return self.caller.session

    @property
    def workspace(self) -> Workspace:
        """The workspace that the path names, or that the app belongs to."""
        assert self.caller.workspace is not None, "the operation is about no workspace"
        return self.caller.workspace

    @property
    def dataset(self) -> Dataset:
        """The dataset that the path names."""
        assert self.opened is not None, "the operation is about no dataset"
        return self.opened

    def end_user(self, name: str | None = None) -> EndUser:
        """The end user that the call is made for: the passport's or the token's, or the one of this name."""
        return self.caller.person or self.world.end_user(self.app, name)

    def stop(self, task_id: str, user: str | None = None) -> None:
        """End a task of this end user; nobody else's, and nobody is told."""
        task = self.world.tasks.get(task_id)
        if task is not None and task.end_user_id == self.end_user(user).id:
            task.stopped = True

    def conversation(self, conversation_id: str, user: str | None = None) -> Conversation:
        """A conversation of this end user."""
        found = self.world.conversations.get(conversation_id)
        if found is None or found.end_user_id != self.end_user(user).id:
            raise not_found("Conversation Not Exists.")
        return self.anyones_conversation(conversation_id)

    def anyones_conversation(self, conversation_id: str) -> Conversation:
        """A conversation of the app."""
        found = self.world.conversations.get(conversation_id)
        if found is None or found.app_id != self.app.id:
            raise not_found("Conversation Not Exists.")
        for message in list(self.world.messages_of(found.id)):
            self.catch_up(message)
        return found

    def catch_up(self, message: Message) -> None:
        """Let the run that writes a message go on, where nobody reads it."""
        from .workflow.following import look

        if message.run_id in self.world.runs:
            look(self, self.world.runs[message.run_id])

    def message(self, message_id: str, user: str | None = None) -> Message:
        """A message of this end user."""
        found = self.anyones_message(message_id)
        if found.end_user_id != self.end_user(user).id:
            raise not_found("Message Not Exists.")
        return found

    def anyones_message(self, message_id: str) -> Message:
        """A message of the app."""
        found = self.world.messages.get(message_id)
        if found is None or found.app_id != self.app.id:
            raise not_found("Message Not Exists.")
        self.catch_up(found)
        return found

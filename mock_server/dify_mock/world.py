"""The state behind the mock: what a workspace holds. Handlers read and write it; two worlds share nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

from .accounts import Account, Accounts
from .agents.state import Agents
from .clock import Clock
from .devices import Devices
from .extensions import Extensions
from .ids import Ids
from .imports import Imports
from .installations import Installations
from .interior import Interior
from .knowledge import indexing
from .knowledge.citing import records_for_node
from .knowledge.store import Knowledge
from .letters import Letters
from .limits import Limits
from .oauth import OAuth
from .recommendations import Recommendations
from .refreshing import RefreshTokens
from .settings import Settings
from .state import (
    DEFAULT_USER,
    NO_PARENT,
    Annotation,
    ApiKey,
    App,
    Conversation,
    EndUser,
    Form,
    Job,
    Message,
    Mode,
    RemoteFile,
    Task,
    ToolFile,
    UploadFile,
)
from .tags import Tags
from .tracing import Tracing
from .triggering import Triggering

if TYPE_CHECKING:
    from .enterprise import Enterprise
    from .mcp_servers import McpServer
    from .workflow.run import Run

Retrieve: TypeAlias = Callable[[list[str], str, dict[str, Any]], list[dict[str, Any]]]
"""What a node of a workflow finds in knowledge: dataset ids, the question and the node's settings to records."""


class World:
    """Everything the handlers read and write."""

    def __init__(self, seed: str = "dify", *, pace: float = 1.0) -> None:
        self.clock = Clock(pace)
        self.ids = Ids(seed)
        self.request_ids = Ids(f"{seed} requests")  # apart: what is asked must not change the ids of what is made
        self.secret = self.ids.hex(32)
        self.workspace_id = self.ids.uuid()
        self.owner_id = self.ids.uuid()
        """The account that everything in the workspace belongs to."""
        self.accounts = Accounts(self.clock, self.ids)
        self.devices = Devices(self.clock, Ids(f"{seed} devices"))
        """The programs that were let in."""
        self.limits = Limits(self.clock)
        self.letters = Letters(self.clock, Ids(f"{seed} letters"), self.limits)
        """What the server has sent by e-mail."""
        self.oauth = OAuth(self.clock, Ids(f"{seed} oauth"))
        self.refresh_tokens = RefreshTokens(self.clock, Ids(f"{seed} sessions"))
        """What sessions of the console are renewed with."""
        self.set_up_at: float | None = None
        """When the server got its first account."""
        self.settings = Settings()
        self.provider_is_ready = True
        """Whether the model provider has its credentials."""
        self.agents = Agents(Ids(f"{seed} agents"))
        self.apps: dict[str, App] = {}
        self.api_keys: dict[str, ApiKey] = {}
        self.end_users: dict[str, EndUser] = {}
        self.conversations: dict[str, Conversation] = {}
        self.messages: dict[str, Message] = {}
        self.annotations: dict[str, Annotation] = {}
        self.jobs: dict[str, Job] = {}
        self.upload_files: dict[str, UploadFile] = {}
        self.tool_files: dict[str, ToolFile] = {}
        self.remote_files: dict[str, RemoteFile] = {}
        """What lies elsewhere, by its address; nothing else can be reached."""
        self.enterprise: Enterprise | None = None
        """What an enterprise server knows; the community edition has none of it."""
        self.extensions = Extensions(self.clock, self.ids)
        self.imports = Imports(self.clock)
        self.installations = Installations(self.apps, self.workspace_of, Ids(f"{seed} installations"))
        self.recommendations = Recommendations()
        self.mcp_servers: dict[str, McpServer] = {}
        self.forms: dict[str, Form] = {}
        self.runs: dict[str, Run] = {}
        self.tasks: dict[str, Task] = {}
        self.tags = Tags(self.ids)
        self.knowledge = Knowledge(self.upload_files, self.tags)
        self.tracing = Tracing(self.clock, Ids(f"{seed} tracing"))
        self.triggering = Triggering(Ids(f"{seed} triggers"))
        self.interior = Interior.of(Ids(f"{seed} inner"))  # apart, for the same reason
        self.retrieve: Retrieve = partial(records_for_node, self)

    def end_user(self, app: App, name: str | None) -> EndUser:
        """The end user of an app by the caller's name for them; made where there is none."""
        session = name or DEFAULT_USER
        return self.person(app, session, "service-api", is_anonymous=session == DEFAULT_USER)

    def visitor(self, app: App, session_id: str | None, *, is_anonymous: bool = True) -> EndUser:
        """Somebody on an app's page, by a name of their own; without one it is somebody new."""
        return self.person(app, session_id or self.ids.uuid(), "browser", is_anonymous=is_anonymous)

    def workspace_of(self, kept: App | UploadFile) -> str:
        """The id of the workspace that something belongs to."""
        return kept.workspace_id or self.workspace_id

    def apps_of(self, workspace_id: str) -> list[App]:
        """The apps of a workspace, in the order they were made."""
        return [one for one in self.apps.values() if self.workspace_of(one) == workspace_id]

    def author_of(self, app: App) -> str | None:
        """The name of the one who has made an app."""
        account = self.accounts.known.get(app.created_by or "")
        return account.name if account else None

    def account_of(self, user: EndUser) -> Account | None:
        """The account of somebody who uses an app, if they have one."""
        return self.accounts.known.get(user.account_id or "")

    @property
    def owner(self) -> Account:
        """The account of the one who has set the server up."""
        return self.accounts.known[self.owner_id]

    def explorer(self, app: App, account: Account) -> EndUser:
        """An account that uses an app from within the console."""
        return self.person(app, account.id, "explore")

    def person(self, app: App, session_id: str, kind: str, *, is_anonymous: bool = False) -> EndUser:
        """The end user of an app by where they come from and their name there; made where there is none."""
        known = (one for one in self.end_users.values() if (one.app_id, one.session_id, one.type) == (app.id, session_id, kind))
        found = next(known, None)
        if found is None:
            found = EndUser(self.ids.uuid(), app.id, session_id, kind, is_anonymous, self.clock.iso())
            self.end_users[found.id] = found
        return found

    def first_app(self, mode: Mode) -> App:
        """The oldest app of a mode in the first workspace."""
        return next(one for one in self.apps.values() if one.mode == mode and one.workspace_id is None)

    def tool_file(self, content: bytes, extension: str, mime_type: str, filename: str = "") -> ToolFile:
        """A file that a tool has made."""
        made = ToolFile(self.ids.uuid(), content, extension, mime_type, filename)
        self.tool_files[made.id] = made
        return made

    def later(self, seconds: float, about: str, action: str, finish: Callable[[], str]) -> Job:
        """A job that is done after a while; `finish` does it and answers what went wrong, or nothing."""
        job = Job(self.ids.uuid(), about, action, self.clock.now() + seconds, finish)
        self.jobs[job.id] = job
        return job

    def catch_up(self) -> None:
        """Do the jobs whose time has come, and bring documents to where they are by now."""
        for job in [one for one in self.jobs.values() if not one.done and one.due <= self.clock.now()]:
            job.done, job.error = True, job.finish()
        for dataset, document in self.knowledge.unfinished():
            indexing.go_on(self, dataset, document)

    def app_of(self, code: str | None) -> App | None:
        """The app whose page has this code."""
        return next((one for one in self.apps.values() if one.site.code == code), None)

    def messages_of(self, conversation_id: str) -> Iterator[Message]:
        """The messages of a conversation, in the order they were written."""
        return (one for one in self.messages.values() if one.conversation_id == conversation_id)

    def said_before(self, message: Message) -> list[Message]:
        """The messages before one in its branch: a message without a parent begins anew, whatever was said before it."""
        branch: list[Message] = []
        parent_id = message.parent_id
        earlier = [one for one in self.messages_of(message.conversation_id) if one.id != message.id]
        for one in reversed(earlier):
            if parent_id is None:
                break
            if parent_id in {one.id, NO_PARENT}:
                branch.insert(0, one)
                parent_id = one.parent_id
        return branch

    def begin(self, app: App, user: EndUser) -> Task:
        """A task that is running from now on."""
        task = Task(self.ids.uuid(), app.id, user.id)
        self.tasks[task.id] = task
        return task

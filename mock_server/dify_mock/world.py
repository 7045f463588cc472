"""The state behind the mock: what a workspace holds. Handlers read and write it; two worlds share nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from .accounts import Account, Accounts
from .clock import Clock
from .devices import Devices
from .ids import Ids
from .imports import Imports
from .interior import Interior
from .knowledge import indexing
from .knowledge.citing import records_for_node
from .knowledge.store import Knowledge
from .limits import Limits
from .triggering import Triggering

if TYPE_CHECKING:
    from dify_sdk.shared.usage import AnswerMetadata

    from .enterprise import Enterprise
    from .mcp_servers import McpServer
    from .workflow.run import Run

Mode: TypeAlias = Literal["chat", "completion", "agent-chat", "advanced-chat", "workflow"]
DEFAULT_USER = "DEFAULT-USER"
DRAFT = "draft"
"""The version of a workflow that is not published."""
NO_PARENT = "00000000-0000-0000-0000-000000000000"
"""The parent of messages in tiers that know no branches."""


@dataclass
class Workflow:
    """A version of a chatflow or workflow."""

    id: str
    version: str
    graph: dict[str, Any]
    features: dict[str, Any] = field(default_factory=dict[str, Any])
    conversation_variables: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    environment_variables: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    created_at: int = 0

    @property
    def start_variables(self) -> list[dict[str, Any]]:
        """The variables of the start node."""
        start = next((node for node in self.graph["nodes"] if node["data"]["type"] == "start"), None)
        return start["data"].get("variables", []) if start else []


@dataclass
class Site:
    """The app's own page."""

    code: str
    title: str
    default_language: str = "en-US"
    chat_color_theme: str | None = None
    chat_color_theme_inverted: bool = False
    description: str | None = None
    copyright: str | None = None
    privacy_policy: str | None = None
    input_placeholder: str | None = None
    custom_disclaimer: str = ""
    show_workflow_steps: bool = True
    use_icon_as_answer_icon: bool = False


@dataclass
class AnnotationSettings:
    """How ready answers are given."""

    score_threshold: float
    provider: str
    model: str


@dataclass
class App:
    """An app. `config` is the model configuration of the simple modes; the others have workflows."""

    id: str
    name: str
    mode: Mode
    site: Site
    description: str = ""
    author_name: str = "Admin"
    icon_type: str = "emoji"
    icon: str | None = "🤖"
    icon_background: str | None = "#FFEAD5"
    tags: list[str] = field(default_factory=list[str])
    config: dict[str, Any] | None = None
    workflows: dict[str, Workflow] = field(default_factory=dict[str, Workflow])
    published: str | None = None
    enable_api: bool = True
    enable_site: bool = True
    max_active_requests: int = 0
    annotation_reply: AnnotationSettings | None = None
    created_at: int = 0
    workspace_id: str | None = None
    """Of the server's first workspace where it is None."""

    @property
    def workflow(self) -> Workflow | None:
        """The published version."""
        return self.workflows.get(self.published) if self.published else None

    @property
    def takes_query(self) -> bool:
        """Whether it is talked to; others take inputs alone."""
        return self.mode not in {"completion", "workflow"}

    @property
    def draft(self) -> Workflow | None:
        """The version that is being edited."""
        return next((one for one in self.workflows.values() if one.version == DRAFT), None)

    @property
    def features(self) -> dict[str, Any] | None:
        """What the app can do, in whichever place its mode keeps it; None where nothing is configured."""
        if self.mode in {"advanced-chat", "workflow"}:
            return self.workflow.features if self.workflow else None
        return self.config

    def feature(self, name: str) -> dict[str, Any]:
        """One feature's settings; empty where it is not configured."""
        found: dict[str, Any] | None = (self.features or {}).get(name)
        return found or {}

    @property
    def variables(self) -> list[dict[str, Any]]:
        """The variables of the input form, each with its `type`."""
        if self.mode in {"advanced-chat", "workflow"}:
            return self.workflow.start_variables if self.workflow else []
        forms: list[dict[str, Any]] = (self.config or {}).get("user_input_form", [])
        return [{"type": kind, **told} for form in forms for kind, told in form.items()]


@dataclass
class ApiKey:
    """A key of the service tier."""

    id: str
    token: str
    kind: Literal["app", "dataset"]
    app_id: str | None = None
    created_at: int = 0


@dataclass
class EndUser:
    """A person that an app serves."""

    id: str
    app_id: str
    session_id: str
    type: str = "service-api"
    is_anonymous: bool = False
    created_at: str = ""
    kept: list[str] = field(default_factory=list[str])
    """The ids of the messages that they keep, the newest last."""

    @property
    def comes_from(self) -> str:
        """Where they use the app, as logs have it."""
        return {"browser": "web-app", "mcp": "service-api", "account": "openapi"}.get(self.type, self.type)

    @property
    def account_id(self) -> str | None:
        """The account, where it is somebody with one."""
        return self.session_id if self.type == "account" else None


@dataclass
class Variable:
    """What a chatflow remembers of a conversation."""

    id: str
    name: str
    value_type: str
    value: Any
    description: str
    created_at: int
    updated_at: int


@dataclass
class Conversation:
    """A conversation. Completions have one each, which no list shows."""

    id: str
    app_id: str
    end_user_id: str
    name: str
    inputs: dict[str, Any]
    created_at: int
    updated_at: int
    introduction: str | None = None
    status: str = "normal"
    variables: dict[str, Variable] = field(default_factory=dict[str, Variable])
    is_pinned: bool = False


@dataclass
class Feedback:
    """A rating of a message."""

    id: str
    rating: str
    content: str | None
    end_user_id: str
    created_at: str
    updated_at: str


@dataclass
class Thought:
    """A step of an agent."""

    id: str
    position: int
    thought: str = ""
    observation: str = ""
    tool: str = ""
    tool_labels: dict[str, Any] = field(default_factory=dict[str, Any])
    tool_input: str = ""
    files: list[str] = field(default_factory=list[str])
    created_at: int = 0


@dataclass
class MessageFile:
    """A file of a message."""

    id: str
    type: str
    transfer_method: str
    belongs_to: Literal["user", "assistant"]
    filename: str = ""
    mime_type: str | None = None
    size: int = 0
    upload_file_id: str | None = None
    tool_file_id: str | None = None
    remote_url: str = ""


@dataclass
class Message:
    """A question and its answer."""

    id: str
    app_id: str
    conversation_id: str
    end_user_id: str
    query: str
    inputs: dict[str, Any]
    created_at: int
    answer: str = ""
    status: Literal["normal", "error", "paused"] = "normal"
    error: str | None = None
    usage: dict[str, Any] = field(default_factory=dict[str, Any])
    resources: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    thoughts: list[Thought] = field(default_factory=list[Thought])
    files: list[MessageFile] = field(default_factory=list[MessageFile])
    feedback: Feedback | None = None
    run_id: str | None = None
    parent_id: str | None = None
    metadata: AnswerMetadata | None = None


@dataclass
class Annotation:
    """A ready answer."""

    id: str
    app_id: str
    question: str
    answer: str
    created_at: int
    hit_count: int = 0


@dataclass
class Job:
    """Something that takes the server a while: at `due` it is done, and `error` tells whether it went well."""

    id: str
    about: str
    action: str
    due: float
    finish: Callable[[], str] = field(repr=False)
    done: bool = False
    error: str = ""


@dataclass
class UploadFile:
    """An uploaded file."""

    id: str
    name: str
    content: bytes
    mime_type: str
    created_by: str
    created_at: int
    app_id: str | None = None
    kind: str | None = None
    """The extension, where the name does not tell it."""

    @property
    def extension(self) -> str:
        if self.kind is not None:
            return self.kind
        return self.name.rpartition(".")[2].lower() if "." in self.name else ""


@dataclass
class ToolFile:
    """A file that a tool made."""

    id: str
    content: bytes
    extension: str
    mime_type: str
    filename: str = ""

    @property
    def name(self) -> str:
        return self.filename or f"{self.id}.{self.extension}"


@dataclass
class RemoteFile:
    """A file elsewhere, as its server would give it."""

    content: bytes
    mime_type: str = "application/octet-stream"
    name: str | None = None
    """The name that comes along; where there is none, the address tells."""


@dataclass
class Form:
    """A form that a paused run waits for."""

    id: str
    token: str
    app_id: str
    run_id: str
    node_id: str
    node_title: str
    content: str
    inputs: list[dict[str, Any]]
    actions: list[dict[str, Any]]
    defaults: dict[str, Any]
    expires_at: int
    channels: list[str] = field(default_factory=list[str])
    display_in_ui: bool = True
    submitted: dict[str, Any] | None = None
    action: str | None = None
    upload_tokens: list[str] = field(default_factory=list[str], repr=False)


@dataclass
class Task:
    """Something that is running and can be stopped."""

    id: str
    app_id: str
    end_user_id: str
    stopped: bool = False
    over: bool = False


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
        self.accounts = Accounts(self.ids)
        self.devices = Devices(self.clock, Ids(f"{seed} devices"))
        """The programs that were let in."""
        self.provider_is_ready = True
        """Whether the model provider has its credentials."""
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
        self.logo: RemoteFile | None = None
        """What the pages of the workspace show in the place of the platform's own logo."""
        self.bearer_passports = False
        """Whether passports travel as before 1.9: in `Authorization`, and nowhere else."""
        self.enterprise: Enterprise | None = None
        """What an enterprise server knows; the community edition has none of it."""
        self.imports = Imports(self.clock)
        self.mcp_servers: dict[str, McpServer] = {}
        self.forms: dict[str, Form] = {}
        self.limits = Limits(self.clock)
        self.runs: dict[str, Run] = {}
        self.tasks: dict[str, Task] = {}
        self.knowledge = Knowledge(self.upload_files)
        self.triggering = Triggering()
        self.interior = Interior.of(Ids(f"{seed} inner"))  # apart, for the same reason
        self.retrieve: Retrieve = partial(records_for_node, self)

    def end_user(self, app: App, name: str | None) -> EndUser:
        """The end user of an app by the caller's name for them; made where there is none."""
        session = name or DEFAULT_USER
        return self.person(app, session, "service-api", is_anonymous=session == DEFAULT_USER)

    def visitor(self, app: App, session_id: str | None, *, is_anonymous: bool = True) -> EndUser:
        """Somebody on an app's page, by a name of their own; without one it is somebody new."""
        return self.person(app, session_id or self.ids.uuid(), "browser", is_anonymous=is_anonymous)

    def workspace_of(self, app: App) -> str:
        """The id of the workspace that an app belongs to."""
        return app.workspace_id or self.workspace_id

    def account_of(self, user: EndUser) -> Account | None:
        """The account of somebody who uses an app, if they have one."""
        return self.accounts.known.get(user.account_id or "")

    @property
    def owner(self) -> Account:
        """The account of the one who has set the server up."""
        return self.accounts.known[self.owner_id]

    def person(self, app: App, session_id: str, kind: str, *, is_anonymous: bool = False) -> EndUser:
        """The end user of an app by where they come from and their name there; made where there is none."""
        known = (one for one in self.end_users.values() if (one.app_id, one.session_id, one.type) == (app.id, session_id, kind))
        found = next(known, None)
        if found is None:
            found = EndUser(self.ids.uuid(), app.id, session_id, kind, is_anonymous, self.clock.iso())
            self.end_users[found.id] = found
        return found

    def first_app(self, mode: Mode) -> App:
        """The oldest app of a mode."""
        return next(one for one in self.apps.values() if one.mode == mode)

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

"""What a world holds: its kinds of things. What they are to each other, `world.py` says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

if TYPE_CHECKING:
    from dify_sdk.shared.usage import AnswerMetadata

    from .llm import Prompt

Mode: TypeAlias = Literal["chat", "completion", "agent-chat", "advanced-chat", "workflow"]
DEFAULT_USER = "DEFAULT-USER"
DRAFT = "draft"
"""The version of a workflow that is not published."""
DEBUGGER = "debugger"
"""The type of those who try an app out in the console."""
NO_PARENT = "00000000-0000-0000-0000-000000000000"
"""The parent of messages in tiers that know no branches."""
_ACCOUNTS = frozenset({"account", "explore", DEBUGGER})
"""The types of those who have an account; it is their name."""


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
    marked_name: str = ""
    marked_comment: str = ""

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
    icon_type: str | None = "emoji"
    icon: str | None = "🤖"
    icon_background: str | None = "#FFEAD5"
    default_language: str = "en-US"
    chat_color_theme: str | None = None
    chat_color_theme_inverted: bool = False
    description: str | None = None
    copyright: str | None = None
    privacy_policy: str | None = None
    input_placeholder: str | None = None
    custom_disclaimer: str = ""
    customize_domain: str | None = None
    customize_token_strategy: str = "not_allow"  # noqa: S105  # a choice, not a secret
    prompt_public: bool = False
    show_workflow_steps: bool = True
    use_icon_as_answer_icon: bool = False
    updated_by: str | None = None
    updated_at: int = 0


@dataclass
class AnnotationSettings:
    """How ready answers are given."""

    id: str
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
    icon_type: str | None = "emoji"
    icon: str | None = "🤖"
    icon_background: str | None = "#FFEAD5"
    use_icon_as_answer_icon: bool = False
    config: dict[str, Any] | None = None
    configured_by: str | None = None
    configured_at: int = 0
    workflows: dict[str, Workflow] = field(default_factory=dict[str, Workflow])
    published: str | None = None
    enable_api: bool = True
    enable_site: bool = True
    max_active_requests: int | None = None
    annotation_reply: AnnotationSettings | None = None
    created_by: str | None = None
    created_at: int = 0
    updated_by: str | None = None
    updated_at: int = 0
    starred_by: set[str] = field(default_factory=set[str])
    """The accounts that have starred it."""
    workspace_id: str | None = None
    """Of the server's first workspace where it is None."""

    @property
    def workflow(self) -> Workflow | None:
        """The published version."""
        return self.workflows.get(self.published) if self.published else None

    def touch(self, account_id: str | None, at: int) -> None:
        """Note who has changed it, and when."""
        self.updated_by, self.updated_at = account_id, at

    def configure(self, config: dict[str, Any], account_id: str | None, at: int) -> None:
        """Give an app of a simple mode its configuration, which is published at once."""
        self.config, self.configured_by, self.configured_at = config, account_id, at
        self.touch(account_id, at)

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
    last_used_at: int | None = None


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
        return {"browser": "web-app", "mcp": "service-api", "account": "openapi", "explore": "installed-app"}.get(self.type, self.type)

    @property
    def account_id(self) -> str | None:
        """The account, where it is somebody with one."""
        return self.session_id if self.type in _ACCOUNTS else None

    @property
    def source(self) -> Literal["api", "console"]:
        """Where they use the app, as messages have it."""
        return "console" if self.account_id else "api"


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
    config: dict[str, Any] | None = None
    """The app's configuration when it began."""
    read_at: int | None = None
    """When somebody first looked at it in the console."""


FeedbackSource: TypeAlias = Literal["user", "admin"]


@dataclass
class Feedback:
    """A rating of a message, by its end user or by somebody with an account."""

    id: str
    rating: str
    content: str | None
    end_user_id: str | None
    account_id: str | None
    created_at: str
    updated_at: str

    @property
    def source(self) -> FeedbackSource:
        """Who has rated."""
        return "admin" if self.account_id else "user"


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
    tokens: int = 0
    error: str | None = None
    """Why the tool failed, if it did."""


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
    feedbacks: dict[FeedbackSource, Feedback] = field(default_factory=dict[FeedbackSource, Feedback])
    run_id: str | None = None
    parent_id: str | None = None
    metadata: AnswerMetadata | None = None
    prompts: Sequence[Prompt] = ()
    """What the model was given; chatflows keep that with their runs."""

    @property
    def feedback(self) -> Feedback | None:
        """What its end user thinks of it."""
        return self.feedbacks.get("user")


@dataclass
class Hit:
    """A ready answer was given: the question that was asked, and what it matched and got."""

    id: str
    message_id: str
    question: str
    match: str
    response: str
    score: float
    source: Literal["api", "console"]
    created_at: int


@dataclass
class Annotation:
    """A ready answer, and the message that it was made of."""

    id: str
    app_id: str
    question: str
    answer: str
    account_id: str
    created_at: int
    message_id: str | None = None
    hits: list[Hit] = field(default_factory=list[Hit])


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
    workspace_id: str | None = None
    """Of the server's first workspace where it is None."""

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

"""Questions to apps, and the messages that they become: what is checked, what is kept, and what may be said without a model."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from dify_sdk._models import Model
from dify_sdk._steps import Pause
from dify_sdk.shared.usage import AnnotationAuthor, AnnotationReply, AnswerMetadata, RetrieverResource, Usage

from .attachments import Attachment, attachments, message_file
from .inputs import checked_inputs
from .llm import NO_USAGE, ModelError
from .providers import check_ready, missing
from .refusals import invalid
from .state import NO_PARENT, Annotation, App, Conversation, EndUser, Hit, Message, Task
from .visit import Visit, configured
from .world import World

Happening: TypeAlias = Iterator[Model | Pause]


@dataclass(frozen=True)
class Asked:
    """A question as the call brought it."""

    query: str
    inputs: Mapping[str, Any]
    user: str | None
    files: Sequence[Mapping[str, Any]] | None = None
    conversation_id: str | None = None
    auto_name: bool = False
    workflow_id: str | None = None
    parent_id: str | None = NO_PARENT
    """The message that it answers; some tiers know no branches."""


@dataclass
class Turn:
    """A message that is being answered."""

    world: World
    app: App
    user: EndUser
    conversation: Conversation
    message: Message
    task: Task
    base_url: str
    annotation: Annotation | None = None
    context: str = ""
    """What knowledge has on the question."""
    failure: ModelError | None = None
    latency: float = 0.0
    spoken: int = field(default=0, repr=False)
    """How many pieces of the answer were told aloud."""

    @property
    def ids(self) -> dict[str, Any]:
        """What every event carries."""
        named = {} if self.app.mode == "completion" else {"conversation_id": self.conversation.id}
        return {**named, "message_id": self.message.id, "created_at": self.message.created_at, "task_id": self.task.id}

    def reply(self, metadata: AnswerMetadata | None = None) -> dict[str, Any]:
        """The fields of a whole answer."""
        message = self.message
        return {
            "event": "message",
            "task_id": self.task.id,
            "id": message.id,
            "message_id": message.id,
            "mode": self.app.mode,
            "answer": message.answer,
            "metadata": metadata or self.metadata(blocking=True),
            "created_at": message.created_at,
        }

    def metadata(self, *, blocking: bool) -> AnswerMetadata:
        """What comes with the finished answer. A stream leaves out what is null."""
        kept = self.message.usage if blocking else {name: value for name, value in self.message.usage.items() if value is not None}
        told: dict[str, Any] = {"retriever_resources": self.resources(blocking=blocking), "usage": Usage(**kept), "reasoning": {}}
        if self.annotation is not None:
            author = self.world.accounts.known.get(self.annotation.account_id)
            told["annotation_reply"] = AnnotationReply(
                id=self.annotation.id, account=AnnotationAuthor(id=author.id, name=author.name) if author else None
            )
        elif blocking:
            told["annotation_reply"] = None
        return AnswerMetadata(**told)

    def resources(self, *, blocking: bool) -> list[RetrieverResource]:
        """The knowledge that the answer rests on."""
        rows = self.message.resources
        return [
            RetrieverResource(**(row if blocking else {name: value for name, value in row.items() if value is not None})) for row in rows
        ]


def ask(visit: Visit, asked: Asked) -> Turn:
    """Put a question to an app of a simple mode, after all checks; the answer is still to come."""
    conversation = visit.conversation(asked.conversation_id, asked.user) if asked.conversation_id else None
    user = visit.end_user(asked.user)
    check_room(visit.world, visit.app)
    if not asked.query and visit.app.mode != "completion":
        raise invalid("query is required")
    inputs = checked_inputs(visit.app.variables, asked.inputs)
    return begin(visit, asked, user, inputs, attachments(visit, user, asked.files), conversation)


def begin(
    visit: Visit, asked: Asked, user: EndUser, inputs: dict[str, Any], files: list[Attachment], conversation: Conversation | None
) -> Turn:
    """Put what was checked into the world."""
    world, app = visit.world, visit.app
    _check_model(world, app)
    now = world.clock.seconds()
    if conversation is None:
        name = "Stub Title" if asked.auto_name and "[[" not in asked.query else asked.query[:75]
        conversation = Conversation(world.ids.uuid(), app.id, user.id, name, inputs, now, now)
        conversation.introduction, conversation.config = introduction(app, inputs), app.config
        world.conversations[conversation.id] = conversation
    conversation.updated_at = now
    message = Message(world.ids.uuid(), app.id, conversation.id, user.id, asked.query, inputs, now)
    message.parent_id = asked.parent_id
    message.files = [message_file(world, one) for one in files]
    world.messages[message.id] = message
    return Turn(world, app, user, conversation, message, world.begin(app, user), visit.request.base_url)


def check_room(world: World, app: App) -> None:
    """Refuse more runs at once than the app allows."""
    running = sum(1 for task in world.tasks.values() if task.app_id == app.id and not task.over)
    if app.max_active_requests and running >= app.max_active_requests:
        raise invalid(
            "Too many requests. Please try again later. The current maximum concurrent requests allowed for "
            f"{app.id} is {app.max_active_requests}."
        )


def _check_model(world: World, app: App) -> None:
    """Refuse an app of a simple mode that has no model to ask."""
    if app.mode in {"advanced-chat", "workflow"}:
        return
    model = configured(app)["model"]
    if missed := missing(model["provider"], "llm", model["name"]):
        raise invalid(missed)
    check_ready(world)


def introduction(app: App, inputs: Mapping[str, Any]) -> str | None:
    """The opening statement with its variables filled in."""
    text = (app.features or {}).get("opening_statement")
    for name, value in inputs.items():
        text = text.replace("{{" + name + "}}", "" if value is None else str(value)) if text else text
    return text


def ready_answer(turn: Turn) -> str | None:
    """What is said in the model's place: a refusal of forbidden words, or a ready answer."""
    app, message = turn.app, turn.message
    rules = moderation(app, "inputs_config")
    if rules and any(word in f"{message.query} {json.dumps(message.inputs)}" for word in keywords(app)):
        return str(rules["preset_response"])
    settings = app.annotation_reply
    if settings is None or app.mode == "completion":
        return None
    alike = [(_likeness(one.question, message.query), one) for one in turn.world.annotations.values() if one.app_id == app.id]
    likeness, best = max(alike, key=lambda pair: pair[0], default=(0.0, None))
    if best is None or likeness < settings.score_threshold:
        return None
    now = turn.world.clock.seconds()
    best.hits.append(Hit(turn.world.ids.uuid(), message.id, message.query, best.question, best.answer, likeness, turn.user.source, now))
    turn.annotation = best
    message.usage = dict(NO_USAGE)
    return best.answer


def _likeness(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one.lower(), other.lower()).ratio()


def moderation(app: App, part: str) -> dict[str, Any] | None:
    rules = app.feature("sensitive_word_avoidance")
    config: dict[str, Any] = rules.get("config") or {}
    found: dict[str, Any] = config.get(part) or {}
    return found if rules.get("enabled") and found.get("enabled") else None


def keywords(app: App) -> list[str]:
    config: dict[str, Any] = app.feature("sensitive_word_avoidance").get("config") or {}
    return [word for word in str(config.get("keywords", "")).splitlines() if word]

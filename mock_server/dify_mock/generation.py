"""How the simple modes answer: chats, agents and completions, as events.

A blocking call runs the same events to their end and answers what they came to.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from dify_sdk._models import Model, UnknownEvent
from dify_sdk._steps import Pause
from dify_sdk.shared.events import (
    AgentMessageEvent,
    AgentThoughtEvent,
    MessageEndEvent,
    MessageEvent,
    MessageFileEvent,
    MessageReplaceEvent,
    TTSMessageEndEvent,
    TTSMessageEvent,
)
from dify_sdk.shared.files import AnswerFile
from dify_sdk.shared.usage import AnnotationAuthor, AnnotationReply, AnswerMetadata, RetrieverResource, Usage

from .attachments import Attachment, attachments, file_url, message_file
from .inputs import checked_inputs
from .knowledge.citing import CONTEXT_PROMPT, context_for_app
from .knowledge.retrieval import RetrievalError
from .llm import NO_USAGE, Answering, ModelError, Prompt, pieces_of, usage
from .providers import check_ready, missing
from .refusals import invalid
from .state import NO_PARENT, Annotation, App, Conversation, EndUser, Hit, Message, MessageFile, Task, Thought
from .tools import TOOLS, ToolError
from .visit import Visit, configured
from .world import World

Happening: TypeAlias = Iterator[Model | Pause]
_REPEATED_CHARACTERS: Final = 120  # of what a tool gave
_CHECKED_CHARACTERS: Final = 300  # of an answer, between two looks for forbidden words
_SOUND: Final = "//uQxAAAAAAAAAAAAAAAAAAAAAAA"  # the head of an mp3


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
    _spoken: int = field(default=0, repr=False)

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
        conversation.introduction = introduction(app, inputs)
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


def answer(turn: Turn) -> Happening:
    """The events of an answer in one of the simple modes."""
    turn.message.usage = usage(0, 0, latency=0.0, first=None)
    try:
        preset = ready_answer(turn)
        if preset is None and turn.app.mode != "agent-chat":
            _look_up(turn)
        turn.message.prompts = prompts(turn)
        if preset is not None:
            yield from _said(turn, preset, turn.message.usage)
        elif turn.app.mode == "agent-chat":
            yield from _agent(turn)
        else:
            yield from _model(turn, lambda piece: _piece(turn, piece))
        yield _end(turn)
        yield from _speech(turn, over=True)
    except ModelError as error:
        turn.failure = error
        turn.message.status, turn.message.error, turn.message.answer = "error", error.message, ""  # it is saved when it is whole
        yield failed(turn, error)
    finally:
        turn.task.over = True
        turn.message.usage["latency"] = turn.latency


def failed(turn: Turn, error: ModelError) -> UnknownEvent:
    """The event of a failure: it carries no task."""
    ids = {name: value for name, value in turn.ids.items() if name != "task_id"}
    code, status = ("rate_limit_error", 429) if error.is_rate_limit else ("completion_request_error", 400)
    return UnknownEvent.model_validate({"event": "error", **ids, "code": code, "status": status, "message": error.message})


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


def _said(turn: Turn, text: str, cost: dict[str, Any]) -> Happening:
    """A ready text, letter by letter."""
    turn.message.usage = cost
    for letter in text:
        turn.message.answer += letter
        yield _piece(turn, letter)


def _piece(turn: Turn, piece: str) -> MessageEvent:
    return MessageEvent(**turn.ids, id=turn.message.id, answer=piece, from_variable_selector=[])


def _model(turn: Turn, event_of: Callable[[str], Model], asked: str | None = None, before: str = "") -> Happening:
    """The model's words, until it is done, stopped, or says what it must not. `before` came earlier in the same answer."""
    answering = Answering(prompts(turn, asked))
    rules = moderation(turn.app, "outputs_config")
    unchecked = 0
    for piece in answering:
        if isinstance(piece, Pause):
            turn.latency += piece.seconds
            yield piece
            continue
        if turn.task.stopped:
            turn.message.usage = usage(0, 0, latency=turn.latency, first=None)
            return
        turn.message.answer = before + answering.text
        yield event_of(piece)
        yield from _speech(turn)
        unchecked += len(piece)
        if rules and unchecked >= _CHECKED_CHARACTERS:
            unchecked = 0
            if any(word in answering.text for word in keywords(turn.app)):
                break
    if rules and any(word in answering.text for word in keywords(turn.app)):
        turn.message.answer = str(rules["preset_response"])
        turn.message.usage = usage(0, 0, latency=turn.latency, first=None)
        yield MessageReplaceEvent(**turn.ids, answer=turn.message.answer, reason="")
        return
    yield event_of("")
    cost = answering.usage()
    turn.message.usage = {**cost, "latency": turn.latency}


def _look_up(turn: Turn) -> None:
    """Look into the app's knowledge."""
    question = turn.message.query
    if turn.app.mode == "completion":
        question = str(turn.message.inputs.get((turn.app.config or {}).get("dataset_query_variable") or "") or "")
    try:
        turn.context, cited = context_for_app(turn.world, turn.app.feature("dataset_configs"), question)
    except RetrievalError as error:
        raise ModelError(str(error), "InvokeBadRequestError") from error
    turn.message.resources = cited if turn.app.feature("retriever_resource").get("enabled") else []


def prompts(turn: Turn, asked: str | None = None) -> list[Prompt]:
    """What the model is given: the app's prompt, what was said before, and the question."""
    app, message = turn.app, turn.message
    template = str((app.config or {}).get("pre_prompt") or "")
    for name, value in message.inputs.items():
        template = template.replace("{{" + name + "}}", "" if value is None else str(value))
    if turn.context:
        template = CONTEXT_PROMPT.replace("{context}", turn.context) + template
    if app.mode == "completion":
        return [Prompt("user", template or message.query)]
    given = [Prompt("system", template)] if template else []
    for earlier in turn.world.said_before(message):
        if earlier.status == "normal":
            given += [Prompt("user", earlier.query), Prompt("assistant", earlier.answer)]
    return [*given, Prompt("user", asked if asked is not None else message.query)]


def _agent(turn: Turn) -> Happening:
    """An agent thinks, calls the tool it was told to, and thinks again."""
    world, message = turn.world, turn.message
    thought = _new_thought(turn)
    yield _thought(turn, thought)
    name = Answering(prompts(turn)).wanted_tool
    if name is None:
        yield from _model(turn, lambda piece: _agent_piece(turn, piece))
        thought.thought, thought.tokens = message.answer, message.usage["total_tokens"]
        if not turn.task.stopped:
            yield _thought(turn, thought)
        return
    for piece in ("Let me use a tool. ", "", ""):
        message.answer += piece
        yield _agent_piece(turn, piece)
    tool = TOOLS.get(name)
    arguments = tool.example if tool else {}
    thought.thought, thought.tool = message.answer, name
    thought.tool_labels = {name: {"en_US": name, "zh_Hans": name}}
    thought.tool_input = json.dumps({name: arguments})
    yield _thought(turn, thought)
    try:
        if tool is None:
            raise ToolError(f"there is not a tool named {name}")
        given = tool.call(arguments)
        observed = given.text
        for content, extension, mime_type in given.files:
            made = world.tool_file(content, extension, mime_type)
            file = MessageFile(
                world.ids.uuid(),
                "image",
                "tool_file",
                "assistant",
                f"{made.id}.{extension}",
                "application/octet-stream",
                tool_file_id=made.id,
            )
            message.files.append(file)
            thought.files.append(file.id)
            url = file_url(world, turn.base_url, file)
            yield MessageFileEvent(**turn.ids, id=file.id, type=file.type, belongs_to="assistant", url=url)
    except ToolError as error:
        observed = thought.error = str(error)
    thought.observation = json.dumps({name: observed})
    yield _thought(turn, thought)
    last = _new_thought(turn)
    yield _thought(turn, last)
    before = message.answer
    said = f"The tool said: {observed[:_REPEATED_CHARACTERS]}"
    for piece in [*pieces_of(said), ""]:
        message.answer += piece
        yield _agent_piece(turn, piece)
    message.usage = usage(len(f"{message.query} {observed}".split()), len(said.split()), latency=turn.latency)
    last.thought, last.tokens = message.answer.removeprefix(before), message.usage["total_tokens"]
    yield _thought(turn, last)


def _new_thought(turn: Turn) -> Thought:
    thought = Thought(turn.world.ids.uuid(), len(turn.message.thoughts) + 1, created_at=turn.world.clock.seconds())
    turn.message.thoughts.append(thought)
    return thought


def _thought(turn: Turn, thought: Thought) -> AgentThoughtEvent:
    return AgentThoughtEvent(
        **turn.ids,
        id=thought.id,
        position=thought.position,
        thought=thought.thought,
        observation=thought.observation,
        tool=thought.tool,
        tool_labels=thought.tool_labels,
        tool_input=thought.tool_input,
        message_files=list(thought.files),
    )


def _agent_piece(turn: Turn, piece: str) -> AgentMessageEvent:
    return AgentMessageEvent(**turn.ids, id=turn.message.id, answer=piece)


def _end(turn: Turn) -> MessageEndEvent:
    turn.message.metadata = turn.metadata(blocking=True)
    files: list[Any] = [answer_file(turn, one) for one in turn.message.files]
    return MessageEndEvent(**turn.ids, id=turn.message.id, metadata=turn.metadata(blocking=False), files=files)


def answer_file(turn: Turn, file: MessageFile) -> AnswerFile:
    """A file of a message as its end tells it."""
    return AnswerFile(
        related_id=file.id,
        extension=f".{file.filename.rpartition('.')[2]}" if "." in file.filename else "",
        filename=file.filename,
        size=file.size,
        mime_type=file.mime_type,
        transfer_method=file.transfer_method,
        type=file.type,
        url=file_url(turn.world, turn.base_url, file),
        upload_file_id=file.upload_file_id or file.tool_file_id,
        remote_url=file.remote_url,
    )


def _speech(turn: Turn, *, over: bool = False) -> Happening:
    """The answer aloud, where the app speaks by itself: a first piece on the way, the rest at the end."""
    settings = turn.app.feature("text_to_speech")
    if not settings.get("enabled") or settings.get("autoPlay") != "enabled":
        return
    if over or (not turn._spoken and len(turn.message.answer.split()) > 3):
        turn._spoken += 1
        yield TTSMessageEvent(**turn.ids, audio=_SOUND)
    if over:
        yield TTSMessageEndEvent(**turn.ids, audio="")


def moderation(app: App, part: str) -> dict[str, Any] | None:
    rules = app.feature("sensitive_word_avoidance")
    config: dict[str, Any] = rules.get("config") or {}
    found: dict[str, Any] = config.get(part) or {}
    return found if rules.get("enabled") and found.get("enabled") else None


def keywords(app: App) -> list[str]:
    config: dict[str, Any] = app.feature("sensitive_word_avoidance").get("config") or {}
    return [word for word in str(config.get("keywords", "")).splitlines() if word]

"""How a chatflow answers: its workflow is run, and what it says is a message of the conversation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from dify_sdk.shared.events import MessageEndEvent, MessageEvent, MessageReplaceEvent, WorkflowFinishedEvent, WorkflowPausedEvent
from dify_sdk.shared.runs import ChatReply, PausedChatData
from dify_sdk.shared.usage import AnswerMetadata, RetrieverResource, Usage

from .attachments import attachments
from .generation import Asked, Turn, begin, check_room, keywords, moderation, ready_answer
from .llm import NO_USAGE
from .refusals import Refusal, invalid
from .state import Conversation, Variable, Workflow
from .visit import Visit
from .workflow import following, starting
from .workflow.engine import Engine
from .workflow.run import Pieces
from .workflow.telling import reasons, refused, waiting_forms
from .workflow.usage import added
from .workflow.values import files_in
from .world import World

_NO_RUN: Final = "Workflow stream ended without a terminal event"


def send(visit: Visit, asked: Asked) -> ChatReply:
    """Answer when all is said."""
    workflow = _workflow(visit, asked)
    taken = _taken(visit, asked, workflow)
    if isinstance(taken, Refusal):
        raise taken
    turn, given = taken
    text = ready_answer(turn)
    if text is not None:
        _say(turn, text)
        return _reply(turn, _metadata(turn))
    answering = Answering(turn, starting.begin(visit, turn.user, workflow, given, turn.task, turn.conversation, turn.message))
    following.launch(answering.run, answering.begin())
    following.finish(visit, answering.run)
    return answering.reply()


def stream(visit: Visit, asked: Asked) -> Iterator[Any]:
    """Answer while the run goes on."""
    world, workflow = visit.world, _workflow(visit, asked)
    taken = _taken(visit, asked, workflow)
    if isinstance(taken, Refusal):
        return following.refused(refused(world.ids.uuid(), workflow.id, asked.inputs, taken.message, world.clock.seconds()))
    turn, given = taken
    text = ready_answer(turn)
    if text is not None:
        _say(turn, text)
        never = refused(world.ids.uuid(), workflow.id, asked.inputs, _NO_RUN, world.clock.seconds())
        said = MessageEvent(**turn.ids, id=turn.message.id, answer=text, from_variable_selector=[])
        end = MessageEndEvent(**turn.ids, id=turn.message.id, metadata=_metadata(turn), files=[])
        return following.refused([said, end, *never])
    answering = Answering(turn, starting.begin(visit, turn.user, workflow, given, turn.task, turn.conversation, turn.message))
    following.launch(answering.run, answering.begin())
    return following.begun(world, answering.run)


def _workflow(visit: Visit, asked: Asked) -> Workflow:
    return starting.version(visit, asked.workflow_id) if asked.workflow_id else starting.published(visit)


def _taken(visit: Visit, asked: Asked, workflow: Workflow) -> tuple[Turn, starting.Given] | Refusal:
    """The question as it comes into the world, or what is wrong with it."""
    world, app = visit.world, visit.app
    before = visit.conversation(asked.conversation_id, asked.user) if asked.conversation_id else None
    check_room(world, app)
    if not asked.query:
        return invalid("query is required")
    user = visit.end_user(asked.user)
    given = starting.given(visit, user, workflow, asked.inputs, asked.files)
    if isinstance(given, Refusal):
        return given
    turn = begin(visit, asked, user, given.inputs, attachments(visit, user, asked.files), before)
    _remember(world, workflow, turn.conversation)
    return turn, given


def _remember(world: World, workflow: Workflow, conversation: Conversation) -> None:
    """A conversation has the variables of the workflow, from its first message on."""
    known = {one.name for one in conversation.variables.values()}
    now = world.clock.seconds()
    for told in workflow.conversation_variables:
        if told["name"] not in known:
            made = Variable(world.ids.uuid(), told["name"], told["value_type"], told.get("value"), told.get("description", ""), now, now)
            conversation.variables[made.id] = made


def _say(turn: Turn, text: str) -> None:
    """A ready answer: nothing is run for it."""
    turn.message.answer, turn.message.usage, turn.task.over = text, dict(NO_USAGE), True


def _metadata(turn: Turn, reasoning: Mapping[str, str] | None = None) -> AnswerMetadata:
    """What comes with the answer; of a ready one nobody tells where it is from."""
    message = turn.message
    told: dict[str, Any] = {
        "retriever_resources": [RetrieverResource(**one) for one in message.resources],
        "usage": None if message.status == "paused" else Usage(**message.usage),
        "reasoning": dict(reasoning or {}),
    }
    message.metadata = AnswerMetadata(**told) if turn.annotation else AnswerMetadata(annotation_reply=None, **told)
    return message.metadata


def _reply(turn: Turn, metadata: AnswerMetadata) -> ChatReply:
    return ChatReply(**turn.reply(metadata), conversation_id=turn.conversation.id)


class Answering:
    """A message and the run that writes it."""

    def __init__(self, turn: Turn, engine: Engine) -> None:
        self.turn, self.run, self._engine = turn, engine.run, engine

    def begin(self) -> Pieces:
        """The events from the start."""
        yield from self._written(self._engine.begin())

    def _resume(self) -> Pieces:
        self.turn.message.status = "normal"
        yield from self._written(self._engine.resume())

    def _written(self, events: Pieces) -> Pieces:
        """What the run says goes into the message; the message ends before the run does."""
        message = self.turn.message
        for event in events:
            if isinstance(event, MessageEvent):
                message.answer += event.answer
            elif isinstance(event, WorkflowPausedEvent):
                message.status, self.run.resume = "paused", self._resume
            elif isinstance(event, WorkflowFinishedEvent):
                yield from self._ended()
            yield event

    def _ended(self) -> Pieces:
        turn, run, message = self.turn, self.run, self.turn.message
        message.usage, message.resources = self._usage(), self._resources()
        if run.status == "failed":
            message.status, message.error, message.answer = "error", f"Run failed: {run.error}", ""  # it is saved when it is whole
            return
        if run.status == "stopped":
            return
        rules = moderation(turn.app, "outputs_config")
        if rules and any(word in message.answer for word in keywords(turn.app)):
            message.answer = str(rules["preset_response"])
            yield MessageReplaceEvent(**turn.ids, answer=message.answer, reason="output_moderation")
        files: list[Any] = files_in(run.outputs)
        yield MessageEndEvent(**turn.ids, id=message.id, metadata=_metadata(turn, self._engine.reasoning), files=files)

    def _usage(self) -> dict[str, Any]:
        """What the run's models used together; the first token is counted from the question."""
        usages = self._engine.usages
        if not usages:
            return dict(NO_USAGE)
        first = self._engine.first_text or 0.0
        return {**added(usages), "time_to_first_token": round(first, 3), "time_to_generate": round(self.run.seconds - first, 3)}

    def _resources(self) -> list[dict[str, Any]]:
        return self._engine.resources if self.turn.app.feature("retriever_resource").get("enabled") else []

    def reply(self) -> ChatReply:
        """The answer as the blocking call gives it; where the run waits, with its forms."""
        run, turn = self.run, self.turn
        if run.status == "failed":
            raise invalid(f"Run failed: {run.error}")
        reply = _reply(turn, _metadata(turn, self._engine.reasoning))
        if run.status != "paused":
            return reply
        data = PausedChatData(
            id=reply.id,
            mode=reply.mode,
            conversation_id=reply.conversation_id,
            message_id=reply.message_id,
            workflow_run_id=run.id,
            answer=reply.answer,
            metadata=reply.metadata,
            created_at=reply.created_at,
            paused_nodes=[form.node_id for form in waiting_forms(turn.world, run)],
            reasons=reasons(turn.world, run),
            status="paused",
            elapsed_time=round(run.seconds, 6),
            total_tokens=run.total_tokens,
            total_steps=run.total_steps,
        )
        reply.event, reply.workflow_run_id, reply.data = "workflow_paused", run.id, data
        return reply

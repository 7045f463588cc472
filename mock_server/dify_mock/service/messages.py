"""Handlers: messages and what users think of them."""

from __future__ import annotations

from dify_sdk._models import Listing
from dify_sdk._params import OMIT, Omit
from dify_sdk.service import messages as told
from dify_sdk.service.messages import Messages, Rating
from dify_sdk.shared.forms import SubmittedForm, WaitingForm
from dify_sdk.shared.results import Result

from .. import world as held
from ..attachments import file_url
from ..generation import NO_PARENT
from ..paging import before
from ..refusals import bad_request, invalid
from ..registry import CHATS, handles
from ..visit import Visit
from ..workflow.telling import form_facts

_QUESTIONS = ["What is a stub?", "How does it work?", "Why use one?"]


@handles(Messages.list, modes=CHATS, payload="MessageListQuery")
def list_messages(
    visit: Visit, *, conversation_id: str, user: str | None = None, first_id: str | None = None, limit: int = 20
) -> Listing[told.Message]:
    conversation = visit.conversation(conversation_id, user)
    messages = list(visit.world.messages_of(conversation.id))
    cut = before(messages, first_id, limit, missing="First Message Not Exists.")
    return cut.listing([tell(visit, one) for one in cut.rows], has_more=cut.has_next, limit=limit)


@handles(Messages.get, modes=CHATS)
def get(visit: Visit, message_id: str, *, user: str | None = None) -> told.Message:
    message = visit.message(message_id, user)
    visit.conversation(message.conversation_id, user)  # whose runs go on by being looked at
    return tell(visit, message)


@handles(Messages.feedback, payload="MessageFeedbackPayload")
def feedback(
    visit: Visit, message_id: str, *, rating: Rating | Omit | None = OMIT, content: str | Omit | None = OMIT, user: str | None = None
) -> Result:
    message = visit.message(message_id, user)
    given = None if rating is OMIT else rating
    text = None if content is OMIT else content
    now = visit.world.clock.iso()
    if given is None and message.feedback is None:
        raise invalid("rating cannot be None when feedback not exists")
    if given is None:
        message.feedback = None
    elif message.feedback is None:
        message.feedback = held.Feedback(visit.world.ids.uuid(), given, text, message.end_user_id, now, now)
    else:
        message.feedback.rating, message.feedback.content, message.feedback.updated_at = given, text, now
    return Result(result="success")


@handles(Messages.suggested, modes=CHATS)
def suggested(visit: Visit, message_id: str, *, user: str | None = None) -> told.SuggestedQuestions:
    visit.message(message_id, user)
    if not visit.app.feature("suggested_questions_after_answer").get("enabled"):
        raise bad_request("Suggested Questions Is Disabled.")
    return told.SuggestedQuestions(result="success", data=list(_QUESTIONS))


def tell(visit: Visit, message: held.Message) -> told.Message:
    """A message as the wire has it."""
    usage = message.usage
    return told.Message(
        id=message.id,
        conversation_id=message.conversation_id,
        parent_message_id=NO_PARENT,  # the service tier knows no branches
        inputs=message.inputs,
        query=message.query,
        answer=message.answer,
        feedback=told.Feedback(rating=message.feedback.rating) if message.feedback else None,
        retriever_resources=[_resource(visit.world, one) for one in message.resources],
        created_at=message.created_at,
        agent_thoughts=[_thought(message, one) for one in message.thoughts],
        message_files=[_file(visit, one) for one in message.files],
        message_tokens=usage.get("prompt_tokens", 0),
        answer_tokens=usage.get("completion_tokens", 0),
        total_tokens=usage.get("total_tokens", 0),
        provider_response_latency=usage.get("latency", 0.0),
        total_price=usage.get("total_price", "0E-7"),
        currency=usage.get("currency", "USD"),
        status=message.status,
        error=message.error,
        extra_contents=extra_contents(visit.world, message),
    )


def extra_contents(world: held.World, message: held.Message) -> list[told.ExtraContent]:
    """The forms that belong to a message, waiting or filled."""
    forms = [one for one in world.forms.values() if message.run_id and one.run_id == message.run_id]
    return [_form(world, one) for one in forms]


def _form(world: held.World, form: held.Form) -> told.ExtraContent:
    waits = form.action is None
    definition = WaitingForm(**form_facts(form), display_in_ui=form.display_in_ui)
    return told.ExtraContent(
        type="human_input",
        workflow_run_id=form.run_id,
        submitted=not waits,
        form_definition=definition if waits else None,
        form_submission_data=None if waits else _submitted(world, form),
    )


def _submitted(world: held.World, form: held.Form) -> SubmittedForm:
    node = next((one for one in world.runs[form.run_id].executions if one.id == form.id), None)
    outputs = (node.outputs if node else None) or {}
    return SubmittedForm(
        node_id=form.node_id,
        node_title=form.node_title,
        rendered_content=outputs.get("__rendered_content", form.content),
        action_id=form.action or "",
        action_text=next((str(one["title"]) for one in form.actions if one["id"] == form.action), ""),
        submitted_data=form.submitted,
    )


def _resource(world: held.World, row: dict[str, object]) -> told.MessageResource:
    kept = {name: row.get(name) for name in _RESOURCE_FIELDS}
    return told.MessageResource.model_validate({"id": world.ids.uuid(), "message_id": world.ids.uuid(), **kept, "created_at": None})


_RESOURCE_FIELDS = (
    "position", "dataset_id", "dataset_name", "document_id", "document_name", "data_source_type", "segment_id", "score",
    "hit_count", "word_count", "segment_position", "index_node_hash", "content", "summary",
)  # fmt: skip


def _thought(message: held.Message, thought: held.Thought) -> told.MessageThought:
    return told.MessageThought(
        id=thought.id,
        chain_id=None,
        message_id=message.id,
        position=thought.position,
        thought=thought.thought,
        answer=thought.thought,
        tool=thought.tool,
        tool_labels=thought.tool_labels,
        tool_input=thought.tool_input,
        created_at=thought.created_at,
        observation=thought.observation,
        files=list(thought.files),
    )


def _file(visit: Visit, file: held.MessageFile) -> told.MessageFile:
    return told.MessageFile(
        id=file.id,
        filename=file.filename,
        type=file.type,
        url=file_url(visit.world, visit.request.base_url, file),
        mime_type=file.mime_type,
        size=file.size,
        transfer_method=file.transfer_method,
        belongs_to=file.belongs_to,
        upload_file_id=file.upload_file_id or file.tool_file_id,
    )

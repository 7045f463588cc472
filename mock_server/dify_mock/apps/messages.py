"""Messages, and what users think of them."""

from __future__ import annotations

from typing import Any, Final

from dify_sdk._models import Listing
from dify_sdk._params import OMIT, Omit
from dify_sdk.shared import messages as told
from dify_sdk.shared.forms import SubmittedForm, WaitingForm
from dify_sdk.shared.messages import Rating

from .. import state as held
from ..accounts import Account
from ..attachments import file_url
from ..paging import Slice, before
from ..refusals import Refusal, forbidden, invalid
from ..visit import Visit
from ..workflow.telling import form_facts
from ..world import World

_QUESTIONS: Final = ("What is a stub?", "How does it work?", "Why use one?")


def page(visit: Visit, conversation: held.Conversation, first_id: str | None, limit: int) -> Slice[held.Message]:
    """A page of a conversation's messages."""
    return before(list(visit.world.messages_of(conversation.id)), first_id, limit, missing="First Message Not Exists.")


def listed(visit: Visit, conversation_id: str, first_id: str | None, limit: int) -> Listing[told.WebMessage]:
    """A page of them, as those who use an app see it."""
    cut = page(visit, visit.conversation(conversation_id), first_id, limit)
    rows = [told.WebMessage(**facts(visit, one), metadata=one.metadata or {}) for one in cut.rows]
    return cut.listing(rows, has_more=cut.has_next, limit=limit)


def rate(
    visit: Visit, message: held.Message, rating: Rating | Omit | None, content: str | Omit | None, *, by: Account | None = None
) -> None:
    """Rate a message, or take a rating back. Whoever rates by an account does so beside the end user."""
    given = None if rating is OMIT else rating
    text = None if content is OMIT else content
    now, by = visit.world.clock.iso(), by or visit.world.account_of(visit.world.end_users[message.end_user_id])
    source: held.FeedbackSource = "admin" if by else "user"
    before = message.feedbacks.get(source)
    if given is None and before is None:
        raise invalid("rating cannot be None when feedback not exists")
    if given is None:
        del message.feedbacks[source]
    elif before is not None:
        before.rating, before.content, before.updated_at = given, text, now
    else:
        end_user_id, account_id = (None, by.id) if by else (message.end_user_id, None)
        message.feedbacks[source] = held.Feedback(visit.world.ids.uuid(), given, text, end_user_id, account_id, now, now)


def suggested(visit: Visit, refusal: Refusal) -> told.SuggestedQuestions:
    """Questions that may follow; the tiers refuse it in words of their own where the app does not suggest any."""
    return told.SuggestedQuestions(result="success", data=questions(visit, refusal))


def none_suggested(hint: str = "") -> Refusal:
    """The word of pages and of the console where an app does not suggest any."""
    return forbidden(f"Function Suggested questions after answer disabled{hint}.", "app_suggested_questions_after_answer_disabled")


def questions(visit: Visit, refusal: Refusal) -> list[str]:
    """The questions alone."""
    if not visit.app.feature("suggested_questions_after_answer").get("enabled"):
        raise refusal
    return list(_QUESTIONS)


def facts(visit: Visit, message: held.Message) -> dict[str, Any]:
    """A message as the wire has it."""
    usage = message.usage
    return {
        "id": message.id,
        "conversation_id": message.conversation_id,
        "parent_message_id": message.parent_id,
        "inputs": message.inputs,
        "query": message.query,
        "answer": message.answer,
        "feedback": told.Feedback(rating=message.feedback.rating) if message.feedback else None,
        "retriever_resources": [_resource(visit.world, one) for one in message.resources],
        "created_at": message.created_at,
        "agent_thoughts": [_thought(message, one) for one in message.thoughts],
        "message_files": [_file(visit, one) for one in message.files],
        "message_tokens": usage.get("prompt_tokens", 0),
        "answer_tokens": usage.get("completion_tokens", 0),
        "total_tokens": usage.get("total_tokens", 0),
        "provider_response_latency": usage.get("latency", 0.0),
        "total_price": usage.get("total_price", "0E-7"),
        "currency": usage.get("currency", "USD"),
        "status": message.status,
        "error": message.error,
        "extra_contents": extra_contents(visit.world, message),
    }


def extra_contents(world: World, message: held.Message) -> list[told.ExtraContent]:
    """The forms that belong to a message, waiting or filled."""
    forms = [one for one in world.forms.values() if message.run_id and one.run_id == message.run_id]
    return [_form(world, one) for one in forms]


def _form(world: World, form: held.Form) -> told.ExtraContent:
    waits = form.action is None
    definition = WaitingForm(**form_facts(form), display_in_ui=form.display_in_ui)
    return told.ExtraContent(
        type="human_input",
        workflow_run_id=form.run_id,
        submitted=not waits,
        form_definition=definition if waits else None,
        form_submission_data=None if waits else _submitted(world, form),
    )


def _submitted(world: World, form: held.Form) -> SubmittedForm:
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


def _resource(world: World, row: dict[str, object]) -> told.MessageResource:
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

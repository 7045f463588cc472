"""Messages, as the logs of an app tell of them."""

from __future__ import annotations

from dify_sdk.console.apps.messages import MessageAnnotation, MessageDetail, MessageFeedback, MessageHit, PromptMessage

from ... import state as held
from ...apps import annotations as ready, messages
from ...visit import Visit
from ...world import World
from .authors import author
from .logs import whose


def detail(visit: Visit, message: held.Message) -> MessageDetail:
    """A message in full."""
    facts = messages.facts(visit, message)
    return MessageDetail(
        **{name: told for name, told in facts.items() if name in MessageDetail.model_fields},
        message=[PromptMessage(role=one.role, text=one.text, files=[]) for one in message.prompts] or "",
        **whose(visit.world, message.end_user_id),
        feedbacks=[_feedback(visit, one) for one in message.feedbacks.values()],
        workflow_run_id=message.run_id,
        annotation=annotation(visit.world, ready.made_of(visit.world, message)),
        annotation_hit_history=_hit(visit, message),
        metadata=message.metadata,
    )


def _feedback(visit: Visit, feedback: held.Feedback) -> MessageFeedback:
    return MessageFeedback(
        rating=feedback.rating,
        content=feedback.content,
        from_source=feedback.source,
        from_end_user_id=feedback.end_user_id,
        from_account=author(visit.world, feedback.account_id),
    )


def annotation(world: World, found: held.Annotation | None) -> MessageAnnotation | None:
    """The ready answer that was made of a message, if there is one."""
    if found is None:
        return None
    by = author(world, found.account_id)
    return MessageAnnotation(id=found.id, question=found.question, content=found.answer, account=by, created_at=found.created_at)


def _hit(visit: Visit, message: held.Message) -> MessageHit | None:
    found = ready.given_for(visit.world, message)
    if found is None:
        return None
    annotation, hit = found
    by = author(visit.world, annotation.account_id)
    return MessageHit(annotation_id=annotation.id, annotation_create_account=by, created_at=hit.created_at)

"""Ready answers: kept, and given in the model's place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from dify_sdk._models import Listing
from dify_sdk.shared import annotations as told
from dify_sdk.shared.annotations import AnnotationJob, ReplyAction

from .. import state as held
from ..paging import numbered
from ..providers import missing
from ..refusals import Refusal, invalid, not_found
from ..visit import Visit
from ..world import World

_JOB_SECONDS: Final = 1.0


def of_app(world: World, app: held.App) -> list[held.Annotation]:
    """All of an app's ready answers, newest first."""
    return [one for one in reversed(world.annotations.values()) if one.app_id == app.id]


def page(visit: Visit, page: int, limit: int, keyword: str | None) -> Listing[told.Annotation]:
    """A page of them."""
    wanted = (keyword or "").lower()
    every = of_app(visit.world, visit.app)
    found = [one for one in every if wanted in one.question.lower() or wanted in one.answer.lower()]
    return numbered([as_told(one) for one in found], page, limit, exact=False)


def add(world: World, app: held.App, account_id: str, question: str, answer: str, message_id: str | None = None) -> held.Annotation:
    """Put one into the world."""
    made = held.Annotation(world.ids.uuid(), app.id, question, answer, account_id, world.clock.seconds(), message_id)
    world.annotations[made.id] = made
    return made


def change(visit: Visit, annotation_id: str, question: str, answer: str) -> told.Annotation:
    """Change one; what it was given for stays as it was."""
    annotation = of(visit, annotation_id)
    annotation.question, annotation.answer = question, answer
    return as_told(annotation)


def delete(visit: Visit, annotation_id: str) -> None:
    """Delete one, with its hits."""
    del visit.world.annotations[of(visit, annotation_id).id]


def of(visit: Visit, annotation_id: str) -> held.Annotation:
    """One of the app's."""
    found = visit.world.annotations.get(annotation_id)
    if found is None or found.app_id != visit.app.id:
        raise not_found("Annotation not found")
    return found


def made_of(world: World, message: held.Message) -> held.Annotation | None:
    """The one that was made of a message."""
    return next((one for one in world.annotations.values() if one.message_id == message.id), None)


def given_for(world: World, message: held.Message) -> tuple[held.Annotation, held.Hit] | None:
    """The one that a message was answered with, and when."""
    hits = ((one, hit) for one in world.annotations.values() for hit in one.hits)
    return next(((one, hit) for one, hit in hits if hit.message_id == message.id), None)


def configure(visit: Visit, action: ReplyAction, score_threshold: float, provider: str, model: str) -> AnnotationJob:
    """Begin to switch them on or off."""
    world, app = visit.world, visit.app
    if action not in {"enable", "disable"}:
        raise Refusal(500, "unknown", "Internal Server Error")
    for job in world.jobs.values():
        if job.about == app.id and job.action == action and not job.done:
            return AnnotationJob(job_id=job.id, job_status="processing")
    settings_id = app.annotation_reply.id if app.annotation_reply else world.ids.uuid()

    def finish() -> str:
        if action == "disable":
            app.annotation_reply = None
        elif not (missed := missing(provider, "text-embedding", model)):
            app.annotation_reply = held.AnnotationSettings(settings_id, score_threshold, provider, model)
        else:
            return missed
        return ""

    return AnnotationJob(job_id=begin(visit, action, finish).id, job_status="waiting")


def begin(visit: Visit, action: str, finish: Callable[[], str]) -> held.Job:
    """A job for the app."""
    return visit.world.later(_JOB_SECONDS, visit.app.id, action, finish)


def status(visit: Visit, action: str, job_id: str) -> AnnotationJob:
    """How far a job is."""
    job = visit.world.jobs.get(job_id)
    if job is None or job.about != visit.app.id or job.action != action:
        raise invalid("The job does not exist.")
    if not job.done:
        job.due = visit.world.clock.now()  # who looks twice has waited
        return AnnotationJob(job_id=job.id, job_status="waiting", error_msg="")
    return AnnotationJob(job_id=job.id, job_status="error" if job.error else "completed", error_msg=job.error)


def as_told(annotation: held.Annotation) -> told.Annotation:
    """One as the wire has it."""
    return told.Annotation(
        id=annotation.id,
        question=annotation.question,
        answer=annotation.answer,
        hit_count=len(annotation.hits),
        created_at=annotation.created_at,
    )

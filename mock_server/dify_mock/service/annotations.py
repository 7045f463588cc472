"""Handlers: ready answers."""

from __future__ import annotations

from dify_sdk._models import Listing
from dify_sdk.service.annotations import Annotation, AnnotationJob, AnnotationReplies, Annotations, ReplyAction

from .. import state as held
from ..paging import numbered
from ..providers import missing
from ..refusals import Refusal, invalid, not_found
from ..registry import handles
from ..visit import Visit

_JOB_SECONDS = 1.0


@handles(Annotations.list, payload="AnnotationListQuery")
def list_annotations(visit: Visit, *, page: int = 1, limit: int = 20, keyword: str | None = None) -> Listing[Annotation]:
    wanted = (keyword or "").lower()
    mine = [one for one in visit.world.annotations.values() if one.app_id == visit.app.id]
    found = [one for one in reversed(mine) if wanted in one.question.lower() or wanted in one.answer.lower()]
    return numbered([_told(one) for one in found], page, limit, exact=False)


@handles(Annotations.create, payload="AnnotationCreatePayload")
def create(visit: Visit, *, question: str, answer: str) -> Annotation:
    world = visit.world
    made = held.Annotation(world.ids.uuid(), visit.app.id, question, answer, world.clock.seconds())
    world.annotations[made.id] = made
    return _told(made)


@handles(Annotations.update, payload="AnnotationCreatePayload")
def update(visit: Visit, annotation_id: str, *, question: str, answer: str) -> Annotation:
    annotation = _of(visit, annotation_id)
    annotation.question, annotation.answer = question, answer
    return _told(annotation)


@handles(Annotations.delete)
def delete(visit: Visit, annotation_id: str) -> None:
    del visit.world.annotations[_of(visit, annotation_id).id]


@handles(AnnotationReplies.configure, payload="AnnotationReplyActionPayload")
def configure(
    visit: Visit, action: ReplyAction, *, score_threshold: float, embedding_provider_name: str, embedding_model_name: str
) -> AnnotationJob:
    world, app = visit.world, visit.app
    if action not in {"enable", "disable"}:
        raise Refusal(500, "unknown", "Internal Server Error")
    for job in world.jobs.values():
        if job.about == app.id and job.action == action and not job.done:
            return AnnotationJob(job_id=job.id, job_status="processing")
    settings = held.AnnotationSettings(score_threshold, embedding_provider_name, embedding_model_name)

    def finish() -> str:
        if action == "disable":
            app.annotation_reply = None
        elif not (missed := missing(embedding_provider_name, "text-embedding", embedding_model_name)):
            app.annotation_reply = settings
        else:
            return missed
        return ""

    return AnnotationJob(job_id=world.later(_JOB_SECONDS, app.id, action, finish).id, job_status="waiting")


@handles(AnnotationReplies.status)
def status(visit: Visit, action: ReplyAction, job_id: str) -> AnnotationJob:
    job = visit.world.jobs.get(job_id)
    if job is None or job.about != visit.app.id or job.action != action:
        raise invalid("The job does not exist.")
    if not job.done:
        job.due = visit.world.clock.now()  # who looks twice has waited
        return AnnotationJob(job_id=job.id, job_status="waiting", error_msg="")
    return AnnotationJob(job_id=job.id, job_status="error" if job.error else "completed", error_msg=job.error)


def _of(visit: Visit, annotation_id: str) -> held.Annotation:
    found = visit.world.annotations.get(annotation_id)
    if found is None or found.app_id != visit.app.id:
        raise not_found("Annotation not found")
    return found


def _told(annotation: held.Annotation) -> Annotation:
    return Annotation(
        id=annotation.id,
        question=annotation.question,
        answer=annotation.answer,
        hit_count=annotation.hit_count,
        created_at=annotation.created_at,
    )

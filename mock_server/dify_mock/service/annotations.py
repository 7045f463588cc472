"""Handlers: ready answers."""

from __future__ import annotations

from dify_sdk._models import Listing
from dify_sdk.service.annotations import Annotation, AnnotationJob, AnnotationReplies, Annotations, ReplyAction

from ..apps import annotations as ready
from ..registry import handles
from ..visit import Visit


@handles(Annotations.list, payload="AnnotationListQuery")
def list_annotations(visit: Visit, *, page: int = 1, limit: int = 20, keyword: str | None = None) -> Listing[Annotation]:
    return ready.page(visit, page, limit, keyword)


@handles(Annotations.create, payload="AnnotationCreatePayload")
def create(visit: Visit, *, question: str, answer: str) -> Annotation:
    return ready.as_told(ready.add(visit.world, visit.app, visit.world.owner_id, question, answer))


@handles(Annotations.update, payload="AnnotationCreatePayload")
def update(visit: Visit, annotation_id: str, *, question: str, answer: str) -> Annotation:
    return ready.change(visit, annotation_id, question, answer)


@handles(Annotations.delete)
def delete(visit: Visit, annotation_id: str) -> None:
    ready.delete(visit, annotation_id)


@handles(AnnotationReplies.configure, payload="AnnotationReplyActionPayload")
def configure(
    visit: Visit, action: ReplyAction, *, score_threshold: float, embedding_provider_name: str, embedding_model_name: str
) -> AnnotationJob:
    return ready.configure(visit, action, score_threshold, embedding_provider_name, embedding_model_name)


@handles(AnnotationReplies.status)
def status(visit: Visit, action: ReplyAction, job_id: str) -> AnnotationJob:
    return ready.status(visit, action, job_id)

"""Handlers: the ready answers of an app."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from dify_sdk._files import File
from dify_sdk._models import Listing
from dify_sdk._params import Upload
from dify_sdk.console.apps.annotations import (
    Annotation,
    AnnotationCount,
    AnnotationExport,
    AnnotationHit,
    AnnotationImport,
    AnnotationJob,
    AnnotationReplies,
    Annotations,
    AnnotationSettings,
    EmbeddingModel,
    ReplyAction,
)

from ... import state as held
from ...accounts import EDITORS
from ...apps import annotations as ready
from ...paging import numbered
from ...refusals import Refusal, bad_request, invalid, not_found
from ...registry import handles
from ...visit import Visit
from .annotation_tables import MOST_BYTES, TableError, harmless, records

_IMPORT: Final = "import"
_IMPORTS: Final = ((5, 60, "minute"), (20, 3600, "hour"))


@handles(AnnotationReplies.configure, payload="AnnotationReplyPayload", decorated=True, roles=EDITORS)
def configure(
    visit: Visit, app_id: str, action: ReplyAction, *, score_threshold: float, embedding_provider_name: str, embedding_model_name: str
) -> AnnotationJob:
    return ready.configure(visit, action, score_threshold, embedding_provider_name, embedding_model_name)


@handles(AnnotationReplies.status, roles=EDITORS)
def status(visit: Visit, app_id: str, action: ReplyAction, job_id: str) -> AnnotationJob:
    return ready.status(visit, action, job_id)


@handles(Annotations.list, payload="AnnotationListQuery", decorated=True, roles=EDITORS)
def list_annotations(visit: Visit, app_id: str, *, page: int = 1, limit: int = 20, keyword: str | None = None) -> Listing[Annotation]:
    return ready.page(visit, page, limit, keyword)


@handles(Annotations.create, payload="CreateAnnotationPayload", decorated=True, roles=EDITORS)
def create(
    visit: Visit,
    app_id: str,
    *,
    message_id: str | None = None,
    question: str | None = None,
    answer: str | None = None,
    content: str | None = None,
    annotation_reply: Mapping[str, Any] | None = None,
) -> Annotation:
    text = answer or content
    if text is None:
        raise invalid("Either 'answer' or 'content' must be provided")
    message = visit.anyones_message(message_id) if message_id else None
    asked = question or (message.query if message else None)
    if asked is None:
        raise invalid("'question' is required when 'message_id' is not provided")
    known = ready.made_of(visit.world, message) if message else None
    if known is not None:
        return ready.change(visit, known.id, asked, text)
    return ready.as_told(ready.add(visit.world, visit.app, visit.account.id, asked, text, message_id))


@handles(Annotations.update, payload="UpdateAnnotationPayload", decorated=True, roles=EDITORS)
def update(
    visit: Visit,
    app_id: str,
    annotation_id: str,
    *,
    question: str | None = None,
    answer: str | None = None,
    content: str | None = None,
    annotation_reply: Mapping[str, Any] | None = None,
) -> Annotation:
    ready.of(visit, annotation_id)
    if question is None:
        raise invalid("'question' is required")
    if answer is None:
        raise invalid("'answer' is required")
    return ready.change(visit, annotation_id, question, answer)


@handles(Annotations.delete, roles=EDITORS)
def delete(visit: Visit, app_id: str, annotation_id: str) -> None:
    ready.delete(visit, annotation_id)


@handles(Annotations.delete_many, roles=EDITORS)
def delete_many(visit: Visit, app_id: str, *, annotation_id: Sequence[str] | None = None) -> None:
    if annotation_id and not all(one.strip() for one in annotation_id):
        raise bad_request("annotation_ids are required if the parameter is provided.")
    for one in ready.of_app(visit.world, visit.app):
        if not annotation_id or one.id in annotation_id:
            ready.delete(visit, one.id)


@handles(Annotations.count)
def count(visit: Visit, app_id: str) -> AnnotationCount:
    return AnnotationCount(count=len(ready.of_app(visit.world, visit.app)))


@handles(Annotations.export, roles=EDITORS)
def export(visit: Visit, app_id: str) -> AnnotationExport:
    told = [ready.as_told(one) for one in ready.of_app(visit.world, visit.app)]
    for one in told:
        one.question, one.answer = harmless(one.question or ""), harmless(one.answer or "")
    visit.headers["x-content-type-options"] = "nosniff"
    return AnnotationExport(data=told)


@handles(Annotations.batch_import, roles=EDITORS)
def batch_import(visit: Visit, app_id: str, *, file: Upload) -> AnnotationImport:
    world, app, account = visit.world, visit.app, visit.account
    for most, seconds, what in _IMPORTS:
        if not world.limits.admits(f"annotations in a {what} into {visit.workspace.id}", most, seconds):
            message = f"Too many annotation import requests. Maximum {most} requests per {what} allowed. Please try again later."
            raise Refusal(429, "too_many_requests", message)
    if len(visit.request.form.files) > 1:
        raise Refusal(400, "too_many_files", "Only one file is allowed.")
    given = File.of(file)
    content = given.read()
    if not given.name.lower().endswith(".csv"):
        raise invalid("Invalid file type. Only CSV files are allowed")
    if len(content) > MOST_BYTES:
        message = f"File size exceeds maximum limit of {MOST_BYTES // 1024**2}MB. Please reduce the file size and try again."
        raise Refusal(413, "request_entity_too_large", message)
    if not content:
        raise invalid("The uploaded file is empty")
    try:
        found = records(content)
    except TableError as error:
        return AnnotationImport(job_id=None, job_status=None, record_count=None, error_msg=str(error))

    def finish() -> str:
        for one in found:
            ready.add(world, app, account.id, one.question, one.answer)
        return ""

    job = ready.begin(visit, _IMPORT, finish)
    return AnnotationImport(job_id=job.id, job_status="waiting", record_count=len(found), error_msg=None)


@handles(Annotations.batch_import_status, roles=EDITORS)
def batch_import_status(visit: Visit, app_id: str, job_id: str) -> AnnotationJob:
    return ready.status(visit, _IMPORT, job_id)


@handles(Annotations.list_hit_histories, roles=EDITORS)
def list_hit_histories(visit: Visit, app_id: str, annotation_id: str, *, page: int = 1, limit: int = 20) -> Listing[AnnotationHit]:
    hits = ready.of(visit, annotation_id).hits
    return numbered([_hit(one) for one in reversed(hits)], page, limit, exact=False)


@handles(Annotations.get_settings, roles=EDITORS)
def get_settings(visit: Visit, app_id: str) -> AnnotationSettings:
    return _settings(visit.app.annotation_reply)


@handles(Annotations.update_settings, payload="AnnotationSettingUpdatePayload", decorated=True, roles=EDITORS)
def update_settings(visit: Visit, app_id: str, annotation_setting_id: str, *, score_threshold: float) -> AnnotationSettings:
    settings = visit.app.annotation_reply
    if settings is None or settings.id != annotation_setting_id:
        raise not_found("App annotation not found")
    settings.score_threshold = score_threshold
    return _settings(settings)


def _settings(settings: held.AnnotationSettings | None) -> AnnotationSettings:
    if settings is None:
        return AnnotationSettings(enabled=False, id=None, score_threshold=None, embedding_model=None)
    model = EmbeddingModel(embedding_provider_name=settings.provider, embedding_model_name=settings.model)
    return AnnotationSettings(enabled=True, id=settings.id, score_threshold=settings.score_threshold, embedding_model=model)


def _hit(hit: held.Hit) -> AnnotationHit:
    return AnnotationHit(
        id=hit.id,
        source=hit.source,
        score=hit.score,
        question=hit.question,
        created_at=hit.created_at,
        match=hit.match,
        response=hit.response,
    )

"""Console: the ready answers of an app."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from ..._endpoint import DELETE, GET, POST, M, Resource, area
from ..._models import Listing, Model
from ..._params import PageNumber, Upload, Uuid, Within
from ...shared.annotations import (
    Annotation as Annotation,
    AnnotationJob as AnnotationJob,
    JobStatus as JobStatus,
    ReplyAction as ReplyAction,
)


class AnnotationReplies(Resource[M], area="console.apps.annotations.reply", key="session"):
    """Whether ready answers are given in the model's place."""

    @POST("/apps/{app_id:uuid}/annotation-reply/{action}")
    def configure(
        self, app_id: str, action: ReplyAction, *, score_threshold: float, embedding_provider_name: str, embedding_model_name: str
    ) -> AnnotationJob:
        """Switch ready answers on or off. It takes a while: `status` tells how far the job is.

        Args:
            app_id: The app.
            action: Which of the two.
            score_threshold: How alike a question must be, 0 to 1.
            embedding_provider_name: The provider of the model that compares.
            embedding_model_name: The model that compares.

        Raises:
            NotFoundError: No such app.
            PermissionDeniedError: The account may not.
        """
        ...

    @GET("/apps/{app_id:uuid}/annotation-reply/{action}/status/{job_id:uuid}")
    def status(self, app_id: str, action: ReplyAction, job_id: str) -> AnnotationJob:
        """Tell how far a job of `configure` is.

        Args:
            app_id: The app.
            action: What the job does.
            job_id: The job.

        Raises:
            InvalidParamError: No such job.
            PermissionDeniedError: The account may not.
        """
        ...


class Annotations(Resource[M], area="console.apps.annotations", key="session"):
    """Ready answers to questions that are asked again and again."""

    @area
    def reply(self) -> AnnotationReplies[M]:
        """Whether ready answers are given in the model's place."""
        return AnnotationReplies(self._core)

    @GET.pages("/apps/{app_id:uuid}/annotations")
    def list(
        self, app_id: str, *, page: PageNumber = 1, limit: Annotated[int, Within(1, 100, capped=True)] = 20, keyword: str | None = None
    ) -> Listing[Annotation]:
        """List an app's ready answers, newest first.

        Args:
            app_id: The app.
            page: The page, from 1.
            limit: How many on a page, from 1; the server gives 100 at most.
            keyword: A text in the question or the answer.

        Raises:
            NotFoundError: No such app.
            PermissionDeniedError: The account may not.
        """
        ...

    @POST("/apps/{app_id:uuid}/annotations", status=201)
    def create(
        self,
        app_id: str,
        *,
        message_id: Annotated[str | None, Uuid()] = None,
        question: str | None = None,
        answer: str | None = None,
        content: str | None = None,
        annotation_reply: Mapping[str, Any] | None = None,
    ) -> Annotation:
        """Add a ready answer, or make one of a message; a message has one at most, which is changed then.

        Args:
            app_id: The app.
            message_id: The message that it is made of.
            question: The question; the message's own where it is not given.
            answer: What to answer.
            content: Another name of `answer`.
            annotation_reply: Taken by servers, and of no effect.

        Raises:
            InvalidParamError: There is no answer, or neither a question nor a message.
            NotFoundError: No such message.
            PermissionDeniedError: The account may not.
        """
        ...

    @POST("/apps/{app_id:uuid}/annotations/{annotation_id:uuid}")
    def update(
        self,
        app_id: str,
        annotation_id: str,
        *,
        question: str | None = None,
        answer: str | None = None,
        content: str | None = None,
        annotation_reply: Mapping[str, Any] | None = None,
    ) -> Annotation:
        """Change a ready answer.

        Args:
            app_id: The app.
            annotation_id: The ready answer.
            question: The question; it is needed.
            answer: What to answer; it is needed.
            content: Taken by servers, and of no effect.
            annotation_reply: Taken by servers, and of no effect.

        Raises:
            NotFoundError: No such ready answer.
            PermissionDeniedError: The account may not.
        """
        ...

    @DELETE("/apps/{app_id:uuid}/annotations/{annotation_id:uuid}", status=204)
    def delete(self, app_id: str, annotation_id: str) -> None:
        """Delete a ready answer, and its hits.

        Args:
            app_id: The app.
            annotation_id: The ready answer.

        Raises:
            NotFoundError: No such ready answer.
            PermissionDeniedError: The account may not.
        """
        ...

    @DELETE("/apps/{app_id:uuid}/annotations", status=204)
    def delete_many(self, app_id: str, *, annotation_id: Sequence[str] | None = None) -> None:
        """Delete ready answers. Where none are named, **all** of the app are deleted.

        Args:
            app_id: The app.
            annotation_id: The ready answers; unknown ones are passed over.

        Raises:
            NotFoundError: No such app.
            PermissionDeniedError: The account may not.
        """
        ...

    @GET("/apps/{app_id:uuid}/annotations/count")
    def count(self, app_id: str) -> AnnotationCount:
        """Count an app's ready answers.

        Args:
            app_id: The app.

        Raises:
            NotFoundError: No such app.
        """
        ...

    @GET("/apps/{app_id:uuid}/annotations/export")
    def export(self, app_id: str) -> AnnotationExport:
        """Give all of an app's ready answers, newest first. What a spreadsheet would take for a formula has a `'` before it.

        Args:
            app_id: The app.

        Raises:
            NotFoundError: No such app.
            PermissionDeniedError: The account may not.
        """
        ...

    @POST("/apps/{app_id:uuid}/annotations/batch-import")
    def batch_import(self, app_id: str, *, file: Upload) -> AnnotationImport:
        """Add ready answers from a table. It takes a while: `batch_import_status` tells how far the job is.

        Servers answer also where they cannot take the file: then there is no job, and `error_msg` says why.

        Args:
            app_id: The app.
            file: A `.csv` of 2 MB at most: a line with names, then a question and an answer on each.

        Raises:
            InvalidParamError: It is no CSV, or empty.
            PayloadTooLargeError: It is too large.
            RateLimitError: Too many were sent lately.
            PermissionDeniedError: The account may not.
        """
        ...

    @GET("/apps/{app_id:uuid}/annotations/batch-import-status/{job_id:uuid}")
    def batch_import_status(self, app_id: str, job_id: str) -> AnnotationJob:
        """Tell how far a job of `batch_import` is.

        Args:
            app_id: The app.
            job_id: The job.

        Raises:
            InvalidParamError: No such job.
            PermissionDeniedError: The account may not.
        """
        ...

    @GET.pages("/apps/{app_id:uuid}/annotations/{annotation_id:uuid}/hit-histories")
    def list_hit_histories(
        self, app_id: str, annotation_id: str, *, page: PageNumber = 1, limit: Annotated[int, Within(1, 100, capped=True)] = 20
    ) -> Listing[AnnotationHit]:
        """List when a ready answer was given, the latest first.

        Args:
            app_id: The app.
            annotation_id: The ready answer.
            page: The page, from 1.
            limit: How many on a page, from 1; the server gives 100 at most.

        Raises:
            NotFoundError: No such ready answer.
            PermissionDeniedError: The account may not.
        """
        ...

    @GET("/apps/{app_id:uuid}/annotation-setting")
    def get_settings(self, app_id: str) -> AnnotationSettings:
        """Tell whether ready answers are given, and how alike a question must be.

        Args:
            app_id: The app.

        Raises:
            NotFoundError: No such app.
            PermissionDeniedError: The account may not.
        """
        ...

    @POST("/apps/{app_id:uuid}/annotation-settings/{annotation_setting_id:uuid}")
    def update_settings(self, app_id: str, annotation_setting_id: str, *, score_threshold: float) -> AnnotationSettings:
        """Say how alike a question must be from now on.

        Args:
            app_id: The app.
            annotation_setting_id: The `id` of its settings.
            score_threshold: How alike, 0 to 1.

        Raises:
            NotFoundError: These are not its settings, or ready answers are switched off.
            PermissionDeniedError: The account may not.
        """
        ...


class AnnotationCount(Model):
    """How many ready answers there are."""

    count: int


class AnnotationExport(Model):
    """All ready answers of an app."""

    data: list[Annotation] = []


class AnnotationImport(Model):
    """Ready answers on their way into an app: the job that takes them in, or what is wrong with the file."""

    job_id: str | None = None
    job_status: JobStatus | str | None = None
    record_count: int | None = None
    error_msg: str | None = None


class AnnotationHit(Model):
    """A ready answer was given: the question that was asked, and what it matched and got at that time."""

    id: str
    source: str | None = None
    score: float | None = None
    question: str | None = None
    created_at: int | None = None
    match: str | None = None
    response: str | None = None


class EmbeddingModel(Model):
    """The model that compares questions."""

    embedding_provider_name: str | None = None
    embedding_model_name: str | None = None


class AnnotationSettings(Model):
    """Whether ready answers are given; where they are not, there is nothing else to tell."""

    enabled: bool
    id: str | None = None
    score_threshold: float | None = None
    embedding_model: EmbeddingModel | None = None

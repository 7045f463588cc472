"""Service: ready answers."""

from __future__ import annotations

from typing import Annotated

from .._endpoint import DELETE, GET, POST, PUT, M, Resource, area
from .._models import Listing
from .._params import PageNumber, Within
from ..shared.annotations import (
    Annotation as Annotation,
    AnnotationJob as AnnotationJob,
    JobStatus as JobStatus,
    ReplyAction as ReplyAction,
)


class AnnotationReplies(Resource[M], area="service.annotations.reply"):
    """Whether ready answers are given in the model's place."""

    @POST("/apps/annotation-reply/{action}")
    def configure(
        self, action: ReplyAction, *, score_threshold: float, embedding_provider_name: str, embedding_model_name: str
    ) -> AnnotationJob:
        """Switch ready answers on or off. It takes a while: `status` tells how far the job is.

        Args:
            action: Which of the two.
            score_threshold: How alike a question must be, 0 to 1.
            embedding_provider_name: The provider of the model that compares.
            embedding_model_name: The model that compares.
        """
        ...

    @GET("/apps/annotation-reply/{action}/status/{job_id:uuid}")
    def status(self, action: ReplyAction, job_id: str) -> AnnotationJob:
        """Tell how far a job of `configure` is.

        Args:
            action: What the job does.
            job_id: The job.

        Raises:
            InvalidParamError: No such job.
        """
        ...


class Annotations(Resource[M], area="service.annotations"):
    """Ready answers to questions that are asked again and again."""

    @area
    def reply(self) -> AnnotationReplies[M]:
        """Whether ready answers are given in the model's place."""
        return AnnotationReplies(self._core)

    @GET.pages("/apps/annotations")
    def list(
        self, *, page: PageNumber = 1, limit: Annotated[int, Within(1, 100, capped=True)] = 20, keyword: str | None = None
    ) -> Listing[Annotation]:
        """List the app's ready answers, newest first.

        Args:
            page: The page, from 1.
            limit: How many on a page, from 1; the server gives 100 at most.
            keyword: A text in the question or the answer.
        """
        ...

    @POST("/apps/annotations", status=201)
    def create(self, *, question: str, answer: str) -> Annotation:
        """Add a ready answer.

        Args:
            question: The question.
            answer: What to answer.
        """
        ...

    @PUT("/apps/annotations/{annotation_id:uuid}")
    def update(self, annotation_id: str, *, question: str, answer: str) -> Annotation:
        """Change a ready answer.

        Args:
            annotation_id: The ready answer.
            question: The question.
            answer: What to answer.

        Raises:
            NotFoundError: No such ready answer.
        """
        ...

    @DELETE("/apps/annotations/{annotation_id:uuid}", status=204)
    def delete(self, annotation_id: str) -> None:
        """Delete a ready answer.

        Args:
            annotation_id: The ready answer.

        Raises:
            NotFoundError: No such ready answer.
        """
        ...

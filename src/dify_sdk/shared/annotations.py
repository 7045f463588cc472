"""Ready answers, as several tiers tell them."""

from __future__ import annotations

from typing import Literal, TypeAlias

from .._models import Model

ReplyAction: TypeAlias = Literal["enable", "disable"]
JobStatus: TypeAlias = Literal["waiting", "processing", "completed", "error"]


class Annotation(Model):
    """A ready answer."""

    id: str
    question: str | None = None
    answer: str | None = None
    hit_count: int | None = None
    created_at: int | None = None


class AnnotationJob(Model):
    """A job that switches ready answers on or off, or takes them in."""

    job_id: str
    job_status: JobStatus | str
    error_msg: str | None = None

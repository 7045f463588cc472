"""Service: the indexing of documents, and waiting for it."""

from __future__ import annotations

import time
from collections.abc import Callable
from inspect import isawaitable
from typing import TYPE_CHECKING, Any, Final, Literal, Protocol, TypeAlias, TypeVar

from ..._models import Model
from ..._steps import Steps, pause
from ...errors import IndexingFailedError, IndexingTimeoutError

if TYPE_CHECKING:
    from typing import Self

IndexingStatus: TypeAlias = Literal["waiting", "parsing", "cleaning", "splitting", "indexing", "paused", "completed", "error"]
FINAL: Final = frozenset({"completed", "error"})


class DocumentIndexing(Model):
    """How far the indexing of a document is. Times are in seconds since the epoch."""

    id: str
    indexing_status: IndexingStatus | str
    processing_started_at: int | None = None
    parsing_completed_at: int | None = None
    cleaning_completed_at: int | None = None
    splitting_completed_at: int | None = None
    completed_at: int | None = None
    paused_at: int | None = None
    error: str | None = None
    error_code: str | None = None
    estimated_vector_space_mb: int | None = None
    vector_space_limit_mb: int | None = None
    stopped_at: int | None = None
    completed_segments: int | None = None
    total_segments: int | None = None


class BatchIndexing(Model):
    """How far the indexing of a batch is, document by document."""

    data: list[DocumentIndexing]

    @property
    def is_final(self) -> bool:
        """Whether nothing will change any more."""
        return all(one.indexing_status in FINAL for one in self.data)

    @property
    def failed(self) -> list[DocumentIndexing]:
        """The documents that cannot be indexed; `error` says why."""
        return [one for one in self.data if one.indexing_status == "error"]

    def raise_for_status(self) -> Self:
        """Raise an `IndexingFailedError` that names every document that cannot be indexed."""
        if failed := {one.id: one.error or "no reason given" for one in self.failed}:
            raise IndexingFailedError(failed, report=self)
        return self


class _Report(Protocol):
    @property
    def is_final(self) -> bool: ...


X = TypeVar("X", bound=_Report)


def waiting(look: Callable[[], Steps[X]], timeout: float, poll: float, progress: Callable[[X], Any] | None) -> Steps[X]:
    """Look again and again until a report is final."""
    until = time.monotonic() + timeout
    while True:
        report = yield from look()
        if progress and isawaitable(said := progress(report)):
            yield said
        if report.is_final:
            return report
        left = until - time.monotonic()
        if left <= 0:
            raise IndexingTimeoutError(f"after {timeout:g} seconds the indexing still goes on", report=report)
        yield from pause(min(poll, left))

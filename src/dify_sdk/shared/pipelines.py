"""Pipelines that fill datasets: what looking into a source, and running one, come to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeAlias, Union, cast

from .._folds import Fold
from .._models import Model, UnknownEvent
from ..errors import WorkflowFailedError
from .events import WorkflowEvent
from .runs import WorkflowRun, WorkflowRunning

if TYPE_CHECKING:
    from typing import Self


class DatasourceProcessingEvent(Model):
    """How far a source has been looked through."""

    event: Literal["datasource_processing"] = "datasource_processing"
    total: int | None = None
    completed: int | None = None


class DatasourceCompletedEvent(Model):
    """What was found: all of it, or a part with more to come."""

    event: Literal["datasource_completed"] = "datasource_completed"
    data: Any = None
    total: int | None = None
    completed: int | None = None
    time_consuming: float | None = None


class DatasourceErrorEvent(Model):
    """The source failed."""

    event: Literal["datasource_error"] = "datasource_error"
    error: str = ""


DatasourceEvent: TypeAlias = Union[DatasourceProcessingEvent, DatasourceCompletedEvent, DatasourceErrorEvent, UnknownEvent]


class DatasourceRun(Model):
    """What a source holds: `data` has an entry for each document. `time_consuming` is in seconds."""

    data: list[Any] = []
    total: int | None = None
    completed: int | None = None
    time_consuming: float | None = None
    error: str | None = None

    def raise_for_status(self) -> Self:
        """Raise a `WorkflowFailedError` where the source failed."""
        if self.error is not None:
            raise WorkflowFailedError(f"the source failed: {self.error}", run=self)
        return self


class DatasourceReading(Fold[DatasourceEvent, DatasourceRun]):
    """From the events of a source to what it holds."""

    def __init__(self) -> None:
        self._run = DatasourceRun()

    def feed(self, event: DatasourceEvent) -> str:
        run = self._run
        match event:
            case DatasourceCompletedEvent(data=data):
                run.data += cast("list[Any]", data) if isinstance(data, list) else [data] if data is not None else []
                run.total, run.completed, run.time_consuming = event.total, event.completed, event.time_consuming
                self.done = True
            case DatasourceProcessingEvent():
                run.total, run.completed = event.total, event.completed
            case DatasourceErrorEvent(error=error):
                run.error = error
                self.done = True
            case _:
                pass
        return ""

    def result(self) -> DatasourceRun:
        return self._run

    def whole(self, reply: DatasourceRun) -> str:
        self._run = reply
        return ""


class PipelineDataset(Model):
    """The dataset that a pipeline fills."""

    id: str
    name: str | None = None
    description: str | None = None
    chunk_structure: str | None = None


class PipelineDocument(Model):
    """A document that a pipeline makes."""

    id: str
    name: str | None = None
    position: int | None = None
    data_source_type: str | None = None
    data_source_info: dict[str, Any] | None = None
    indexing_status: str | None = None
    error: str | None = None
    enabled: bool | None = None


class PipelineBatch(Model):
    """The documents that a published pipeline makes, and the batch that they are indexed in."""

    batch: str
    dataset: PipelineDataset
    documents: list[PipelineDocument]


PipelineOutcome: TypeAlias = Union[PipelineBatch, WorkflowRun]


class PipelineRunning(Fold[WorkflowEvent, PipelineOutcome]):
    """From the events of a draft to its run; a published pipeline has none, and answers its batch."""

    def __init__(self) -> None:
        self._run = WorkflowRunning()
        self._batch: PipelineBatch | None = None

    def feed(self, event: WorkflowEvent) -> str:
        text = self._run.feed(event)
        self.done = self._run.done
        return text

    def note_ids(self, event: Any) -> bool:
        self._run.note_ids(event)
        return super().note_ids(event)

    def knows(self, event: WorkflowEvent) -> bool:
        return self._run.knows(event)

    def result(self) -> PipelineOutcome:
        return self._batch or self._run.result()

    def whole(self, reply: PipelineOutcome) -> str:
        if isinstance(reply, PipelineBatch):
            self._batch = reply
            return ""
        return self._run.whole(reply)

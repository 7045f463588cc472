"""What pages are told: less than integrations are. Prices, what nodes took and gave, and how knowledge was found stay inside."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, TypeVar

from dify_sdk._models import Model
from dify_sdk.shared.events import HumanInputRequiredEvent, MessageEndEvent, NodeFinishedEvent, NodeStartedEvent, WorkflowPausedEvent
from dify_sdk.shared.forms import PauseReason
from dify_sdk.shared.runs import ChatReply, CompletionReply
from dify_sdk.shared.usage import AnswerMetadata, RetrieverResource

M = TypeVar("M", bound=Model)
R = TypeVar("R", ChatReply, CompletionReply)

_INSIDE: Final = ("retriever_from", "doc_metadata")
_TOLD: Final = [name for name in RetrieverResource.model_fields if name not in _INSIDE]


def events(told: Iterator[Any]) -> Iterator[Any]:
    """The events of a stream as pages have them."""
    try:
        for event in told:
            yield _event(event)
    finally:
        if close := getattr(told, "close", None):
            close()


def reply(whole: R) -> R:
    """An answer as pages have it."""
    data: Any = getattr(whole, "data", None)
    paused = {"data": _changed(data, metadata=metadata(data.metadata), reasons=_reasons(data.reasons))} if data else {}
    return _changed(whole, metadata=metadata(whole.metadata), **paused)


def metadata(told: AnswerMetadata | None) -> AnswerMetadata | None:
    """What comes with an answer, without what it cost."""
    if told is None:
        return None
    return _changed(told, "usage", "annotation_reply", retriever_resources=[_resource(one) for one in told.retriever_resources])


def _event(event: Any) -> Any:
    if isinstance(event, MessageEndEvent):
        return _changed(event, metadata=metadata(event.metadata))
    if isinstance(event, NodeStartedEvent):
        data: Any = _changed(event.data, "inputs_truncated", "agent_strategy", inputs=None, extras={})
        return _changed(event, data=data)
    if isinstance(event, NodeFinishedEvent):
        nothing = dict.fromkeys(("inputs", "process_data", "outputs", "error", "execution_metadata"))
        hidden = ("inputs_truncated", "process_data_truncated", "outputs_truncated")
        return _changed(event, data=_changed(event.data, *hidden, **nothing, files=[]))
    if isinstance(event, HumanInputRequiredEvent):
        return _changed(event, data=_changed(event.data, approval_channels=[]))
    if isinstance(event, WorkflowPausedEvent):
        return _changed(event, data=_changed(event.data, reasons=_reasons(event.data.reasons)))
    return event


def _resource(resource: RetrieverResource) -> RetrieverResource:
    told = {name: getattr(resource, name) for name in _TOLD}
    return RetrieverResource.model_validate({**told, "segment_id": resource.segment_id or ""})


def _reasons(told: list[PauseReason]) -> list[PauseReason]:
    return [_changed(one, approval_channels=[]) for one in told]


def _changed(model: M, *hidden: str, **changes: Any) -> M:
    """A copy with other values, and without the fields that are not told."""
    copy = model.model_copy(update=changes)
    copy.model_fields_set.difference_update(hidden)
    return copy

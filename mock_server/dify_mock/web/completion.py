"""Handlers: completions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dify_sdk._steps import Pause
from dify_sdk.shared.events import CompletionEvent
from dify_sdk.shared.files import FileParam
from dify_sdk.shared.results import Result
from dify_sdk.shared.runs import CompletionReply
from dify_sdk.web.completion import Completion

from ..apps import using
from ..registry import COMPLETION_PAGES, handles
from ..visit import Visit


@handles(Completion.send, modes=COMPLETION_PAGES, generates=True, payload="CompletionMessagePayload")
def send(
    visit: Visit,
    *,
    inputs: Mapping[str, Any] = {},  # as declared
    query: str | None = None,
    files: Sequence[FileParam] | None = None,
    retriever_from: str | None = None,
) -> CompletionReply:
    return using.completion(visit, query, inputs, files)


@handles(Completion.stream, modes=COMPLETION_PAGES, payload="CompletionMessagePayload")
def stream(
    visit: Visit,
    *,
    inputs: Mapping[str, Any] = {},  # as declared
    query: str | None = None,
    files: Sequence[FileParam] | None = None,
    retriever_from: str | None = None,
) -> Iterator[CompletionEvent | Pause]:
    return using.completion_events(visit, query, inputs, files)


@handles(Completion.stop, modes=COMPLETION_PAGES)
def stop(visit: Visit, task_id: str) -> Result:
    visit.stop(task_id)
    return Result(result="success")

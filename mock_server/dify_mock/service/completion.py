"""Handlers: completions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dify_sdk._steps import Pause
from dify_sdk.service.completion import Completion
from dify_sdk.shared.events import CompletionEvent
from dify_sdk.shared.files import FileParam
from dify_sdk.shared.results import Result
from dify_sdk.shared.runs import CompletionReply

from ..apps import answering
from ..generation import Asked
from ..registry import COMPLETIONS, handles
from ..visit import Visit


@handles(Completion.send, modes=COMPLETIONS, generates=True, payload="CompletionRequestPayload")
def send(
    visit: Visit,
    *,
    inputs: Mapping[str, Any] = {},  # as declared
    query: str | None = None,
    user: str | None = None,
    files: Sequence[FileParam] | None = None,
) -> CompletionReply:
    return answering.completion(visit, Asked(query or "", inputs, user, files))


@handles(Completion.stream, modes=COMPLETIONS, payload="CompletionRequestPayload")
def stream(
    visit: Visit,
    *,
    inputs: Mapping[str, Any] = {},  # as declared
    query: str | None = None,
    user: str | None = None,
    files: Sequence[FileParam] | None = None,
) -> Iterator[CompletionEvent | Pause]:
    return answering.completion_events(visit, Asked(query or "", inputs, user, files))


@handles(Completion.stop, modes=COMPLETIONS)
def stop(visit: Visit, task_id: str, *, user: str | None = None) -> Result:
    visit.stop(task_id, user)
    return Result(result="success")

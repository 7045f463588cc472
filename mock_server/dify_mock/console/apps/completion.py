"""Handlers: completion apps at their debugging."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dify_sdk._steps import Pause
from dify_sdk.console.apps.completion import Completion
from dify_sdk.shared.events import CompletionEvent
from dify_sdk.shared.files import FileParam
from dify_sdk.shared.results import Result
from dify_sdk.shared.runs import CompletionReply

from ...apps import answering
from ...apps.debugging import debugged
from ...generation import Asked
from ...registry import CONSOLE_COMPLETIONS, handles
from ...visit import Visit


@handles(Completion.send, modes=CONSOLE_COMPLETIONS, generates=True, payload="CompletionMessagePayload", decorated=True)
def send(
    visit: Visit,
    app_id: str,
    *,
    inputs: Mapping[str, Any] = {},  # as declared
    query: str | None = None,
    model_config_: Mapping[str, Any] | None = None,
    files: Sequence[FileParam] | None = None,
    retriever_from: str | None = None,
) -> CompletionReply:
    return answering.completion(debugged(visit, model_config_), Asked(query or "", inputs, None, files))


@handles(Completion.stream, modes=CONSOLE_COMPLETIONS, payload="CompletionMessagePayload", decorated=True)
def stream(
    visit: Visit,
    app_id: str,
    *,
    inputs: Mapping[str, Any] = {},  # as declared
    query: str | None = None,
    model_config_: Mapping[str, Any] | None = None,
    files: Sequence[FileParam] | None = None,
    retriever_from: str | None = None,
) -> Iterator[CompletionEvent | Pause]:
    return answering.completion_events(debugged(visit, model_config_), Asked(query or "", inputs, None, files))


@handles(Completion.stop, modes=CONSOLE_COMPLETIONS)
def stop(visit: Visit, app_id: str, task_id: str) -> Result:
    debugged(visit).stop(task_id)
    return Result(result="success")

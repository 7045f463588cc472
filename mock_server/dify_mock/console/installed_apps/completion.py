"""Handlers: installed completions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dify_sdk._steps import Pause
from dify_sdk.console.installed_apps.completion import Completion
from dify_sdk.shared.events import CompletionEvent
from dify_sdk.shared.files import FileParam
from dify_sdk.shared.results import Result
from dify_sdk.shared.runs import CompletionReply

from ...apps import using
from ...registry import INSTALLED_COMPLETIONS, handles
from ...visit import Visit
from .installed_apps import used


@handles(Completion.send, modes=INSTALLED_COMPLETIONS, generates=True, payload="CompletionMessageExplorePayload", decorated=True)
def send(
    visit: Visit,
    installed_app_id: str,
    *,
    inputs: Mapping[str, Any] = {},  # as declared
    query: str | None = None,
    files: Sequence[FileParam] | None = None,
    retriever_from: str | None = None,
) -> CompletionReply:
    used(visit, installed_app_id)
    return using.completion(visit, query, inputs, files)


@handles(Completion.stream, modes=INSTALLED_COMPLETIONS, payload="CompletionMessageExplorePayload", decorated=True)
def stream(
    visit: Visit,
    installed_app_id: str,
    *,
    inputs: Mapping[str, Any] = {},  # as declared
    query: str | None = None,
    files: Sequence[FileParam] | None = None,
    retriever_from: str | None = None,
) -> Iterator[CompletionEvent | Pause]:
    used(visit, installed_app_id)
    return using.completion_events(visit, query, inputs, files)


@handles(Completion.stop, modes=INSTALLED_COMPLETIONS)
def stop(visit: Visit, installed_app_id: str, task_id: str) -> Result:
    visit.stop(task_id)
    return Result(result="success")

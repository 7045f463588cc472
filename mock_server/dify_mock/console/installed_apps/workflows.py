"""Handlers: installed workflows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dify_sdk._steps import Pause
from dify_sdk.console.installed_apps.workflows import Workflows
from dify_sdk.shared.events import WorkflowEvent
from dify_sdk.shared.files import FileParam
from dify_sdk.shared.results import Result

from ...apps import using, workflows
from ...registry import INSTALLED_WORKFLOWS, handles
from ...visit import Visit


@handles(Workflows.stream, modes=INSTALLED_WORKFLOWS, payload="WorkflowRunPayload", decorated=True)
def stream(
    visit: Visit,
    installed_app_id: str,
    *,
    inputs: Mapping[str, Any] = {},  # as declared
    files: Sequence[FileParam] | None = None,
) -> Iterator[WorkflowEvent | Pause]:
    return using.workflow_events(visit, inputs, files)


@handles(Workflows.stop, modes=INSTALLED_WORKFLOWS)
def stop(visit: Visit, installed_app_id: str, task_id: str) -> Result:
    workflows.stop(visit, task_id)
    return Result(result="success")

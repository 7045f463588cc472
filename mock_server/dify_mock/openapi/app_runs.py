"""Handlers: runs of apps of any mode, their files and their forms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dify_sdk._files import File
from dify_sdk._params import Upload
from dify_sdk._steps import Pause
from dify_sdk.openapi.apps import AppFiles, AppForms, Apps
from dify_sdk.shared.events import ChatEvent
from dify_sdk.shared.files import FileParam
from dify_sdk.shared.forms import FormSubmission, HumanInputForm
from dify_sdk.shared.results import Result
from dify_sdk.shared.uploads import UploadedFile

from .. import simple
from ..access import RUN_APPS
from ..apps import files, forms, running, workflows
from ..apps.definitions import WORKFLOW_MODES
from ..generation import Asked, check_room
from ..refusals import Refusal, bad_request, not_found
from ..registry import handles
from ..state import Form
from ..uploads import accept, only_file
from ..visit import Visit


@handles(Apps.stream, access=RUN_APPS, payload="AppRunRequest")
def stream(
    visit: Visit,
    app_id: str,
    *,
    inputs: Mapping[str, Any] = {},  # as declared
    query: str | None = None,
    files: Sequence[FileParam] | None = None,
    conversation_id: str | None = None,
    auto_generate_name: bool | None = None,
    workflow_id: str | None = None,
    workspace_id: str | None = None,
) -> Iterator[ChatEvent | Pause]:
    app = visit.app
    if workspace_id and workspace_id != visit.world.workspace_of(app):
        raise _unprocessable("workspace_id does not match app's workspace")
    _check_room(visit)
    if app.mode == "workflow" and query is not None:
        raise _unprocessable("query_not_supported_for_workflow")
    if app.takes_query and not (query or "").strip():
        raise _unprocessable("query_required_for_chat")
    auto_name = auto_generate_name is not False
    asked = Asked(query or "", inputs, None, files, conversation_id, auto_name=auto_name, workflow_id=workflow_id)
    return simple.events(running.events(visit, asked))


@handles(Apps.events, access=RUN_APPS)
def events(
    visit: Visit,
    app_id: str,
    workflow_run_id: str,
    *,
    include_state_snapshot: bool | None = None,
    continue_on_pause: bool | None = None,
) -> Iterator[ChatEvent | Pause]:
    if visit.app.mode not in WORKFLOW_MODES:
        raise _unprocessable("mode_not_supported_for_event_reconnect")
    found = visit.world.runs.get(workflow_run_id)
    if found is None or (found.app_id, found.end_user_id) != (app_id, visit.end_user().id):
        raise not_found("Workflow run not found")
    return workflows.follow(visit, found, snapshot=bool(include_state_snapshot), waits=bool(continue_on_pause))


@handles(Apps.stop, access=RUN_APPS)
def stop(visit: Visit, app_id: str, task_id: str) -> Result:
    workflows.stop(visit, task_id)
    return Result(result="success")


@handles(AppFiles.upload, access=RUN_APPS)
def upload(visit: Visit, app_id: str, *, file: Upload) -> UploadedFile:
    """What is too large is no more than a bad request here."""
    only_file(visit.request)
    try:
        kept = accept(visit.world, File.of(file), created_by=visit.end_user().id, app_id=app_id)
    except Refusal as refusal:
        raise bad_request(refusal.message or "Bad Request") if refusal.status == 413 else refusal from None
    return files.told(visit, kept)


@handles(AppForms.get, access=RUN_APPS)
def get_form(visit: Visit, app_id: str, form_token: str) -> HumanInputForm:
    return HumanInputForm(**forms.facts(_open(visit, form_token)))


@handles(AppForms.submit, access=RUN_APPS, payload="HumanInputFormSubmitPayload")
def submit_form(visit: Visit, app_id: str, form_token: str, *, inputs: Mapping[str, Any], action: str) -> FormSubmission:
    forms.submit(visit, _open(visit, form_token), visit.end_user(), inputs, action)
    return FormSubmission()


def _open(visit: Visit, token: str) -> Form:
    """A form of the app that can still be filled."""
    form = forms.form_of(visit.world, token)
    if form is None or form.app_id != visit.app.id:
        raise not_found("Form not found", "form_not_found")
    return forms.opened(visit.world, form)


def _check_room(visit: Visit) -> None:
    """Too many runs at once are told by a status of their own here."""
    try:
        check_room(visit.world, visit.app)
    except Refusal:
        raise Refusal(429, "too_many_requests", "Too Many Requests") from None


def _unprocessable(message: str) -> Refusal:
    return Refusal(422, "invalid_param", message)

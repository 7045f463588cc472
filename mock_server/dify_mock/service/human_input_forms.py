"""Handlers: forms that paused runs wait for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dify_sdk.service.human_input_forms import FormSubmission, HumanInputForm, HumanInputForms

from ..refusals import Refusal, not_found
from ..registry import handles
from ..visit import Visit
from ..workflow.files import with_files
from ..workflow.values import text
from ..world import Form


@handles(HumanInputForms.get)
def get(visit: Visit, form_token: str) -> HumanInputForm:
    form = _open_form(visit, form_token)
    told: dict[str, Any] = {"inputs": form.inputs, "user_actions": form.actions}
    return HumanInputForm(
        form_content=form.content,
        resolved_default_values={name: text(value) for name, value in form.defaults.items()},
        expiration_time=form.expires_at,
        **told,
    )


@handles(HumanInputForms.submit, payload="HumanInputFormSubmitPayload")
def submit(visit: Visit, form_token: str, *, inputs: Mapping[str, Any], action: str, user: str | None = None) -> FormSubmission:
    form = _open_form(visit, form_token)
    if action not in {one["id"] for one in form.actions}:
        raise _wrong(f"Invalid action: {action}")
    names = [field["output_variable_name"] for field in form.inputs]
    if missing := [name for name in names if name not in inputs]:
        raise _wrong(f"Missing required inputs: {', '.join(missing)}")
    for field in form.inputs:
        _check(field, inputs[field["output_variable_name"]])
    given = {name: inputs[name] for name in names}
    form.submitted, form.action = with_files(visit, visit.end_user(user), form.inputs, given), action
    return FormSubmission()


def _open_form(visit: Visit, token: str) -> Form:
    """A form that can still be filled."""
    form = next((one for one in visit.world.forms.values() if one.token == token and one.app_id == visit.app.id), None)
    if form is None:
        raise not_found("Form not found")
    if form.submitted is not None:
        raise Refusal(412, "human_input_form_submitted", f"This form has already been submitted by another user, form_id={form.id}")
    if form.expires_at <= visit.world.clock.now() or visit.world.runs[form.run_id].is_over:
        raise Refusal(412, "human_input_form_expired", f"This form has expired, form_id={form.id}")
    return form


def _check(field: Mapping[str, Any], value: Any) -> None:
    """Whether a value is one for this kind of field."""
    name = field["output_variable_name"]
    match field["type"]:
        case "select":
            options = field["option_source"]["value"]
            if value not in options:
                raise _wrong(f"Invalid value for select input '{name}': must be one of {options}")
        case "file":
            if not isinstance(value, dict):
                raise _wrong(f"Invalid value for file input '{name}': a file is expected")
        case "file-list":
            most = field.get("number_limits") or 0
            if not isinstance(value, list):
                raise _wrong(f"Invalid value for file list input '{name}': a list of files is expected")
            if most and len(value) > most:  # pyright: ignore[reportUnknownArgumentType]  # any JSON
                raise _wrong(f"Invalid value for file list input '{name}': at most {most} files")
        case _:
            if not isinstance(value, str):
                raise _wrong(f"Invalid value for paragraph input '{name}': a text is expected")


def _wrong(message: str) -> Refusal:
    return Refusal(400, "invalid_form_data", message)

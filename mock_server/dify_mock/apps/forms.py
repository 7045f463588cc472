"""Forms that paused runs wait for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..refusals import Refusal, not_found
from ..state import EndUser, Form
from ..visit import Visit
from ..workflow.files import with_files
from ..workflow.values import text
from ..world import World


def facts(form: Form) -> dict[str, Any]:
    """A form as the wire has it."""
    return {
        "form_content": form.content,
        "resolved_default_values": {name: text(value) for name, value in form.defaults.items()},
        "expiration_time": form.expires_at,
        "inputs": form.inputs,
        "user_actions": form.actions,
    }


def submit(visit: Visit, form: Form, user: EndUser, inputs: Mapping[str, Any], action: str) -> None:
    """Fill a form."""
    if action not in {one["id"] for one in form.actions}:
        raise _wrong(f"Invalid action: {action}")
    names = [field["output_variable_name"] for field in form.inputs]
    if missing := [name for name in names if name not in inputs]:
        raise _wrong(f"Missing required inputs: {', '.join(missing)}")
    for field in form.inputs:
        _check(field, inputs[field["output_variable_name"]])
    given = {name: inputs[name] for name in names}
    form.submitted, form.action = with_files(visit, user, form.inputs, given), action


def owner(world: World, form: Form) -> EndUser:
    """Whoever began the run that waits."""
    return world.end_users[world.runs[form.run_id].end_user_id]


def form_of(world: World, token: str) -> Form | None:
    """A form by its token."""
    return next((one for one in world.forms.values() if one.token and one.token == token), None)


def opened(world: World, form: Form | None) -> Form:
    """A form that can still be filled."""
    if form is None:
        raise not_found("Form not found")
    if form.submitted is not None:
        raise Refusal(412, "human_input_form_submitted", f"This form has already been submitted by another user, form_id={form.id}")
    if form.expires_at <= world.clock.now() or world.runs[form.run_id].is_over:
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

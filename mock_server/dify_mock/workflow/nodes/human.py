"""The node that asks a person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from ...state import Form
from ..step import NodeError, Outcome, Performing, Step, Waits
from ..templates import render
from ..values import as_list, kind, markdown, part, text

TIMEOUT: Final = "__timeout"
_SECONDS: Final = {"minute": 60, "hour": 3600, "day": 86400}
_TOKEN_LENGTH: Final = 22


def human_input(step: Step) -> Performing:
    """Wait for a form, or go on with what was filled in; the branch is the button that was pressed."""
    if step.walk.round is not None:
        raise NodeError("Human input inside an iteration or a loop is not supported", "HumanInputNodeError")
    world = step.engine.world
    form = world.forms.get(step.execution.id)
    if form is None:
        form = _form(step)
        world.forms[form.id] = form
        raise Waits
    if form.submitted is not None and form.action is not None:
        return _filled(form, form.submitted, form.action)
    if form.expires_at > world.clock.now():
        raise Waits
    yield step.engine.tell.form_timeout(form)
    return Outcome(_outputs("", "", form.content), handle=TIMEOUT)


def _filled(form: Form, submitted: Mapping[str, Any], action: str) -> Outcome:
    title = next(one["title"] for one in form.actions if one["id"] == action)
    content = form.content
    for field in form.inputs:
        name = field["output_variable_name"]
        content = content.replace("{{#$output." + name + "#}}", _shown(field["type"], submitted.get(name)))
    inputs = {name: {"value_type": kind(value), "value": value} for name, value in submitted.items()}
    return Outcome({**submitted, **_outputs(action, title, content)}, inputs, handle=action)


def _outputs(action: str, title: str, content: str) -> dict[str, Any]:
    return {"__action_id": action, "__action_value": title, "__rendered_content": content}


def _shown(field: str, value: Any) -> str:
    match field:
        case "file":
            return "[file]" if value else ""
        case "file-list":
            return f"[{len(value or [])} files]"
        case _:
            return text(value)


def _form(step: Step) -> Form:
    """The form as it is sent out."""
    data, world = step.data, step.engine.world
    delivered = {one["type"] for one in data.get("delivery_methods", []) if one.get("enabled", True)}
    seconds = int(data.get("timeout", 3)) * _SECONDS[data.get("timeout_unit", "day")]
    inputs = [_field(step, field) for field in data.get("inputs", [])]
    return Form(
        id=step.execution.id,
        token=world.ids.token(_TOKEN_LENGTH) if "webapp" in delivered else "",
        app_id=step.engine.run.app_id,
        run_id=step.engine.run.id,
        node_id=step.node.id,
        node_title=step.node.title,
        content=render(data.get("form_content", ""), step.pool, markdown),
        inputs=inputs,
        actions=list(data.get("user_actions", [])),
        defaults={field["output_variable_name"]: value for field in inputs if (value := _default(step, field)) is not None},
        expires_at=step.engine.clock() + seconds,
        channels=sorted({"console"} | ({"email"} & delivered)),
        display_in_ui="webapp" in delivered,
    )


def _field(step: Step, field: dict[str, Any]) -> dict[str, Any]:
    """A field; options that come from a variable are read now."""
    source = part(field, "option_source")
    if source.get("type") != "variable":
        return dict(field)
    options = as_list(step.pool.get(source.get("selector") or [])) or []
    return {**field, "option_source": {**source, "value": [text(one) for one in options]}}


def _default(step: Step, field: dict[str, Any]) -> Any:
    default = part(field, "default")
    return step.pool.get(default.get("selector") or []) if default.get("type") == "variable" else None

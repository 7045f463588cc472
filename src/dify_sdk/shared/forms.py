"""Human input: what a waiting form asks for."""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

from pydantic import Field

from .._models import Model

ButtonStyle: TypeAlias = Literal["primary", "default", "accent", "ghost"]


class TextSource(Model):
    """Where a text comes from: a constant, or a variable named by its selector."""

    type: Literal["variable", "constant"] | str
    selector: list[str] = []
    value: str = ""


class OptionsSource(Model):
    """Where the options of a choice come from; `value` holds the list in either case."""

    type: Literal["variable", "constant"] | str
    selector: list[str] = []
    value: list[str] = []


class FormInput(Model):
    """A field of a form. What it holds beside its name depends on `type`."""

    type: Literal["paragraph", "select", "file", "file-list"] | str
    output_variable_name: str
    default: TextSource | None = None
    option_source: OptionsSource | None = None
    allowed_file_types: list[str] | None = None
    allowed_file_extensions: list[str] | None = None
    allowed_file_upload_methods: list[str] | None = None
    number_limits: int | None = None


class FormAction(Model):
    """A button of a form."""

    id: str
    title: str
    button_style: ButtonStyle | str = "default"


class SubmittedForm(Model):
    """How a form was filled."""

    node_id: str = ""
    node_title: str = ""
    rendered_content: str = ""
    action_id: str = ""
    action_text: str = ""
    submitted_data: dict[str, Any] | None = None


class WaitingForm(Model):
    """A form that a paused run waits for."""

    form_id: str = ""
    node_id: str = ""
    node_title: str = ""
    form_content: str = ""
    inputs: list[FormInput] = []
    actions: list[FormAction] = []
    display_in_ui: bool | None = None
    form_token: str | None = Field(default=None, repr=False)
    approval_channels: list[str] = []
    resolved_default_values: dict[str, Any] = {}
    expiration_time: int | None = None


class PauseReason(WaitingForm):
    """Why a run waits: a form (`human_input_required`), or a schedule with a `message` (`scheduled_pause`)."""

    type_: Literal["human_input_required", "scheduled_pause"] | str = Field(default="human_input_required", alias="TYPE")
    message: str | None = None


class HumanInputForm(Model):
    """A form: its text in Markdown with `{{#$output.name#}}` where fields go, the fields and the buttons."""

    form_content: str
    inputs: list[FormInput] = []
    resolved_default_values: dict[str, str] = {}
    user_actions: list[FormAction] = []
    expiration_time: int | None = None


class FormSubmission(Model):
    """The answer to a submitted form; servers leave it empty."""

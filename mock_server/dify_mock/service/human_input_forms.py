"""Handlers: forms that paused runs wait for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dify_sdk.service.human_input_forms import FormSubmission, HumanInputForm, HumanInputForms

from ..apps import forms
from ..registry import handles
from ..state import Form
from ..visit import Visit


@handles(HumanInputForms.get)
def get(visit: Visit, form_token: str) -> HumanInputForm:
    return HumanInputForm(**forms.facts(_mine(visit, form_token)))


@handles(HumanInputForms.submit, payload="HumanInputFormSubmitPayload")
def submit(visit: Visit, form_token: str, *, inputs: Mapping[str, Any], action: str, user: str | None = None) -> FormSubmission:
    forms.submit(visit, _mine(visit, form_token), visit.end_user(user), inputs, action)
    return FormSubmission()


def _mine(visit: Visit, token: str) -> Form:
    """A form of the app that can still be filled."""
    form = forms.form_of(visit.world, token)
    return forms.opened(visit.world, form if form and form.app_id == visit.app.id else None)

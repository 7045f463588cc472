"""Handlers: forms that paused runs wait for. They are open to whoever has the form's token."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from dify_sdk._files import File
from dify_sdk._params import Upload
from dify_sdk.web.human_input_forms import FormFile, FormFiles, FormSubmission, HumanInputForms, UploadToken, WebForm

from ..apps import files, forms, remote
from ..refusals import Refusal
from ..registry import NO_FILE, handles
from ..state import Form
from ..uploads import keep, only_file
from ..visit import Caller, Visit
from ..world import World
from .app import told

_PREFIX: Final = "hitl_upload_"
_MOST_CALLS, _SECONDS = 30, 60.0


@handles(HumanInputForms.get)
def get(visit: Visit, form_token: str) -> WebForm:
    form = _open(visit, "get", form_token)
    return WebForm(**forms.facts(form), site=told(visit, visit.world.apps[form.app_id], None))


@handles(HumanInputForms.submit, payload="HumanInputFormSubmitPayload", decorated=True)
def submit(visit: Visit, form_token: str, *, inputs: Mapping[str, Any], action: str) -> FormSubmission:
    form = _open(visit, "submit", form_token)
    forms.submit(_inside(visit, form), form, forms.owner(visit.world, form), inputs, action)
    return FormSubmission()


@handles(HumanInputForms.create_upload_token)
def create_upload_token(visit: Visit, form_token: str) -> UploadToken:
    form = _open(visit, "upload", form_token)
    form.upload_tokens.append(_PREFIX + visit.world.ids.token(43))
    return UploadToken(upload_token=form.upload_tokens[-1], expires_at=form.expires_at)


@handles(FormFiles.upload)
def upload(visit: Visit, *, file: Upload | None = None, url: str | None = None, upload_token: str | None = None) -> FormFile:
    form = _form_of_upload(visit)
    owner = forms.owner(visit.world, form)
    if file is None and not url:
        raise Refusal(*NO_FILE)
    inside = _inside(visit, form)
    if file is None:
        return remote.kept(inside, url or "", created_by=owner.id, app_id=form.app_id)
    only_file(visit.request)
    return files.told(inside, keep(visit.world, File.of(file), created_by=owner.id, app_id=form.app_id))


def _open(visit: Visit, what: str, token: str) -> Form:
    """A form that can still be filled, for those who do not ask too often."""
    if not visit.world.limits.admits(f"forms {what}", _MOST_CALLS, _SECONDS):
        raise Refusal(429, "web_form_rate_limit_exceeded", "Too many form requests. Please try again later.")
    return forms.opened(visit.world, forms.form_of(visit.world, token))


def _inside(visit: Visit, form: Form) -> Visit:
    """The visit as one to the form's app."""
    return Visit(visit.world, visit.request, Caller(visit.world.apps[form.app_id]), inside=visit.inside)


def _form_of_upload(visit: Visit) -> Form:
    """The form that the request's token opens, while it is open itself."""
    scheme, _, token = visit.request.headers.get("authorization", "").partition(" ")
    if not scheme:
        raise _no_entry(401, "Upload token is missing.")
    if scheme.lower() != "bearer" or not token.startswith(_PREFIX):
        raise _no_entry(400, "Upload token is malformed.")
    form = _of(visit.world, token)
    if form is None or form.submitted is not None or form.expires_at <= visit.world.clock.now():
        raise _no_entry(403, "Upload token is invalid or expired.")
    return form


def _of(world: World, upload_token: str) -> Form | None:
    return next((one for one in world.forms.values() if upload_token in one.upload_tokens), None)


def _no_entry(status: int, message: str) -> Refusal:
    return Refusal(status, "invalid_upload_token", message)

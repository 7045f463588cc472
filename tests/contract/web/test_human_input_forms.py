"""Stories of forms on a page: whoever has a form's token may fill it."""

from __future__ import annotations

import pytest

from dify_mock.contract import drawings
from dify_mock.contract.place import Place
from dify_mock.state import RemoteFile
from dify_sdk import WebClient
from dify_sdk.errors import (
    AuthenticationError,
    BadRequestError,
    FormExpiredError,
    FormSubmittedError,
    InvalidFormDataError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
)

FILLED = {"comment": "looks good", "choice": "red"}
NOTE = ("a.txt", b"words", "text/plain")
DAY = 24 * 3600


def asking(place: Place) -> WebClient:
    """A client of a page that asks a person."""
    return place.web_with(drawings.put_page(place.mock, "workflow", drawings.approval()))


def filing(place: Place) -> WebClient:
    """A client of a page that asks for files."""
    return place.web_with(drawings.put_page(place.mock, "workflow", drawings.filed()))


def waiting(client: WebClient) -> str:
    """Run until the form waits; answers its token."""
    [form] = client.workflows.run(inputs={"query": "please"}).forms
    return form.form_token or ""


def stranger(place: Place) -> WebClient:
    """Somebody without any passport."""
    return place.web_with("nobody-knows")


def test_a_form_is_read_and_filled_and_the_run_goes_on(place: Place) -> None:
    client = asking(place)
    stream = client.workflows.stream(inputs={"query": "please"})
    [form] = stream.result().forms
    token = form.form_token or ""
    read = stranger(place).human_input_forms.get(token)
    assert read.form_content == form.form_content
    assert read.site and (read.site.app_id, read.site.end_user_id) == (client.app.site().app_id, None)
    stranger(place).human_input_forms.submit(token, inputs=FILLED, action="approve")
    run = stream.resume().result()
    assert (run.status, run.outputs) == ("succeeded", FILLED)


def test_other_ways_to_reach_somebody_are_not_told(place: Place) -> None:
    [form] = asking(place).workflows.run(inputs={"query": "please"}).forms
    assert form.approval_channels == []


def test_a_form_is_filled_once(place: Place) -> None:
    client = asking(place)
    token = waiting(client)
    client.human_input_forms.submit(token, inputs=FILLED, action="reject")
    for touch in (
        lambda: client.human_input_forms.get(token),
        lambda: client.human_input_forms.submit(token, inputs=FILLED, action="approve"),
        lambda: client.human_input_forms.create_upload_token(token),
    ):
        with pytest.raises(FormSubmittedError):
            touch()


def test_a_form_has_its_time(place: Place) -> None:
    client = asking(place)
    token = waiting(client)
    place.mock.clock.advance(3 * DAY)
    with pytest.raises(FormExpiredError):
        client.human_input_forms.get(token)


def test_a_form_that_is_not_there_is_not_found(place: Place) -> None:
    for touch in (place.web().human_input_forms.get, place.web().human_input_forms.create_upload_token):
        with pytest.raises(NotFoundError, match="Form not found"):
            touch("nonexistent")


def test_a_form_is_looked_at_thirty_times_a_minute(place: Place) -> None:
    client = asking(place)
    token = waiting(client)
    for _ in range(30):
        assert client.human_input_forms.get(token).user_actions
    with pytest.raises(RateLimitError):
        client.human_input_forms.get(token)
    place.mock.clock.advance(61)
    assert client.human_input_forms.get(token).user_actions


@pytest.mark.parametrize(
    ("inputs", "action", "message"),
    [
        (FILLED, "shrug", "Invalid action"),
        ({"comment": "x"}, "approve", "choice"),
        ({**FILLED, "choice": "green"}, "approve", "must be one of"),
    ],
)
def test_a_form_that_is_filled_wrongly_stays_open(place: Place, inputs: dict[str, str], action: str, message: str) -> None:
    client = asking(place)
    token = waiting(client)
    with pytest.raises(InvalidFormDataError, match=message):
        client.human_input_forms.submit(token, inputs=inputs, action=action)
    assert client.human_input_forms.get(token).form_content


def test_files_are_uploaded_for_a_form_and_belong_to_the_one_who_began_the_run(place: Place) -> None:
    client = filing(place)
    stream = client.workflows.stream(inputs={"query": "please"})
    token = stream.result().forms[0].form_token or ""
    other = stranger(place)
    opened = other.human_input_forms.create_upload_token(token)
    assert opened.expires_at == other.human_input_forms.get(token).expiration_time
    kept = other.human_input_forms.files.upload(file=NOTE, upload_token=opened.upload_token)
    assert (kept.name, kept.created_by) == ("a.txt", client.app.site().end_user_id)
    one, two = (other.human_input_forms.upload_and_reference(token, file=NOTE) for _ in range(2))
    other.human_input_forms.submit(token, inputs={"doc": one, "docs": [two]}, action="ok")
    run = stream.resume().result()
    assert (run.status, run.outputs["doc"]["filename"]) == ("succeeded", "a.txt")
    assert client.files.download_url(run.outputs["doc"]["url"]).read() == b"words"


def test_a_file_elsewhere_is_fetched_for_a_form(place: Place) -> None:
    place.mock.world.remote_files["http://elsewhere.example/icon"] = RemoteFile(b"x", "image/png")
    client = filing(place)
    opened = client.human_input_forms.create_upload_token(waiting(client))
    kept = client.human_input_forms.files.upload(url="http://elsewhere.example/icon", upload_token=opened.upload_token)
    assert (kept.name, kept.size) == ("icon.png", 1)


def test_a_token_for_uploads_is_looked_at(place: Place) -> None:
    client = filing(place)
    token = waiting(client)
    opened = client.human_input_forms.create_upload_token(token).upload_token
    for wrong, error in ((None, AuthenticationError), ("app-x", BadRequestError), ("hitl_upload_unknown", PermissionDeniedError)):
        with pytest.raises(error):
            client.human_input_forms.files.upload(file=NOTE, upload_token=wrong)
    with pytest.raises(BadRequestError, match="Please upload your file"):
        client.human_input_forms.files.upload(upload_token=opened)
    place.mock.clock.advance(3 * DAY)
    with pytest.raises(PermissionDeniedError):
        client.human_input_forms.files.upload(file=NOTE, upload_token=opened)


def test_no_passport_goes_along(place: Place) -> None:
    client = asking(place)
    token = waiting(client)
    client.human_input_forms.get(token)
    assert "x-app-passport" not in place.mock.journal[-1].headers

"""Stories of a server that is set up: once, by whoever comes first, or by whoever knows its initial password."""

from __future__ import annotations

import httpx
import pytest

from dify_mock.contract.place import Place
from dify_sdk import AuthenticationError, ConsoleClient, PermissionDeniedError, PreconditionFailedError, UnprocessableEntityError
from dify_sdk.errors import APIStatusError, BadRequestError

pytestmark = pytest.mark.empty

EMAIL, PASSWORD = "first@example.com", "first-password-1"


def set_up(place: Place) -> ConsoleClient:
    client = place.console_of(EMAIL, PASSWORD)
    assert client.setup.create_admin(email=EMAIL, name="First", password=PASSWORD).result == "success"
    return client


def test_a_new_server_gets_its_first_account_and_workspace(place: Place) -> None:
    client = place.console_of(EMAIL, PASSWORD)
    assert (client.setup.status().step, client.setup.status().setup_at) == ("not_started", None)
    set_up(place)
    told = client.setup.status()
    assert told.step == "finished" and told.setup_at
    assert client.tags.list(type="app") == []  # the client has signed in


def test_nobody_is_let_in_before(place: Place) -> None:
    """Signing in again would not help: one attempt is all."""
    with pytest.raises((AuthenticationError, PreconditionFailedError)):
        place.console_of(EMAIL, PASSWORD).tags.list(type="app")
    assert [one.operation for one in place.mock.journal] == ["console.login"]


@pytest.mark.profiles("dify", reason="the documents answer 412 and no code")
def test_the_refusal_says_what_is_missing(place: Place) -> None:
    with pytest.raises(AuthenticationError) as refused:
        place.console_of(EMAIL, PASSWORD).tags.list(type="app")
    assert refused.value.code == "not_setup"


def test_a_server_is_set_up_once(place: Place) -> None:
    client = set_up(place)
    with pytest.raises(PermissionDeniedError):
        client.setup.create_admin(email="second@example.com", name="Second", password=PASSWORD)
    with pytest.raises(PermissionDeniedError):
        client.setup.validate_init_password(password="anything")


def test_a_weak_password_is_refused(place: Place) -> None:
    with pytest.raises((BadRequestError, UnprocessableEntityError)):
        place.console_of().setup.create_admin(email=EMAIL, name="First", password="short")
    assert place.console_of().setup.status().step == "not_started"


def test_an_initial_password_comes_first(place: Place) -> None:
    place.mock.world.settings.init_password = "let-me-in"
    client = place.console_of(EMAIL, PASSWORD)
    assert client.setup.init_status().status == "not_started"
    with pytest.raises(APIStatusError):
        client.setup.create_admin(email=EMAIL, name="First", password=PASSWORD)
    with pytest.raises(AuthenticationError):
        client.setup.validate_init_password(password="wrong")
    assert client.setup.validate_init_password(password="let-me-in").result == "success"
    assert client.setup.init_status().status == "not_started", "another visitor has not given it"
    assert client.setup.create_admin(email=EMAIL, name="First", password=PASSWORD).result == "success"
    assert client.setup.init_status().status == "finished"


def test_whoever_did_not_give_it_cannot_set_up(place: Place) -> None:
    place.mock.world.settings.init_password = "let-me-in"
    place.console_of().setup.validate_init_password(password="let-me-in")
    with pytest.raises(APIStatusError):
        place.console_of().setup.create_admin(email=EMAIL, name="First", password=PASSWORD)


@pytest.mark.parametrize("of_another", ["x", "MQ.MQ.x", "e30.e30.x"])
@pytest.mark.profiles("dify", reason="the documents have envelopes around what is told")
def test_the_cookie_of_another_program_is_none(place: Place, of_another: str) -> None:
    place.mock.world.settings.init_password = "let-me-in"
    with httpx.Client(transport=place.mock.transport, base_url="http://mock") as http:
        told = http.get("/console/api/init", headers={"cookie": f"session={of_another}"})
        assert (told.status_code, told.json()) == (200, {"status": "not_started"})
        assert http.get("/console/api/tags?type=app", headers={"cookie": f"access_token={of_another}"}).status_code == 401


def test_the_server_answers_before_it_is_set_up(place: Place) -> None:
    client = place.console_of()
    assert client.ping().result == "pong"
    assert client.version(current_version="1.0.0").version


@pytest.mark.profiles("dify", reason="the documents know one form of errors")
def test_its_first_routes_say_no_in_a_form_of_their_own(place: Place) -> None:
    with httpx.Client(transport=place.mock.transport, base_url="http://mock") as http:
        refused = http.post("/console/api/setup", json={"email": "x"})
        assert (refused.status_code, refused.json()["error"]["type"]) == (422, "validation_error")
        assert http.delete("/console/api/setup").headers["content-type"].startswith("text/html")

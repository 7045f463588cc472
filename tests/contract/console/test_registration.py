"""Stories of somebody who makes themselves an account, where the server lets them."""

from __future__ import annotations

import httpx
import pytest

from dify_mock.contract.place import Place
from dify_sdk import ConsoleClient
from dify_sdk.errors import BadRequestError, PermissionDeniedError, RateLimitError, UnprocessableEntityError

EMAIL, PASSWORD = "new@example.com", "a-password-1"


@pytest.fixture
def client(place: Place) -> ConsoleClient:
    """A stranger on a server that is open to strangers."""
    place.mock.world.settings.registration_is_open = True
    return place.console_of()


def shown(place: Place, client: ConsoleClient, email: str = EMAIL) -> str:
    """Have a code sent and show it; answers the token to go on with."""
    token = client.registration.send_code(email=email).data
    verified = client.registration.verify_code(email=email, code=place.mock.world.letters.last.code, token=token)
    assert (verified.is_valid, verified.email, verified.token != token) == (True, email, True)
    return verified.token


def test_a_letter_is_in_the_language_that_was_asked_for(place: Place, client: ConsoleClient) -> None:
    letters = place.mock.world.letters
    client.registration.send_code(email=EMAIL, language="fr-FR")
    assert letters.last.language == "fr-FR"
    client.forgot_password.send_code(email=EMAIL, language="ja-JP")
    assert letters.last.language == "ja-JP"
    client.email_login.send_code(email=EMAIL, language="de-DE")
    assert letters.last.language == "de-DE"
    place.console().members.ownership_transfer.send_code(language="pl-PL")
    assert letters.last.language == "pl-PL"
    place.console().account.email_change.send_code(email=place.console().account.get().email, phase="old_email")
    assert letters.last.language == "en-US"


def test_an_account_is_made_and_has_a_workspace(place: Place, client: ConsoleClient) -> None:
    token = shown(place, client)
    made = client.registration.complete(
        token=token, new_password=PASSWORD, password_confirm=PASSWORD, language="fr-FR", timezone="Europe/Paris"
    )
    assert made.result == "success"
    told = place.console_of(EMAIL, PASSWORD).account.get()
    assert (told.email, told.interface_language, told.timezone) == (EMAIL, "fr-FR", "Europe/Paris")
    assert place.console_of(EMAIL, PASSWORD).tags.create(name="mine", type="app").name == "mine"
    with pytest.raises(BadRequestError, match="token is invalid"):
        client.registration.complete(token=token, new_password=PASSWORD, password_confirm=PASSWORD)


def test_its_tokens_are_those_of_a_session(place: Place, client: ConsoleClient) -> None:
    """They come in the answer, and not in cookies; whoever wants to use them shows them so."""
    held = client.registration.complete(token=shown(place, client), new_password=PASSWORD, password_confirm=PASSWORD).data
    assert client.session is None
    assert not any(one and one in repr(held) for one in (held.access_token, held.csrf_token, held.refresh_token))
    cookies = f"access_token={held.access_token}; csrf_token={held.csrf_token}; refresh_token={held.refresh_token}"
    with httpx.Client(transport=place.mock.transport, base_url="http://mock") as http:
        headers = {"Cookie": cookies, "X-CSRF-Token": held.csrf_token or ""}
        assert http.get("/console/api/account/profile", headers=headers).status_code == 200
        assert http.post("/console/api/refresh-token", headers=headers).status_code == 200


def test_whoever_signs_up_goes_on_signed_in(place: Place, client: ConsoleClient) -> None:
    sent = client.registration.send_code(email=EMAIL)
    code = place.mock.world.letters.last.code
    client.registration.sign_up(email=EMAIL, code=code, token=sent.data, password=PASSWORD, language="ja-JP")
    assert client.session
    assert (client.account.get().email, client.account.get().interface_language) == (EMAIL, "ja-JP")


def test_a_wrong_code_makes_no_account(place: Place, client: ConsoleClient) -> None:
    sent = client.registration.send_code(email=EMAIL)
    with pytest.raises(BadRequestError, match="code is invalid"):
        client.registration.sign_up(email=EMAIL, code="wrong", token=sent.data, password=PASSWORD)
    assert client.session is None
    assert place.mock.world.accounts.by_email(EMAIL) is None


def test_strangers_are_let_in_only_where_the_server_says_so(place: Place) -> None:
    registration = place.console_of().registration
    with pytest.raises(PermissionDeniedError):
        registration.send_code(email=EMAIL)
    with pytest.raises(PermissionDeniedError):
        registration.verify_code(email=EMAIL, code="000000", token="a token")
    with pytest.raises(PermissionDeniedError):
        registration.complete(token="a token", new_password=PASSWORD, password_confirm=PASSWORD)


def test_nobody_has_two_accounts(place: Place, client: ConsoleClient) -> None:
    token = shown(place, client, place.mock.credentials.email)
    with pytest.raises(BadRequestError, match="already exists"):
        client.registration.complete(token=token, new_password=PASSWORD, password_confirm=PASSWORD)


def test_whoever_has_gone_comes_back_after_a_month(place: Place, client: ConsoleClient) -> None:
    client.registration.complete(token=shown(place, client), new_password=PASSWORD, password_confirm=PASSWORD)
    gone = place.console_of(EMAIL, PASSWORD)
    token = gone.account.send_deletion_code().data
    gone.account.delete(token=token, code=place.mock.world.letters.last.code)
    place.mock.clock.advance(61)
    with pytest.raises(BadRequestError, match="past 30 days"):
        client.registration.send_code(email=EMAIL)
    place.mock.clock.advance(30 * 86_400)
    client.registration.complete(token=shown(place, client), new_password=PASSWORD, password_confirm=PASSWORD)
    assert place.console_of(EMAIL, PASSWORD).account.get().email == EMAIL


def test_a_weak_password_makes_no_account(place: Place, client: ConsoleClient) -> None:
    token = shown(place, client)
    with pytest.raises((UnprocessableEntityError, BadRequestError)) as refused:
        client.registration.complete(token=token, new_password="short", password_confirm="short")
    assert list(refused.value.params) == ["new_password"]
    with pytest.raises(BadRequestError, match="do not match"):
        client.registration.complete(token=token, new_password=PASSWORD, password_confirm="another-2")
    assert place.mock.world.accounts.by_email(EMAIL) is None


def test_codes_are_neither_sent_nor_guessed_too_often(place: Place, client: ConsoleClient) -> None:
    token = client.registration.send_code(email=EMAIL).data
    with pytest.raises(RateLimitError):
        client.registration.send_code(email=EMAIL)
    for _ in range(6):
        with pytest.raises(BadRequestError, match="code is invalid"):
            client.registration.verify_code(email=EMAIL, code="wrong", token=token)
    with pytest.raises(RateLimitError):
        client.registration.verify_code(email=EMAIL, code=place.mock.world.letters.last.code, token=token)

"""Stories of a forgotten password: a code, a new password, and how little a stranger learns."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dify_mock.contract.place import Place
from dify_sdk import AuthenticationError, ConsoleClient
from dify_sdk.errors import BadRequestError, RateLimitError, UnprocessableEntityError
from dify_sdk.shared.codes import CodeSent

STRANGER = "stranger@example.com"
WAYS: dict[str, Callable[[ConsoleClient, str], CodeSent]] = {
    "send_code": lambda client, email: client.forgot_password.send_code(email=email),
    "send_reset_code": lambda client, email: client.forgot_password.send_reset_code(email=email, language="en-US"),
}
ways = pytest.mark.parametrize("way", WAYS)


def shown(place: Place, client: ConsoleClient, email: str, token: str) -> str:
    """Show the code that has just come; answers the token to go on with."""
    verified = client.forgot_password.verify_code(email=email, code=place.mock.world.letters.last.code, token=token)
    assert (verified.is_valid, verified.email, verified.token != token) == (True, email, True)
    return verified.token


@ways
def test_a_password_is_set_anew(place: Place, way: str) -> None:
    client, email = place.console_of(), place.mock.credentials.email
    token = shown(place, client, email, WAYS[way](client, email).data)
    assert client.forgot_password.reset(token=token, new_password="another-2", password_confirm="another-2").result == "success"
    with pytest.raises(AuthenticationError):
        place.console().account.get()
    assert place.console_of(email, "another-2").account.get().email == email
    with pytest.raises(BadRequestError, match="token is invalid"):
        client.forgot_password.reset(token=token, new_password="another-3", password_confirm="another-3")


def test_only_the_second_token_sets_it(place: Place) -> None:
    client, email = place.console_of(), place.mock.credentials.email
    first = client.forgot_password.send_code(email=email).data
    with pytest.raises(BadRequestError, match="token is invalid"):
        client.forgot_password.reset(token=first, new_password="another-2", password_confirm="another-2")
    second = shown(place, client, email, first)
    for spent in (first, second):
        with pytest.raises(BadRequestError, match="token is invalid"):
            shown(place, client, email, spent)
    client.forgot_password.reset(token=second, new_password="another-2", password_confirm="another-2")


def test_a_new_password_must_be_strong_and_typed_twice(place: Place) -> None:
    client, email = place.console_of(), place.mock.credentials.email
    token = shown(place, client, email, client.forgot_password.send_code(email=email).data)
    with pytest.raises((UnprocessableEntityError, BadRequestError)) as refused:
        client.forgot_password.reset(token=token, new_password="short", password_confirm="short")
    assert list(refused.value.params) == ["new_password"]
    with pytest.raises(BadRequestError, match="do not match"):
        client.forgot_password.reset(token=token, new_password="another-2", password_confirm="another-3")
    client.forgot_password.reset(token=token, new_password="another-2", password_confirm="another-2")


@ways
def test_a_stranger_is_not_told_who_has_an_account(place: Place, way: str) -> None:
    client = place.console_of()
    token = shown(place, client, STRANGER, WAYS[way](client, STRANGER).data)
    with pytest.raises(BadRequestError, match="Account not found"):
        client.forgot_password.reset(token=token, new_password="another-2", password_confirm="another-2")


@ways
def test_a_code_is_sent_once_a_minute(place: Place, way: str) -> None:
    client, email = place.console_of(), place.mock.credentials.email
    client.forgot_password.send_code(email=email)
    with pytest.raises(RateLimitError):
        WAYS[way](client, email)
    assert WAYS[way](client, STRANGER).data, "another address has its own minute"
    place.mock.clock.advance(61)
    assert WAYS[way](client, email).data


def test_a_code_holds_for_five_minutes(place: Place) -> None:
    client, email = place.console_of(), place.mock.credentials.email
    token = client.forgot_password.send_code(email=email).data
    place.mock.clock.advance(301)
    with pytest.raises(BadRequestError, match="token is invalid"):
        shown(place, client, email, token)


def test_after_too_many_wrong_codes_the_address_is_locked_for_a_day(place: Place) -> None:
    client, email = place.console_of(), place.mock.credentials.email
    token = client.forgot_password.send_code(email=email).data
    for _ in range(6):
        with pytest.raises(BadRequestError, match="code is invalid"):
            client.forgot_password.verify_code(email=email, code="wrong", token=token)
    with pytest.raises(RateLimitError):
        shown(place, client, email, token)
    place.mock.clock.advance(86_401)
    shown(place, client, email, client.forgot_password.send_code(email=email).data)


def test_the_right_code_lets_earlier_mistakes_be_forgotten(place: Place) -> None:
    client, email = place.console_of(), place.mock.credentials.email
    for _ in range(2):
        token = client.forgot_password.send_code(email=email).data
        for _ in range(5):
            with pytest.raises(BadRequestError, match="code is invalid"):
                client.forgot_password.verify_code(email=email, code="wrong", token=token)
        shown(place, client, email, token)
        place.mock.clock.advance(61)


def test_a_code_belongs_to_an_address(place: Place) -> None:
    client, email = place.console_of(), place.mock.credentials.email
    token = client.forgot_password.send_code(email=email).data
    with pytest.raises(BadRequestError, match="email address is not valid"):
        shown(place, client, STRANGER, token)


def test_whoever_has_too_many_codes_sent_is_shut_out(place: Place) -> None:
    """Fifty a minute, whoever they are for; once more within ten minutes, and it is for an hour."""
    client, clock = place.console_of(), place.mock.clock

    def send_fifty(name: str) -> None:
        for number in range(50):
            client.forgot_password.send_code(email=f"{name}-{number}@example.com")
        with pytest.raises(RateLimitError):
            client.forgot_password.send_code(email="one-more@example.com")

    send_fifty("first")
    clock.advance(61)
    send_fifty("second")
    clock.advance(61)
    with pytest.raises(RateLimitError):
        client.forgot_password.send_code(email="still@example.com")
    clock.advance(3600)
    assert client.forgot_password.send_code(email="again@example.com").data

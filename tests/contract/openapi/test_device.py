"""Stories of the device grant, step by step."""

from __future__ import annotations

import re

import pytest

from dify_mock import console_sessions
from dify_mock.contract.place import Place
from dify_sdk.errors import (
    AccessDeniedError,
    AuthenticationError,
    AuthorizationPendingError,
    BadRequestError,
    ConflictError,
    ExpiredTokenError,
    NotFoundError,
    RateLimitError,
    SlowDownError,
)
from dify_sdk.openapi import OpenAPIClient
from dify_sdk.openapi.oauth import DeviceCode, DeviceToken


@pytest.fixture
def client(place: Place) -> OpenAPIClient:
    """A program without a token."""
    return place.openapi_with(None)


@pytest.fixture
def code(client: OpenAPIClient) -> DeviceCode:
    """A code that waits to be confirmed."""
    return client.oauth.device.request_code(client_id="difyctl", device_label="a test")


def browser(place: Place) -> OpenAPIClient:
    """The owner of the workspace, signed in to the console."""
    world = place.mock.world
    return place.openapi_with(None, headers=console_sessions.headers(world, world.owner))


def polled(client: OpenAPIClient, code: DeviceCode) -> DeviceToken:
    return client.oauth.device.poll_token(device_code=code.device_code, client_id="difyctl")


def test_a_code_tells_a_person_what_to_do(place: Place, code: DeviceCode) -> None:
    assert re.fullmatch(r"[A-Y3-9]{4}-[A-Y3-9]{4}", code.user_code)
    assert re.fullmatch(r"dc_\w{32}", code.device_code)
    assert (code.expires_in, code.interval) == (900, 5)
    assert code.verification_uri == f"{place.mock.url}/device"
    assert code.device_code not in repr(place.mock.journal[-1])


def test_whoever_is_signed_in_lets_a_program_in(place: Place, client: OpenAPIClient, code: DeviceCode) -> None:
    known = client.oauth.device.lookup(user_code=f" {code.user_code.lower()} ")
    assert (known.valid, known.expires_in_remaining, known.client_id) == (True, 900, "difyctl")
    assert browser(place).oauth.device.approve(user_code=code.user_code).status == "approved"
    token = polled(client, code)
    assert token.account
    assert token.account.id == place.mock.world.owner_id
    assert place.openapi_with(token.token).account.get().account == token.account


def test_whoever_is_signed_in_refuses_a_program(place: Place, client: OpenAPIClient, code: DeviceCode) -> None:
    assert browser(place).oauth.device.deny(user_code=code.user_code).status == "denied"
    assert client.oauth.device.lookup(user_code=code.user_code).valid is False
    with pytest.raises(AccessDeniedError):
        polled(client, code)


def test_a_token_is_given_out_once(place: Place, client: OpenAPIClient, code: DeviceCode) -> None:
    place.mock.world.devices.approve(code.user_code, place.mock.world.owner)
    polled(client, code)
    place.mock.clock.advance(5)
    with pytest.raises(ExpiredTokenError):
        polled(client, code)
    with pytest.raises(NotFoundError):
        browser(place).oauth.device.approve(user_code=code.user_code)


def test_who_asks_too_soon_is_slowed_down_whatever_was_decided(place: Place, client: OpenAPIClient, code: DeviceCode) -> None:
    with pytest.raises(AuthorizationPendingError):
        polled(client, code)
    place.mock.world.devices.approve(code.user_code, place.mock.world.owner)
    for _ in range(2):
        place.mock.clock.advance(4)
        with pytest.raises(SlowDownError):  # which counts as a question too
            polled(client, code)
    place.mock.clock.advance(5)
    assert polled(client, code).token


def test_a_program_that_really_waits_is_not_slowed_down(
    place: Place, client: OpenAPIClient, code: DeviceCode, monkeypatch: pytest.MonkeyPatch
) -> None:
    for now in (0.0, 5.0):
        monkeypatch.setattr("dify_mock.devices.time.monotonic", lambda now=now: now)
        with pytest.raises(AuthorizationPendingError):
            polled(client, code)


def test_a_code_that_nobody_knows_is_too_old(client: OpenAPIClient, code: DeviceCode) -> None:
    with pytest.raises(ExpiredTokenError):
        client.oauth.device.poll_token(device_code="dc_unknown", client_id="difyctl")
    with pytest.raises(ExpiredTokenError):
        client.oauth.device.poll_token(device_code=code.device_code, client_id="another")
    assert client.oauth.device.lookup(user_code="AAAA-AAAA").valid is False


def test_a_code_grows_old(place: Place, client: OpenAPIClient, code: DeviceCode) -> None:
    place.mock.clock.advance(900)
    assert client.oauth.device.lookup(user_code=code.user_code).valid is False
    with pytest.raises(ExpiredTokenError):
        polled(client, code)
    with pytest.raises(NotFoundError) as refused:
        browser(place).oauth.device.deny(user_code=code.user_code)
    assert refused.value.code == "expired_or_unknown"


def test_a_code_is_decided_once(place: Place, code: DeviceCode) -> None:
    device = browser(place).oauth.device
    device.deny(user_code=code.user_code)
    for decide in (device.approve, device.deny):
        with pytest.raises(ConflictError) as refused:
            decide(user_code=code.user_code)
        assert refused.value.code == "already_resolved"


def test_only_who_is_signed_in_decides(place: Place, client: OpenAPIClient, code: DeviceCode) -> None:
    with pytest.raises(AuthenticationError, match="Invalid Authorization token"):
        client.oauth.device.approve(user_code=code.user_code)
    world = place.mock.world
    held = console_sessions.headers(world, world.owner)
    without = place.openapi_with(None, headers={"Cookie": held["Cookie"]})
    with pytest.raises(AuthenticationError, match="CSRF"):
        without.oauth.device.approve(user_code=code.user_code)
    place.mock.clock.advance(3600)
    late = place.openapi_with(None, headers=held)
    with pytest.raises(AuthenticationError, match="expired"):
        late.oauth.device.approve(user_code=code.user_code)


def test_who_asks_too_often_is_sent_away(place: Place, client: OpenAPIClient, code: DeviceCode) -> None:
    for _ in range(59):
        client.oauth.device.request_code(client_id="difyctl", device_label="a test")
    with pytest.raises(RateLimitError, match="rate_limited"):
        client.oauth.device.request_code(client_id="difyctl", device_label="a test")
    place.mock.clock.advance(3601)
    assert client.oauth.device.request_code(client_id="difyctl", device_label="a test").user_code


def test_arguments_are_refused_in_pydantics_words(place: Place, client: OpenAPIClient) -> None:
    with pytest.raises(BadRequestError, match="device_label: Field required") as refused:
        client.oauth.device.request_code(client_id="difyctl", device_label=None)  # type: ignore[arg-type]  # what a program may send
    assert refused.value.body["message"].startswith("1 validation error for DeviceCodeRequest\n")
    assert refused.value.code == "bad_request"

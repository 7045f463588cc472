"""Stories of somebody without an account who lets a program in: an enterprise server sends them elsewhere to sign in."""

from __future__ import annotations

from collections.abc import Callable
from http.cookies import SimpleCookie

import pytest

from dify_mock import sso
from dify_mock.contract.place import Place
from dify_mock.enterprise import Enterprise
from dify_sdk.errors import AuthenticationError, BadRequestError, ConflictError, NotFoundError, PermissionDeniedError
from dify_sdk.openapi import OpenAPIClient
from dify_sdk.openapi.oauth import DeviceCode

EMAIL = "carl@elsewhere.example"


@pytest.fixture
def code(place: Place) -> DeviceCode:
    """A code that waits to be confirmed, on an enterprise server."""
    place.mock.world.enterprise = Enterprise()
    return place.openapi_with(None).oauth.device.request_code(client_id="difyctl", device_label="a test")


def back(place: Place, code: DeviceCode, email: str = EMAIL) -> OpenAPIClient:
    """The browser of somebody who has signed in elsewhere and came back."""
    said = sso.assertion(place.mock.world, email, code.user_code)
    reply = place.openapi_with(None).with_raw_response.oauth.device.complete_sso(sso_assertion=said)
    assert reply.headers["location"].endswith("/device?sso_verified=1")
    held = SimpleCookie(reply.headers["set-cookie"])["device_approval_grant"]
    assert (held["httponly"], held["path"], held["max-age"]) == (True, "/openapi/v1/oauth/device", "300")
    return place.openapi_with(None, headers={"Cookie": f"device_approval_grant={held.value}"})


WAYS: dict[str, Callable[[OpenAPIClient], object]] = {
    "initiate_sso": lambda client: client.oauth.device.initiate_sso(user_code="ABCD-EFGH"),
    "complete_sso": lambda client: client.oauth.device.complete_sso(sso_assertion="x"),
    "get_approval_context": lambda client: client.oauth.device.get_approval_context(),
    "approve_external": lambda client: client.oauth.device.approve_external(user_code="ABCD-EFGH", csrf_token="x"),
}


@pytest.mark.parametrize("way", WAYS)
def test_the_community_edition_has_no_such_way_in(place: Place, way: str) -> None:
    with pytest.raises(NotFoundError):
        WAYS[way](place.openapi_with(None))


def test_a_browser_is_sent_elsewhere_to_sign_in(place: Place, code: DeviceCode) -> None:
    reply = place.openapi_with(None).with_raw_response.oauth.device.initiate_sso(user_code=code.user_code)
    assert reply.status_code == 302
    assert reply.headers["location"].startswith(f"{sso.ISSUER}/authorize?state={code.user_code}&redirect_uri=")
    with pytest.raises(BadRequestError, match="invalid_user_code"):
        place.openapi_with(None).oauth.device.initiate_sso(user_code="AAAA-AAAA")


def test_somebody_known_elsewhere_lets_a_program_in(place: Place, code: DeviceCode) -> None:
    browser = back(place, code)
    asked = browser.oauth.device.get_approval_context()
    assert (asked.subject_email, asked.subject_issuer, asked.user_code) == (EMAIL, sso.ISSUER, code.user_code)
    assert asked.expires_at == "2026-01-05T09:05:00Z"
    assert browser.oauth.device.approve_external(user_code=code.user_code, csrf_token=asked.csrf_token).status == "approved"

    token = place.openapi_with(None).oauth.device.poll_token(device_code=code.device_code, client_id="difyctl")
    assert token.token.startswith("dfoe_")
    assert (token.subject_type, token.subject_email, token.subject_issuer) == ("external_sso", EMAIL, sso.ISSUER)
    assert (token.account, token.workspaces, token.default_workspace_id) == (None, [], None)
    with pytest.raises(PermissionDeniedError, match="unsupported_token_type"):
        place.openapi_with(token.token).account.get()


def test_what_somebody_came_back_with_is_good_once(place: Place, code: DeviceCode) -> None:
    browser = back(place, code)
    csrf = browser.oauth.device.get_approval_context().csrf_token
    browser.oauth.device.approve_external(user_code=code.user_code, csrf_token=csrf)
    with pytest.raises(AuthenticationError, match="session_already_consumed"):
        browser.oauth.device.approve_external(user_code=code.user_code, csrf_token=csrf)


def test_only_the_code_that_they_came_for_is_confirmed(place: Place, code: DeviceCode) -> None:
    browser = back(place, code)
    csrf = browser.oauth.device.get_approval_context().csrf_token
    with pytest.raises(PermissionDeniedError, match="csrf_mismatch"):
        browser.oauth.device.approve_external(user_code=code.user_code, csrf_token="another")
    with pytest.raises(BadRequestError, match="user_code_mismatch"):
        browser.oauth.device.approve_external(user_code="AAAA-AAAA", csrf_token=csrf)
    place.mock.world.devices.deny(code.user_code)
    with pytest.raises(ConflictError, match="user_code_not_pending"):
        browser.oauth.device.approve_external(user_code=code.user_code, csrf_token=csrf)


def test_who_has_an_account_does_not_come_this_way(place: Place, code: DeviceCode) -> None:
    browser = back(place, code, "admin@example.com")
    csrf = browser.oauth.device.get_approval_context().csrf_token
    with pytest.raises(ConflictError, match="email_belongs_to_dify_account"):
        browser.oauth.device.approve_external(user_code=code.user_code, csrf_token=csrf)


def test_who_was_not_sent_is_not_let_in(place: Place, code: DeviceCode) -> None:
    with pytest.raises(AuthenticationError, match="no_session"):
        place.openapi_with(None).oauth.device.get_approval_context()
    reply = place.openapi_with(None).with_raw_response.oauth.device.complete_sso(sso_assertion="made.up.words")
    assert reply.headers["location"].endswith("/device?sso_error=invalid_assertion")
    assert "set-cookie" not in reply.headers
    assert "made.up.words" not in place.mock.journal[-1].query
    browser = back(place, code)
    place.mock.clock.advance(300)
    with pytest.raises(AuthenticationError, match="invalid_session"):
        browser.oauth.device.get_approval_context()

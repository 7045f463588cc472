"""What only a raw request can ask of the OpenAPI tier, and how its errors are written."""

import base64

import httpx
import pytest

from dify_mock import MockServer


@pytest.fixture
def mock():
    return MockServer(pace=0)


@pytest.fixture
def http(mock):
    held = {"authorization": f"Bearer {mock.credentials.openapi_token}"}
    with httpx.Client(transport=mock.transport, base_url="http://mock/openapi/v1", headers=held) as http:
        yield http


def test_arguments_that_do_not_validate_are_told_one_by_one(http):
    reply = http.get("/account/sessions", params={"limit": 0, "page": "x"})
    assert reply.status_code == 422
    told = reply.json()
    assert list(told) == ["code", "message", "status", "details"]
    assert (told["code"], told["message"], told["status"]) == ("invalid_param", "Request validation failed", 422)
    assert [(list(one), one["loc"]) for one in told["details"]] == [(["type", "loc", "msg"], ["page"]), (["type", "loc", "msg"], ["limit"])]


def test_nothing_is_said_with_a_token_missing(http):
    reply = http.get("/account", headers={"authorization": ""})
    assert (reply.status_code, reply.json()) == (401, {"code": "unauthorized", "message": "bearer required", "status": 401})
    assert reply.headers["www-authenticate"] == 'Bearer realm="api"'


def test_a_path_that_is_not_there_is_told_in_json(http):
    assert http.get("/nowhere").json()["code"] == "not_found"
    assert http.put("/account").json()["code"] == "method_not_allowed"


def test_the_device_grant_tells_errors_as_its_rfc_does(http):
    reply = http.post("/oauth/device/code", json={"client_id": "another", "device_label": "x"})
    assert (reply.status_code, reply.json()) == (400, {"error": "unsupported_client"})


def test_a_browser_is_told_by_pages(http):
    reply = http.get("/oauth/device/sso-initiate", params={"user_code": "x"})
    assert (reply.status_code, reply.headers["content-type"]) == (404, "text/html; charset=utf-8")


def test_a_user_code_must_be_told_to_be_sent_elsewhere(http, mock):
    from dify_mock.enterprise import Enterprise

    mock.world.enterprise = Enterprise()
    reply = http.get("/oauth/device/sso-initiate")
    assert reply.status_code == 400
    assert "<p>user_code required</p>" in reply.text


def test_an_empty_server_has_no_accounts():
    with MockServer(seed="empty", pace=0) as mock:
        assert mock.credentials.openapi_token == ""
        assert not mock.world.accounts.known


def test_secrets_do_not_show(mock, http):
    http.post("/oauth/device/token", json={"device_code": "dc_secret", "client_id": "difyctl"})
    session = next(iter(mock.world.devices.sessions.values()))
    shown = repr([*mock.journal, mock.credentials, session, mock.world.owner])
    for secret in ("dc_secret", mock.credentials.openapi_token, mock.credentials.password):
        assert secret not in shown


def test_a_test_decides_only_codes_that_wait(mock):
    devices = mock.world.devices
    code = devices.request("difyctl", "a test")
    devices.deny(code.user_code)
    for user_code in (code.user_code, "AAAA-AAAA"):
        with pytest.raises(LookupError, match=user_code):
            devices.approve(user_code, mock.world.owner)


def test_who_has_not_accepted_an_invitation_has_no_password(mock):
    from dify_mock.enterprise import Enterprise

    world = mock.world
    world.enterprise = Enterprise()
    invited = world.accounts.invite(world.accounts.workspaces[world.workspace_id], "ann@example.com", "normal")
    with httpx.Client(transport=mock.transport, base_url="http://mock/api") as page:

        def sign_in(password):
            return page.post("/login", json={"email": "ann@example.com", "password": base64.b64encode(password.encode()).decode()})

        assert sign_in("").status_code == 401
        world.accounts.accept(invited.token, "a-password-1")
        assert sign_in("a-password-1").status_code == 200

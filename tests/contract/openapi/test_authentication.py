"""Stories of tokens that open nothing, and of what the tier says then."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dify_mock.contract.place import Place
from dify_mock.devices import Stranger
from dify_mock.enterprise import AccessMode, Enterprise
from dify_sdk.errors import APIStatusError, AuthenticationError, InternalServerError, NotFoundError, PermissionDeniedError, RateLimitError
from dify_sdk.openapi import OpenAPIClient

FOR_ACCOUNTS: dict[str, Callable[[OpenAPIClient], object]] = {
    "account": lambda client: client.account.get(),
    "sessions": lambda client: client.account.sessions.list(),
    "workspaces": lambda client: client.workspaces.list(),
}


def test_the_server_tells_how_it_is_to_everybody(place: Place) -> None:
    client = place.openapi_with(None)
    assert client.health().ok is True
    assert (client.version().version, client.version().edition) == ("1.16.1", "COMMUNITY")
    place.mock.world.enterprise = Enterprise()
    assert client.version().edition == "ENTERPRISE"


def test_a_token_that_nobody_knows_trips_the_server(place: Place) -> None:
    with pytest.raises(InternalServerError, match="Internal Server Error") as refused:
        place.openapi_with("dfoa_unknown").account.get()
    assert refused.value.code == "internal_server_error"


def test_an_account_that_is_gone_is_told_so(place: Place) -> None:
    world = place.mock.world
    token = world.devices.sign_in(world.accounts.add("ann@example.com")).token
    del world.accounts.known[next(reversed(world.accounts.known))]
    with pytest.raises(AuthenticationError, match="account not found"):
        place.openapi_with(token).account.get()


@pytest.mark.parametrize("what", FOR_ACCOUNTS)
def test_a_token_of_somebody_without_an_account_is_not_for_accounts(place: Place, what: str) -> None:
    place.mock.world.enterprise = Enterprise()
    token = place.mock.world.devices.sign_in(Stranger("carl@elsewhere.example", "https://sso.example.com")).token
    with pytest.raises(PermissionDeniedError, match="unsupported_token_type"):
        FOR_ACCOUNTS[what](place.openapi_with(token))


def test_an_old_command_line_is_told_to_be_renewed(place: Place) -> None:
    old = place.openapi(headers={"User-Agent": "difyctl/0.1.9 (linux)"})
    for ask in (old.account.get, lambda: old.oauth.device.lookup(user_code="AAAA-AAAA")):
        with pytest.raises(APIStatusError, match=r"0\.2\.0 or newer") as refused:
            ask()
        assert (refused.value.status_code, refused.value.code) == (426, "upgrade_required")
        assert "http" in refused.value.body["hint"]
    assert old.version().version
    assert place.openapi(headers={"User-Agent": "difyctl/0.2.0"}).account.get().account


def test_a_session_opens_what_the_path_names_and_no_more(place: Place) -> None:
    world = place.mock.world
    ann = world.accounts.add("ann@example.com")
    with pytest.raises(NotFoundError, match="workspace not found"):
        place.openapi_with(world.devices.sign_in(ann).token).workspaces.get(world.workspace_id)


def test_a_program_that_calls_too_often_is_told_to_wait(place: Place) -> None:
    place.mock.world.devices.calls_a_minute = 2
    client = place.openapi()
    for _ in range(2):
        client.account.get()
    with pytest.raises(RateLimitError) as refused:
        client.account.get()
    assert refused.value.retry_after == 60
    place.mock.clock.advance(60)
    assert client.account.get().account


def test_a_private_app_is_run_by_those_it_names(place: Place) -> None:
    world, client = place.mock.world, place.openapi()
    app, world.enterprise = world.first_app("chat"), Enterprise()
    world.enterprise.access[app.id] = "private"
    with pytest.raises(PermissionDeniedError, match="user_not_allowed_for_private_app"):
        client.apps.stop(app.id, "a task")
    world.enterprise.allowed[app.id] = {world.owner_id}
    assert client.apps.stop(app.id, "a task").result == "success"


@pytest.mark.parametrize("mode", ["private", "private_all"])
def test_an_app_for_members_is_not_run_by_strangers(place: Place, mode: AccessMode) -> None:
    world = place.mock.world
    app, world.enterprise = world.first_app("chat"), Enterprise()
    client = place.openapi_with(world.devices.sign_in(Stranger("carl@elsewhere.example", "https://sso.example.com")).token)
    assert client.apps.stop(app.id, "a task").result == "success"
    world.enterprise.access[app.id] = mode
    with pytest.raises(PermissionDeniedError, match="subject_not_allowed_for_access_mode"):
        client.apps.stop(app.id, "a task")

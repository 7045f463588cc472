"""Stories of whoever has signed in, and of where else they have."""

from __future__ import annotations

import pytest

from dify_mock.contract.place import Place
from dify_sdk.errors import APIStatusError, InternalServerError, NotFoundError, UnprocessableEntityError


def test_an_account_is_told_who_it_is(place: Place) -> None:
    told, world = place.openapi().account.get(), place.mock.world
    assert told.account
    assert (told.subject_type, told.account.id, told.account.email) == ("account", world.owner_id, "admin@example.com")
    assert [(one.id, one.role) for one in told.workspaces] == [(world.workspace_id, "owner")]
    assert told.default_workspace_id == world.workspace_id


def test_sessions_tell_where_one_has_signed_in(place: Place) -> None:
    world, client = place.mock.world, place.openapi()
    place.mock.clock.advance(60)
    world.devices.sign_in(world.owner, "another machine")
    newest, first = client.account.sessions.list()
    assert (newest.device_label, newest.created_at, newest.last_used_at) == ("another machine", "2026-01-05T09:01:00Z", None)
    assert (newest.prefix, newest.client_id, newest.expires_at) == ("dfoa_", "difyctl", "2026-01-19T09:01:00Z")
    assert first.last_used_at == "2026-01-05T09:01:00Z"


def test_sessions_come_in_pages(place: Place) -> None:
    world, client = place.mock.world, place.openapi()
    for number in range(4):
        world.devices.sign_in(world.owner, f"machine {number}")
    page = client.account.sessions.list(limit=2)
    assert [one.device_label for one in page] == ["machine 3", "machine 2", "machine 1", "machine 0", "the demo"]
    last = client.account.sessions.list(limit=2, page=3)
    assert [one.device_label for one in last] == ["the demo"]
    with pytest.raises(UnprocessableEntityError) as refused:
        client.account.sessions.list(limit=201)
    assert refused.value.code == "invalid_param"
    assert refused.value.params.keys() == {"limit"}


def test_a_session_that_is_revoked_opens_nothing(place: Place) -> None:
    world, client = place.mock.world, place.openapi()
    other = world.devices.sign_in(world.owner, "another machine")
    assert client.account.sessions.revoke(other.id).status == "revoked"
    with pytest.raises(InternalServerError):  # which the server says of every token that it does not know
        place.openapi_with(other.token).account.get()
    assert other.id not in [one.id for one in client.account.sessions.list()]
    with pytest.raises(NotFoundError, match="session not found"):
        client.account.sessions.revoke(other.id)


def test_a_program_signs_itself_out(place: Place) -> None:
    client = place.openapi()
    assert client.account.sessions.revoke_current().status == "revoked"
    with pytest.raises(APIStatusError):
        client.account.get()


def test_sessions_of_others_stay_theirs(place: Place) -> None:
    world = place.mock.world
    theirs = world.devices.sign_in(world.accounts.add("ann@example.com"))
    client = place.openapi()
    assert theirs.id not in [one.id for one in client.account.sessions.list()]
    with pytest.raises(NotFoundError, match="session not found"):
        client.account.sessions.revoke(theirs.id)
    assert place.openapi_with(theirs.token).account.get().subject_email == "ann@example.com"


def test_a_program_has_one_session_on_a_device(place: Place) -> None:
    world = place.mock.world
    before = world.devices.sign_in(world.owner, "a machine")
    now = world.devices.sign_in(world.owner, "a machine")
    with pytest.raises(InternalServerError):
        place.openapi_with(before.token).account.get()
    assert place.openapi_with(now.token).account.get().account


def test_a_session_ends_after_two_weeks(place: Place) -> None:
    client = place.openapi()
    place.mock.clock.advance(14 * 86_400 - 1)
    assert client.account.get().account
    place.mock.clock.advance(1)
    with pytest.raises(InternalServerError):
        client.account.get()

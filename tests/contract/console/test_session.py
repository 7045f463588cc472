"""Stories of sessions: begun with the first call, renewed when they are over, kept, stolen and ended."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from dify_mock import MockServer, console_sessions
from dify_mock.contract.place import Place
from dify_sdk import AuthenticationError, ConsoleClient, PermissionDeniedError, RateLimitError
from dify_sdk.console.session import Session
from dify_sdk.errors import BadRequestError, UnprocessableEntityError

HOUR, MONTH = 3600, 31 * 86_400


def asked(mock: MockServer) -> list[str | None]:
    return [one.operation for one in mock.journal]


def works(client: ConsoleClient) -> bool:
    return client.tags.list(type="app") == []


def signed_in_with_code(place: Place, email: str) -> ConsoleClient:
    client = place.console_of()
    sent = client.email_login.send_code(email=email)
    client.sign_in_with_code(email=email, code=place.mock.world.letters.last.code, token=sent.data)
    return client


def test_the_first_call_signs_in_and_the_next_ones_go_on(place: Place) -> None:
    mock, client = place.mock, place.console()
    assert client.session is None and asked(mock) == []
    assert works(client) and works(client)
    assert asked(mock) == ["console.login", "console.tags.list", "console.tags.list"]
    assert client.session


def test_what_is_open_to_everybody_needs_no_session(place: Place) -> None:
    assert place.console().ping().result == "pong"
    assert asked(place.mock) == ["console.ping"]


def test_a_session_that_is_over_is_renewed_without_the_password(place: Place) -> None:
    mock, client = place.mock, place.console()
    works(client)
    mock.journal.clear()
    mock.clock.advance(HOUR + 1)
    assert works(client)
    assert asked(mock) == ["console.tags.list", "console.refresh_token", "console.tags.list"]


def test_an_upload_after_an_hour_arrives_whole(place: Place) -> None:
    mock, client = place.mock, place.console()
    works(client)
    mock.clock.advance(HOUR + 1)
    uploaded = client.files.upload(file=("notes.txt", io.BytesIO(b"a note\n" * 50_000)))
    assert mock.world.upload_files[uploaded.id].content == b"a note\n" * 50_000
    assert [one.status for one in mock.journal.of("files.upload")] == [401, 201]


def test_after_a_month_the_client_signs_in_anew(place: Place) -> None:
    mock, client = place.mock, place.console()
    works(client)
    mock.journal.clear()
    mock.clock.advance(MONTH)
    assert works(client)
    assert asked(mock) == ["console.tags.list", "console.refresh_token", "console.login", "console.tags.list"]


def test_twenty_calls_at_once_renew_the_session_once(place: Place) -> None:
    mock, client = place.mock, place.console()
    works(client)
    mock.journal.clear()
    mock.clock.advance(HOUR + 1)
    with ThreadPoolExecutor(20) as threads:
        assert all(threads.map(lambda _: works(client), range(20)))
    assert len(mock.journal.of("refresh_token")) == 1
    assert mock.journal.of("login") == []


def test_twenty_calls_at_once_sign_in_once(place: Place) -> None:
    client = place.console()
    with ThreadPoolExecutor(20) as threads:
        assert all(threads.map(lambda _: works(client), range(20)))
    assert len(place.mock.journal.of("login")) == 1


def test_a_renewal_that_was_lost_costs_a_sign_in(place: Place) -> None:
    """The refresh token is good for once: whoever has used it behind our back leaves us the password."""
    mock, client = place.mock, place.console()
    works(client)
    held = client.session
    assert held
    place.console_of(session=held).refresh_token()
    mock.clock.advance(HOUR + 1)
    mock.journal.clear()
    assert works(client)
    assert asked(mock) == ["console.tags.list", "console.refresh_token", "console.login", "console.tags.list"]


def test_a_session_is_kept_and_gone_on_with(place: Place) -> None:
    client = place.console()
    works(client)
    assert client.session
    text = client.session.dumps()
    place.mock.journal.clear()
    later = place.console_of(session=Session.loads(text))
    assert works(later)
    assert asked(place.mock) == ["console.tags.list"]


def test_a_kept_session_without_a_password_is_renewed_as_long_as_it_can_be(place: Place) -> None:
    mock, client = place.mock, place.console()
    works(client)
    later = place.console_of(session=client.session)
    mock.clock.advance(HOUR + 1)
    assert works(later)
    mock.clock.advance(MONTH)
    with pytest.raises(AuthenticationError):
        works(later)


def test_a_session_shows_nothing_of_itself(place: Place) -> None:
    client = place.console()
    works(client)
    held = client.session
    assert held
    assert not any(secret in f"{held!r} {client!r}" for secret in held.cookies.values())


def test_servers_behind_https_spell_their_cookies_otherwise(place: Place) -> None:
    place.mock.world.settings.is_https = True
    client = place.console()
    assert works(client)
    assert client.session
    assert sorted(client.session.cookies) == ["__Host-access_token", "__Host-csrf_token", "__Host-refresh_token"]
    place.mock.clock.advance(HOUR + 1)
    assert works(client)


def test_whoever_signs_out_is_nobody(place: Place) -> None:
    client = place.console()
    works(client)
    held = client.session
    client.sign_out()
    assert client.session is None
    assert held
    with pytest.raises(AuthenticationError):
        place.console_of(session=held).refresh_token()
    assert works(client), "the password is still there"


def test_an_hour_later_signing_out_still_ends_what_renews_the_session(place: Place) -> None:
    mock, client = place.mock, place.console()
    works(client)
    mock.clock.advance(HOUR + 1)
    mock.journal.clear()
    client.sign_out()
    assert asked(mock) == ["console.logout", "console.refresh_token", "console.logout"]
    assert [one.status for one in mock.journal] == [401, 200, 200]
    assert client.session is None


def test_signing_out_as_nobody_is_no_mistake(place: Place) -> None:
    place.console_of().sign_out()


def test_who_is_banned_is_let_in_nowhere(place: Place) -> None:
    mock, client = place.mock, place.console()
    works(client)
    mock.world.owner.status = "banned"
    held = client.session
    for come in (lambda: works(client), lambda: place.console().sign_in(), lambda: signed_in_with_code(place, mock.credentials.email)):
        with pytest.raises(BadRequestError) as refused:
            come()
        if place.profile == "dify":
            assert refused.value.code == "account_banned"
    for ask in (works, lambda later: later.refresh_token()):
        with pytest.raises(AuthenticationError):
            ask(place.console_of(session=held))


def test_a_client_goes_on_as_somebody_else(place: Place) -> None:
    world = place.mock.world
    editor = world.accounts.add("ed@example.com", "a-password-1")
    world.accounts.join(world.accounts.workspaces[world.workspace_id], editor, "normal")
    client = place.console()
    client.tags.create(name="the owner's", type="app")
    client.sign_in(email="ed@example.com", password="a-password-1")
    with pytest.raises(PermissionDeniedError):
        client.tags.create(name="not theirs to make", type="app")


def test_the_wrong_password_is_said_once(place: Place) -> None:
    with pytest.raises(AuthenticationError):
        works(place.console_of(place.mock.credentials.email, "wrong-password-1"))
    assert asked(place.mock) == ["console.login"]


def test_after_too_many_wrong_passwords_the_right_one_is_refused_too(place: Place) -> None:
    email, password = place.mock.credentials.email, place.mock.credentials.password
    for _ in range(6):
        with pytest.raises(AuthenticationError):
            place.console_of(email, "wrong-password-1").sign_in()
    with pytest.raises(RateLimitError):
        place.console_of(email, password).sign_in()
    place.mock.clock.advance(86_401)
    place.console_of(email, password).sign_in()


def test_a_plain_password_is_not_what_the_route_wants(place: Place) -> None:
    email, password = place.mock.credentials.email, place.mock.credentials.password
    with pytest.raises(AuthenticationError):
        place.console_of().login(email=email, password=password)


def test_an_address_that_is_none_is_named(place: Place) -> None:
    with pytest.raises((BadRequestError, UnprocessableEntityError)) as refused:
        place.console_of().login(email="not-an-email", password="eA==")
    if place.profile == "dify":
        assert list(refused.value.params) == ["email"]


def test_a_code_from_an_email_signs_in(place: Place) -> None:
    client, email, letters = place.console_of(), place.mock.credentials.email, place.mock.world.letters
    sent, code = client.email_login.send_code(email=email), letters.last.code
    client.sign_in_with_code(email=email, code=code, token=sent.data)
    assert works(client)
    with pytest.raises(BadRequestError, match="token is invalid"):
        client.sign_in_with_code(email=email, code=code, token=sent.data)
    assert works(client), "the session is as it was"


def test_a_code_lets_nobody_in_who_belongs_nowhere(place: Place) -> None:
    place.mock.world.accounts.add("alone@example.com")
    with pytest.raises(BadRequestError, match="Workspace not found"):
        signed_in_with_code(place, "alone@example.com")


def test_a_code_does_not_bring_back_whoever_has_just_left(place: Place) -> None:
    place.mock.world.settings.registration_is_open = True
    client = signed_in_with_code(place, "ann@example.com")
    sent = place.console_of().email_login.send_code(email="ann@example.com")
    kept = place.mock.world.letters.last.code
    client.account.delete(token=client.account.send_deletion_code().data, code=place.mock.world.letters.last.code)
    with pytest.raises(BadRequestError, match="past 30 days"):
        place.console_of().sign_in_with_code(email="ann@example.com", code=kept, token=sent.data)
    with pytest.raises(BadRequestError, match="past 30 days"):
        place.console_of().email_login.send_code(email="ann@example.com")


def test_the_wrong_code_signs_nobody_in(place: Place) -> None:
    client, email = place.console_of(), place.mock.credentials.email
    sent = client.email_login.send_code(email=email)
    with pytest.raises(BadRequestError):
        client.sign_in_with_code(email=email, code="not it", token=sent.data)
    assert client.session is None


def test_five_wrong_codes_spoil_the_right_one(place: Place) -> None:
    client, email = place.console_of(), place.mock.credentials.email
    sent, code = client.email_login.send_code(email=email), place.mock.world.letters.last.code
    for _ in range(5):
        with pytest.raises(BadRequestError, match="code is invalid"):
            client.sign_in_with_code(email=email, code="not it", token=sent.data)
    with pytest.raises(BadRequestError, match="token is invalid"):
        client.sign_in_with_code(email=email, code=code, token=sent.data)


def test_strangers_get_no_code_unless_they_may_register(place: Place) -> None:
    with pytest.raises(BadRequestError):
        place.console_of().email_login.send_code(email="stranger@example.com")
    place.mock.world.settings.registration_is_open = True
    assert works(signed_in_with_code(place, "stranger@example.com"))


def test_codes_are_sent_three_times_in_five_minutes(place: Place) -> None:
    client, email = place.console_of(), place.mock.credentials.email
    for _ in range(3):
        client.email_login.send_code(email=email)
    with pytest.raises(RateLimitError):
        client.email_login.send_code(email=email)
    place.mock.clock.advance(301)
    client.email_login.send_code(email=email)


@pytest.mark.parametrize("missing", ["Cookie", "X-CSRF-Token"])
def test_half_of_a_session_is_none(place: Place, missing: str) -> None:
    """A page elsewhere makes a browser send the cookies, and cannot read the token; or has stolen the token alone."""
    world = place.mock.world
    shown = console_sessions.headers(world, world.owner)
    with httpx.Client(transport=place.mock.transport, base_url="http://mock") as http:
        assert http.get("/console/api/tags?type=app", headers=shown).status_code == 200
        del shown[missing]
        assert http.get("/console/api/tags?type=app", headers=shown).status_code == 401


def test_another_accounts_token_does_not_go_with_the_cookies(place: Place) -> None:
    world = place.mock.world
    ours = console_sessions.headers(world, world.owner)
    theirs = console_sessions.headers(world, world.accounts.add("thief@example.com"))
    with httpx.Client(transport=place.mock.transport, base_url="http://mock") as http:
        for name in ours:
            mixed = {**ours, name: theirs[name]}
            assert http.get("/console/api/tags?type=app", headers=mixed).status_code == 401


def test_the_administrators_key_acts_as_the_owner_of_a_workspace(place: Place) -> None:
    world = place.mock.world
    world.settings.admin_api_key = "admin-key"
    client = place.console_of(admin_api_key="admin-key", workspace_id=world.workspace_id)
    client.tags.create(name="by the administrator", type="app")
    assert [one.name for one in place.console().tags.list(type="app")] == ["by the administrator"]
    with pytest.raises(AuthenticationError):
        works(place.console_of(admin_api_key="another-key", workspace_id=world.workspace_id))
    with pytest.raises(AuthenticationError):
        works(place.console_of(admin_api_key="admin-key", workspace_id="of-nobody"))


def test_an_account_without_a_workspace_is_told_so(place: Place) -> None:
    place.mock.world.accounts.add("alone@example.com", "a-password-1")
    with pytest.raises(AuthenticationError, match="workspace not found"):
        place.console_of("alone@example.com", "a-password-1").sign_in()

"""Sessions of the console tier: how one begins, is shown, renewed, kept and ended, and what it tells nobody."""

import logging

import httpx
import hypothesis.strategies as st
import pytest
from hypothesis import given

from dify_mock import MockServer
from dify_sdk import (
    APIConnectionError,
    AuthenticationError,
    ConfigurationError,
    ConsoleClient,
)
from dify_sdk.console.session import Session
from unit.consoles import (
    ENCODED,
    LOGIN,
    LOGOUT,
    PASSWORD,
    REFRESH,
    TAGS,
    Server,
    console,
    cookie,
    refused,
    session,
    signed_in,
    tags,
    with_session,
)
from unit.twins import answer, got

pytestmark = pytest.mark.anyio


async def test_the_first_call_signs_in_and_shows_cookies_and_token(twin):
    server = Server(signed_in(), tags(), tags())
    client = console(twin, server)

    await got(client.tags.list(type="app"))
    await got(client.tags.list(type="app"))

    assert server.routes == [LOGIN, TAGS, TAGS]
    assert server.sent(0) == {"email": "ann@example.com", "password": ENCODED}
    assert server.shown() == [None, cookie(1), cookie(1)]
    assert server.shown("x-csrf-token") == [None, "csrf-1", "csrf-1"]
    assert server.shown("authorization") == [None] * 3


async def test_cookies_are_shown_as_they_are_spelled(twin):
    server = Server(signed_in(prefix="__Host-"), tags())
    client = console(twin, server)

    await got(client.tags.list(type="app"))

    assert server.shown()[1] == cookie(1, "__Host-")
    assert server.shown("x-csrf-token")[1] == "csrf-1"


async def test_a_server_that_changes_the_spelling_is_shown_one_of_them(twin):
    server = Server(refused(), signed_in(2, "__Host-"), tags())
    client = with_session(twin, server)

    await got(client.tags.list(type="app"))

    assert server.shown() == [cookie(1), cookie(1), cookie(2, "__Host-")]


async def test_a_refused_session_is_renewed_once(twin):
    server = Server(signed_in(), tags(), refused(), signed_in(2), tags())
    client = console(twin, server)

    for _ in range(2):
        await got(client.tags.list(type="app"))

    assert server.routes == [LOGIN, TAGS, TAGS, REFRESH, TAGS]
    assert server.shown()[-2:] == [cookie(1), cookie(2)]


async def test_a_server_that_refuses_the_new_one_too_is_believed(twin):
    server = Server(refused(), signed_in(2), refused("no"))

    with pytest.raises(AuthenticationError, match="no"):
        await got(with_session(twin, server).tags.list(type="app"))


@pytest.mark.parametrize("loss", ["used", "late"])
async def test_a_lost_renewal_signs_in_again(twin, loss):
    used = answer({"result": "fail", "message": "Invalid refresh token"}, status=401)
    server = Server(refused(), used if loss == "used" else httpx.ReadTimeout("late"), signed_in(2), tags())
    client = console(twin, server, session=session())

    await got(client.tags.list(type="app"))

    assert server.routes == [TAGS, REFRESH, LOGIN, TAGS]


async def test_a_lost_renewal_without_a_password_is_told(twin):
    server = Server(refused(), httpx.ReadTimeout("late"))

    with pytest.raises(APIConnectionError):
        await got(with_session(twin, server).tags.list(type="app"))


@pytest.mark.parametrize("code", ["not_setup", "not_init_validated", "unauthorized_and_force_logout"])
async def test_where_a_new_session_would_not_help_none_is_asked_for(twin, code):
    server = Server(refused(code=code))

    with pytest.raises(AuthenticationError):
        await got(with_session(twin, server).tags.list(type="app"))


async def test_a_forced_sign_out_is_a_sign_out(twin):
    gone = [("set-cookie", f"{name}=; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Path=/") for name in session().cookies]
    body = {"code": "unauthorized_and_force_logout", "message": "licence", "status": 401}
    client = with_session(twin, Server(httpx.Response(401, headers=gone, json=body)))

    with pytest.raises(AuthenticationError):
        await got(client.tags.list(type="app"))

    assert client.session is None


async def test_a_session_of_which_only_the_renewal_is_left_is_renewed(twin):
    held = Session({"refresh_token": "refresh-1"})
    server = Server(refused("Invalid Authorization token."), signed_in(2), tags())
    client = console(twin, server, None, None, session=held)

    assert client.session == held
    await got(client.tags.list(type="app"))

    assert server.shown() == ["refresh_token=refresh-1", "refresh_token=refresh-1", cookie(2)]


async def test_a_renewal_that_was_never_sent_costs_nothing(twin):
    server = Server(refused(), httpx.ConnectError("down"), refused(), signed_in(2), tags())
    client = console(twin, server, session=session())

    with pytest.raises(APIConnectionError, match="down"):
        await got(client.tags.list(type="app"))
    await got(client.tags.list(type="app"))

    assert server.routes == [TAGS, REFRESH, TAGS, REFRESH, TAGS]


async def test_a_renewal_that_brings_nothing_is_no_reason_to_ask_again(twin):
    server = Server(refused("no"), answer({"result": "success"}))

    with pytest.raises(AuthenticationError, match="no"):
        await got(with_session(twin, server).tags.list(type="app"))


async def test_copies_share_the_session(twin):
    server = Server(signed_in(), tags(), tags())
    client = console(twin, server)

    await got(client.tags.list(type="app"))
    await got(client.with_options(max_retries=1).tags.list(type="app"))

    assert server.routes == [LOGIN, TAGS, TAGS]


async def test_who_signs_out_is_forgotten_even_where_the_server_fails(twin):
    server = Server(answer({}, status=500))
    client = with_session(twin, server)

    with pytest.raises(Exception, match="500"):
        await got(client.sign_out())

    assert (server.routes, server.shown(), client.session) == ([LOGOUT], [cookie(1)], None)


async def test_a_session_that_is_over_is_renewed_to_be_ended(twin):
    """The server must see whose it is, or what renews it would stay good for a month."""
    server = Server(refused(), signed_in(2), answer({"result": "success"}))
    client = with_session(twin, server)

    await got(client.sign_out())

    assert (server.routes, server.shown()[-1], client.session) == ([LOGOUT, REFRESH, LOGOUT], cookie(2), None)


async def test_a_session_that_cannot_be_renewed_has_ended_already(twin):
    client = with_session(twin, Server(refused(), answer({"result": "fail", "message": "Invalid refresh token"}, status=401)))

    await got(client.sign_out())

    assert client.session is None


async def test_after_signing_out_without_a_password_nothing_is_sent_as_nobody(twin):
    server = Server(tags(), answer({"result": "success"}))
    client = with_session(twin, server)
    await got(client.tags.list(type="app"))
    await got(client.sign_out())

    with pytest.raises(ConfigurationError, match="email and password"):
        await got(client.tags.list(type="app"))


async def test_a_cookie_of_a_gateway_travels_beside_ours(twin):
    server = Server(refused(), signed_in(2), tags())
    client = with_session(twin, server, headers={"Cookie": "gate=open"})

    await got(client.tags.list(type="app"))

    assert server.shown() == [f"gate=open; {cookie(number)}" for number in (1, 1, 2)]


async def test_the_jar_of_a_given_client_is_neither_read_nor_written(twin):
    http = twin.http(Server(signed_in(), tags()), cookies={"access_token": "theirs"})
    client = console(twin, None, http_client=http)

    await got(client.tags.list(type="app"))

    assert dict(http.cookies) == {"access_token": "theirs"}


class TestKeeping:
    def test_a_session_goes_through_a_text(self):
        held = Session({"__Host-access_token": "a"}, "b")
        assert Session.loads(held.dumps()) == held

    @given(st.text() | st.sampled_from(["{}", "[]", "null", '{"cookies": [], "bearer": null}', '{"cookies": {"a": 1}, "bearer": null}']))
    def test_any_other_text_is_refused(self, text):
        with pytest.raises(ConfigurationError, match="no session"):
            Session.loads(text)

    @given(st.dictionaries(st.sampled_from(["access_token", "csrf_token", "theme"]), st.sampled_from(["", "a", "b=c"])))
    def test_what_a_server_writes_is_kept_if_it_is_of_a_session(self, written):
        kept = session().after([f"{name}={value}; Path=/" for name, value in written.items()])
        for name, value in written.items():
            assert kept.cookie(name) == (value or None if name != "theme" else None)
        assert kept.cookie("refresh_token") == "refresh-1"

    def test_what_does_not_touch_it_leaves_it(self):
        held = session()
        assert held.after(["theme=dark", "nonsense"]) is held


def test_on_a_socket_no_logger_tells_a_cookie(caplog):
    with (
        MockServer() as mock,
        caplog.at_level(logging.DEBUG),
        ConsoleClient(mock.credentials.email, mock.credentials.password, base_url=mock.url) as client,
    ):
        client.tags.list(type="app")
        held = client.session
    assert "httpcore" in {record.name.partition(".")[0] for record in caplog.records}
    assert held and not [value for value in held.cookies.values() if value in caplog.text]
    assert "(b'set-cookie', b'...')" in caplog.text.lower()


async def test_no_secret_is_shown_or_logged(twin, caplog):
    server = Server(signed_in(), tags(), refused("Token has expired."), signed_in(2), refused("no"))
    client = console(twin, server)

    with caplog.at_level(logging.DEBUG, "dify_sdk"):
        await got(client.tags.list(type="app"))
        with pytest.raises(AuthenticationError) as raised:
            await got(client.tags.list(type="app"))

    told = caplog.text + repr(client) + repr(client._core.options) + repr(client.session) + repr(raised.value) + repr(vars(raised.value))
    assert not [secret for secret in (PASSWORD, ENCODED, "access-1", "refresh-2", "csrf-1") if secret in told]

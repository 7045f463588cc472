"""Sessions of the console tier: how the client comes by them on servers old and new, and what it tells nobody."""

import json
import logging
import threading
import warnings
from concurrent.futures import ThreadPoolExecutor

import anyio
import httpx
import hypothesis.strategies as st
import pytest
from hypothesis import given

import unit.twins
from dify_sdk import APIConnectionError, AsyncConsoleClient, AuthenticationError, ConfigurationError, ConsoleClient
from dify_sdk.console.session import Session
from unit.twins import ROOT, answer, got, on_trio_too

pytestmark = pytest.mark.anyio
HTTPS = "https://dify.test"
LOGIN, REFRESH, LOGOUT, TAGS = (f"{verb} /console/api/{path}" for verb, path in (
    ("POST", "login"), ("POST", "refresh-token"), ("POST", "logout"), ("GET", "tags?type=app")))  # fmt: skip
PASSWORD, ENCODED = "Passw0rd123", "UGFzc3cwcmQxMjM="


def console(twin, server, email="ann@example.com", password=PASSWORD, **settings):
    kind = AsyncConsoleClient if twin.is_async else ConsoleClient
    return kind(email, password, **{"base_url": HTTPS, "max_retries": 0, "http_client": twin.http(server), **settings})


def with_session(twin, server, **settings):
    return console(twin, server, None, None, session=session(), **settings)


def session(number=1, prefix=""):
    return Session({f"{prefix}{name}_token": f"{name}-{number}" for name in ("access", "refresh", "csrf")})


def signed_in(number=1, prefix="", body=None):
    told = [("set-cookie", f"{name}={value}; Path=/; HttpOnly; SameSite=Lax") for name, value in session(number, prefix).cookies.items()]
    return httpx.Response(200, headers=told, json=body or {"result": "success"})


def refused(message="Token has expired.", code="unauthorized", status=401, **headers):
    return answer({"code": code, "message": message, "status": status}, status=status, **headers)


def tags():
    return answer([])


class Server(unit.twins.Server):
    """Remembers the headers as they were: a request that is sent again is the same one with another session."""

    def __init__(self, *replies):
        super().__init__(*replies)
        self.headers = []

    def __call__(self, request):
        self.headers.append(dict(request.headers))
        return super().__call__(request)

    def sent(self, number):
        return json.loads(self.asked[number].content)

    def shown(self, name="cookie"):
        return [headers.get(name) for headers in self.headers]


def cookie(number, prefix=""):
    return "; ".join(f"{name}={value}" for name, value in session(number, prefix).cookies.items())


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


class TestOldServers:
    async def test_tokens_in_the_body_travel_as_a_bearer(self, twin):
        body = {"result": "success", "data": {"access_token": "a", "refresh_token": "r"}}
        server = Server(answer(body), tags())
        client = console(twin, server)

        await got(client.tags.list(type="app"))

        assert server.shown("authorization") == [None, "Bearer a"]
        assert server.shown() == [None, None]

    async def test_a_server_that_compares_the_plain_password_gets_it(self, twin):
        body = {"result": "success", "data": {"access_token": "a", "refresh_token": "r"}}
        no = refused("Invalid email or password.", "authentication_failed", x_version="1.8.1")
        server = Server(no, answer(body), tags(), refused(), answer(body), tags())
        client = console(twin, server)

        for _ in range(2):
            await got(client.tags.list(type="app"))

        assert [server.sent(number)["password"] for number in (0, 1, 4)] == [ENCODED, PASSWORD, PASSWORD]

    async def test_a_new_server_is_not_asked_twice(self, twin):
        server = Server(refused("Invalid email or password.", "authentication_failed", x_version="1.16.1"))

        with pytest.raises(AuthenticationError):
            await got(console(twin, server).sign_in())

    async def test_a_failure_in_a_good_answer_is_one(self, twin):
        server = Server(answer({"result": "fail", "data": "workspace not found, please ask"}))

        with pytest.raises(AuthenticationError, match="workspace not found"):
            await got(console(twin, server).sign_in())

    async def test_a_given_token_is_shown(self, twin):
        server = Server(tags())

        await got(console(twin, server, None, None, access_token="mine").tags.list(type="app"))

        assert server.shown("authorization") == ["Bearer mine"]

    async def test_a_given_token_that_is_refused_cannot_be_renewed(self, twin):
        server = Server(refused())

        with pytest.raises(AuthenticationError):
            await got(console(twin, server, None, None, access_token="mine").tags.list(type="app"))


class TestWhoMayCall:
    async def test_the_administrators_key_travels_with_its_workspace_and_nothing_else(self, twin):
        server = Server(tags())

        await got(console(twin, server, None, None, admin_api_key="key", workspace_id="w").tags.list(type="app"))

        assert (server.shown("authorization"), server.shown("x-workspace-id"), server.shown()) == (["Bearer key"], ["w"], [None])

    @pytest.mark.parametrize(
        ("given", "named"),
        [
            ({"email": "a@example.com"}, "email and password"),
            ({"password": "x"}, "email and password"),
            ({"email": "a@example.com", "password": ""}, "password is empty"),
            ({"email": "a@example.com", "password": "x", "admin_api_key": "k"}, "different ways in"),
            ({"access_token": "a", "admin_api_key": "k"}, "different ways in"),
            ({"workspace_id": "w", "access_token": "a"}, "workspace_id"),
            ({"access_token": "Bearer a"}, "access_token"),
            ({"admin_api_key": ""}, "admin_api_key is empty"),
        ],
    )
    def test_what_does_not_go_together_is_said_at_once(self, given, named):
        with pytest.raises(ConfigurationError, match=named):
            ConsoleClient(base_url=HTTPS, **given)

    async def test_without_a_way_in_nothing_is_sent(self, twin):
        with pytest.raises(ConfigurationError, match="email and password"):
            await got(console(twin, Server(), None, None).tags.list(type="app"))

    async def test_the_administrators_key_alone_is_for_no_workspace(self, twin):
        with pytest.raises(ConfigurationError, match="workspace_id"):
            await got(console(twin, Server(), None, None, admin_api_key="key").tags.list(type="app"))

    async def test_signing_in_needs_somebody(self, twin):
        with pytest.raises(ConfigurationError, match="email"):
            await got(console(twin, Server(), None, None).sign_in())
        with pytest.raises(ConfigurationError, match="go together"):
            await got(console(twin, Server()).sign_in(email="b@example.com"))

    async def test_the_environment_may_say_who_it_is(self, twin, monkeypatch):
        monkeypatch.setenv("DIFY_CONSOLE_EMAIL", "env@example.com")
        monkeypatch.setenv("DIFY_CONSOLE_PASSWORD", PASSWORD)
        server = Server(signed_in())

        await got(console(twin, server, None, None).sign_in())

        assert server.sent(0)["email"] == "env@example.com"

    async def test_whoever_is_given_is_not_asked_of_the_environment(self, twin, monkeypatch):
        monkeypatch.setenv("DIFY_CONSOLE_EMAIL", "env@example.com")
        monkeypatch.setenv("DIFY_CONSOLE_PASSWORD", PASSWORD)
        server = Server(tags())

        await got(with_session(twin, server).tags.list(type="app"))

        assert server.routes == [TAGS]


class TestOpenRoads:
    @pytest.mark.parametrize("url", [ROOT, "http://192.168.0.7:5001"])
    def test_a_password_over_plain_http_to_another_machine_warns(self, url):
        with pytest.warns(UserWarning, match="unencrypted"):
            ConsoleClient("a@example.com", "x", base_url=url)

    @pytest.mark.parametrize("url", [HTTPS, "http://localhost:5001", "http://127.0.0.1", "http://[::1]:80", "http://dify.localhost"])
    def test_other_roads_are_fine(self, url):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            ConsoleClient("a@example.com", "x", base_url=url)
            ConsoleClient(session=session(), base_url=ROOT)


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


async def test_no_secret_is_shown_or_logged(twin, caplog):
    server = Server(signed_in(), tags(), refused("Token has expired."), signed_in(2), refused("no"))
    client = console(twin, server)

    with caplog.at_level(logging.DEBUG, "dify_sdk"):
        await got(client.tags.list(type="app"))
        with pytest.raises(AuthenticationError) as raised:
            await got(client.tags.list(type="app"))

    told = caplog.text + repr(client) + repr(client._core.options) + repr(client.session) + repr(raised.value) + repr(vars(raised.value))
    assert not [secret for secret in (PASSWORD, ENCODED, "access-1", "refresh-2", "csrf-1") if secret in told]


class Crowd:
    """A server that refuses the first session and counts what is renewed."""

    def __init__(self):
        self.renewed = 0
        self.lock = threading.Lock()

    def reply(self, request):
        if request.url.path.endswith("/refresh-token"):
            with self.lock:
                self.renewed += 1
            return signed_in(2)
        return tags() if "access-2" in request.headers["cookie"] else refused()


def test_twenty_threads_that_are_refused_renew_once():
    crowd, gate = Crowd(), threading.Barrier(20, timeout=10)

    def handler(request):
        if "access-1" in request.headers.get("cookie", "") and request.url.path.endswith("/tags"):
            gate.wait()
        return crowd.reply(request)

    client = ConsoleClient(session=session(), base_url=ROOT, http_client=httpx.Client(transport=httpx.MockTransport(handler)))
    with ThreadPoolExecutor(20) as threads:
        list(threads.map(lambda _: client.tags.list(type="app"), range(20)))

    assert crowd.renewed == 1


@on_trio_too
async def test_twenty_tasks_that_are_refused_renew_once():
    crowd, waiting, gate = Crowd(), [], anyio.Event()

    async def handler(request):
        if "access-1" in request.headers.get("cookie", "") and request.url.path.endswith("/tags"):
            waiting.append(1)
            if len(waiting) == 20:
                gate.set()
            await gate.wait()
        await anyio.sleep(0.001)
        return crowd.reply(request)

    client = AsyncConsoleClient(session=session(), base_url=ROOT, http_client=httpx.AsyncClient(transport=httpx.MockTransport(handler)))
    async with anyio.create_task_group() as tasks:
        for _ in range(20):
            tasks.start_soon(lambda: client.tags.list(type="app"))

    assert crowd.renewed == 1

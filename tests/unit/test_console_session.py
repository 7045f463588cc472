"""Sessions of the console tier: how the client comes by them on servers old and new, and what it tells nobody."""

import io
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
from dify_sdk import (
    APIConnectionError,
    AsyncConsoleClient,
    AuthenticationError,
    BadRequestError,
    ConfigurationError,
    ConsoleClient,
    InternalServerError,
)
from dify_sdk.console.session import Session
from unit.twins import ROOT, UUID, answer, got, inside, on_trio_too, streamed

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


class TestSentAgain:
    """What was refused is sent once more as a whole, and as one somebody only."""

    async def test_after_a_failure_of_the_server_it_shows_the_session_once(self, twin):
        server = Server(answer({}, status=503, retry_after="0"), tags())
        client = with_session(twin, server, max_retries=1, headers={"Cookie": "gate=open"})

        await got(client.tags.list(type="app"))

        assert server.shown() == [f"gate=open; {cookie(1)}"] * 2

    async def test_after_a_renewal_and_a_failure_nothing_of_the_old_session_is_left(self, twin):
        server = Server(refused(), signed_in(2), answer({}, status=503, retry_after="0"), tags())

        await got(with_session(twin, server, max_retries=1).tags.list(type="app"))

        assert server.shown() == [cookie(number) for number in (1, 1, 2, 2)]
        assert server.shown("x-csrf-token") == [f"csrf-{number}" for number in (1, 1, 2, 2)]

    @pytest.mark.parametrize("kind", ["bytes", "path", "open", "pipe"])
    async def test_an_upload_is_sent_whole_again(self, twin, kind, tmp_path):
        content = bytes(range(256)) * 1000
        path = tmp_path / "me.bin"
        path.write_bytes(content)
        server = Server(refused(), signed_in(2), answer({"id": "f", "name": "me.bin", "size": len(content)}, status=201))
        client = with_session(twin, server)

        with path.open("rb") as opened:
            given = {"bytes": ("me.bin", content), "path": path, "open": opened, "pipe": ("me.bin", Pipe(content))}[kind]
            await got(client.files.upload(file=given))

        first, _, second = server.asked
        assert content in first.content
        assert second.content == first.content
        assert server.shown() == [cookie(number) for number in (1, 1, 2)]

    async def test_a_stream_is_asked_for_again_with_what_was_asked(self, twin):
        told = {"event": "message", "message_id": "m", "conversation_id": "c", "task_id": "t", "answer": "Hi", "created_at": 1}
        over = {"event": "message_end", "message_id": "m", "conversation_id": "c", "task_id": "t", "metadata": {}}
        server = Server(refused(), signed_in(2), streamed(told, over))
        client = with_session(twin, server)

        async with inside(client.installed_apps.chat.stream(UUID, query="Hello", inputs={})) as stream:
            said = await got(stream.result())

        assert said.answer == "Hi"
        assert server.sent(0) == server.sent(2)
        assert server.sent(2)["query"] == "Hello"

    async def test_a_refusal_of_a_stream_is_read_and_closed(self, twin):
        refusal = streamed(b'{"code": "unauthorized", "message": "no", "status": 401}', status=401)
        server = Server(refusal)

        with pytest.raises(AuthenticationError, match="no"):
            async with inside(
                console(twin, server, None, None, access_token="mine").installed_apps.chat.stream(UUID, query="x", inputs={})
            ):
                pass

        assert refusal.is_closed

    async def test_what_was_sent_keeps_nothing_of_the_session(self, twin):
        server = Server(tags())

        reply = await got(with_session(twin, server).with_raw_response.tags.list(type="app"))

        assert server.shown() == [cookie(1)]
        assert not any("-1" in value for value in reply.http_response.request.headers.values())


class TestSomebodyElse:
    async def test_a_wrong_password_leaves_the_client_as_it_was(self, twin):
        server = Server(refused("no", "authentication_failed"), tags(), refused(), signed_in(2), tags())
        client = console(twin, server, session=session())

        with pytest.raises(AuthenticationError, match="no"):
            await got(client.sign_in(email="bob@example.com", password="another-2"))
        for _ in range(2):
            await got(client.tags.list(type="app"))

        assert server.shown()[1:] == [cookie(number) for number in (1, 1, 1, 2)]

    async def test_a_wrong_code_leaves_the_client_as_it_was(self, twin):
        client = with_session(twin, Server(refused("no", "email_code_error", 400)))

        with pytest.raises(BadRequestError, match="no"):
            await got(client.sign_in_with_code(email="bob@example.com", code="123456", token=UUID))

        assert client.session == session()

    async def test_nothing_of_the_first_session_is_shown_for_the_second(self, twin):
        held = Session({**session().cookies, "session": "of a server being set up"}, "bearer")
        server = Server(signed_in(2), tags())
        client = console(twin, server, session=held)

        await got(client.sign_in(email="bob@example.com", password="another-2"))
        await got(client.tags.list(type="app"))

        assert (server.shown(), server.shown("authorization")) == ([None, cookie(2)], [None, None])

    @pytest.mark.parametrize(("email", "renewed"), [("bob@example.com", False), ("Ann@Example.com", True)])
    async def test_whoever_came_with_a_code_is_not_replaced_by_whoever_has_a_password(self, twin, email, renewed):
        lost = answer({"result": "fail", "message": "Invalid refresh token"}, status=401)
        server = Server(signed_in(), refused("over"), lost, *([signed_in(2), tags()] if renewed else []))
        client = console(twin, server)
        await got(client.sign_in_with_code(email=email, code="123456", token=UUID))

        if renewed:
            await got(client.tags.list(type="app"))
        else:
            with pytest.raises(AuthenticationError, match="over"):
                await got(client.tags.list(type="app"))


class Pipe:
    """A file that cannot be turned back."""

    def __init__(self, content):
        self._file = io.BytesIO(content)

    def read(self, size=-1):
        return self._file.read(size)


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

    async def test_a_server_that_was_brought_up_to_date_gets_it_in_base64_again(self, twin):
        def no(version):
            return refused("Invalid email or password.", "authentication_failed", x_version=version)

        body = {"result": "success", "data": {"access_token": "a", "refresh_token": "r"}}
        server = Server(no("1.8.1"), answer(body), no("1.16.1"), signed_in())
        client = console(twin, server)

        for _ in range(2):
            await got(client.sign_in())

        assert [server.sent(number)["password"] for number in range(4)] == [ENCODED, PASSWORD, PASSWORD, ENCODED]
        assert client.session == session()

    async def test_a_failure_of_an_old_server_is_no_reason_to_say_the_password_again(self, twin):
        server = Server(answer({}, status=500, x_version="1.8.1"))

        with pytest.raises(InternalServerError):
            await got(console(twin, server).sign_in())

    async def test_a_code_is_told_as_the_server_reads_it_and_answered_with_a_token(self, twin):
        body = {"result": "success", "data": {"access_token": "a", "refresh_token": "r"}}
        no = refused("Email code is invalid or expired.", "email_code_error", 400, x_version="1.8.1")
        server = Server(no, answer(body), tags())
        client = console(twin, server, None, None)

        await got(client.sign_in_with_code(email="ann@example.com", code="123456", token=UUID))
        await got(client.tags.list(type="app"))

        assert [server.sent(number)["code"] for number in (0, 1)] == ["MTIzNDU2", "123456"]
        assert server.shown("authorization") == [None, None, "Bearer a"]

    async def test_a_token_alone_is_forgotten_and_ends_by_itself(self, twin):
        client = console(twin, Server(), None, None, access_token="mine")

        await got(client.sign_out())

        assert client.session is None

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
            ({"session": session(), "access_token": "a"}, "session and access_token"),
            ({"session": session(), "admin_api_key": "k"}, "session and admin_api_key"),
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


def test_two_event_loops_that_are_refused_renew_once():
    crowd, gate = Crowd(), threading.Barrier(2, timeout=10)

    async def handler(request):
        if "access-1" in request.headers.get("cookie", "") and request.url.path.endswith("/tags"):
            await anyio.to_thread.run_sync(gate.wait)
        return crowd.reply(request)

    client = AsyncConsoleClient(session=session(), base_url=ROOT, http_client=httpx.AsyncClient(transport=httpx.MockTransport(handler)))
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(lambda backend: anyio.run(lambda: client.tags.list(type="app"), backend=backend), ["asyncio", "trio"]))

    assert crowd.renewed == 1


@on_trio_too
async def test_whoever_signs_out_while_the_session_is_renewed_stays_out():
    crowd, renewing, go_on, ended = Crowd(), anyio.Event(), anyio.Event(), []

    async def handler(request):
        if request.url.path.endswith("/refresh-token"):
            renewing.set()
            await go_on.wait()
        if request.url.path.endswith("/logout"):
            ended.append(request.headers["cookie"])
            return answer({"result": "success"})
        return crowd.reply(request)

    client = AsyncConsoleClient(session=session(), base_url=ROOT, http_client=httpx.AsyncClient(transport=httpx.MockTransport(handler)))
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(lambda: client.tags.list(type="app"))
        await renewing.wait()
        tasks.start_soon(client.sign_out)
        await anyio.sleep(0.02)
        go_on.set()

    assert (ended, client.session) == ([cookie(2)], None)


@on_trio_too
async def test_a_late_reply_does_not_bring_the_old_session_back():
    begun, go_on = anyio.Event(), anyio.Event()

    async def handler(request):
        if request.url.path.endswith("/refresh-token"):
            return signed_in(2)
        begun.set()
        await go_on.wait()
        return tags()

    client = AsyncConsoleClient(session=session(), base_url=ROOT, http_client=httpx.AsyncClient(transport=httpx.MockTransport(handler)))
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(lambda: client.tags.list(type="app"))
        await begun.wait()
        await client.refresh_token()
        go_on.set()

    assert client.session == session(2)


@on_trio_too
async def test_a_renewal_that_is_cancelled_leaves_the_turn_to_others():
    renewals = []

    async def handler(request):
        if request.url.path.endswith("/refresh-token"):
            renewals.append(request)
            if len(renewals) == 1:
                await anyio.sleep_forever()
            return signed_in(2)
        return tags() if "access-2" in request.headers["cookie"] else refused()

    client = AsyncConsoleClient(session=session(), base_url=ROOT, http_client=httpx.AsyncClient(transport=httpx.MockTransport(handler)))
    with anyio.move_on_after(0.05) as gave_up:
        await client.tags.list(type="app")

    assert gave_up.cancelled_caught
    assert await client.tags.list(type="app") == []
    assert len(renewals) == 2

"""Ways into the console: with a password, a code, a token or a key, on servers old and new."""

import warnings

import httpx
import pytest

from dify_sdk import (
    AuthenticationError,
    BadRequestError,
    ConfigurationError,
    ConsoleClient,
    InternalServerError,
)
from dify_sdk.console.session import Session
from unit.consoles import ENCODED, HTTPS, PASSWORD, TAGS, Server, console, cookie, refused, session, signed_in, tags, with_session
from unit.twins import ROOT, UUID, answer, got

pytestmark = pytest.mark.anyio


class TestSomebodyElse:
    def test_what_comes_late_for_the_first_session_does_not_end_the_second(self):
        def served(request):
            if request.url.path.endswith("/login"):
                return signed_in(2)
            if "access-1" in request.headers["cookie"]:
                client.sign_in(email="bob@example.com", password="another-2")
                return httpx.Response(401, headers=[("set-cookie", f"{name}_token=; Max-Age=0") for name in ("access", "refresh", "csrf")],
                                      json={"code": "unauthorized_and_force_logout", "message": "over", "status": 401})  # fmt: skip
            return tags()

        client = ConsoleClient(session=session(), base_url=HTTPS, http_client=httpx.Client(transport=httpx.MockTransport(served)))
        with client, pytest.raises(AuthenticationError, match="over"):
            client.tags.list(type="app")
        assert client.session == session(2)

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
            ({"admin_api_key": "k", "workspace_id": "w\r\nx: y"}, "workspace_id"),
            ({"admin_api_key": "k", "workspace_id": ""}, "workspace_id is empty"),
            ({"admin_api_key": ""}, "admin_api_key is empty"),
        ],
    )
    def test_what_does_not_go_together_is_said_at_once(self, given, named):
        with pytest.raises(ConfigurationError, match=named):
            ConsoleClient(base_url=HTTPS, **given)

    def test_a_session_that_cannot_travel_is_refused_without_being_told(self):
        with pytest.raises(ConfigurationError, match="'cookie' cannot travel") as refused:
            ConsoleClient(session=Session({"access_token": "secret\n"}), base_url=HTTPS)
        assert "secret" not in str(refused.value)

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

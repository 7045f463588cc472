"""Passports of the web tier: fetched when the first call needs one, and again where the server refuses it."""

import threading
from concurrent.futures import ThreadPoolExecutor

import anyio
import httpx
import pytest

import unit.twins
from dify_sdk import AsyncWebClient, AuthenticationError, ConfigurationError, NotFoundError, WebClient
from unit.twins import ROOT, answer, got, next_of, on_trio_too, streamed

pytestmark = pytest.mark.anyio

FETCH = "GET /api/passport"
META = "GET /api/meta"


def passport(name="p1"):
    return answer({"access_token": name})


def refused(message="App token is missing.", code="unauthorized"):
    return answer({"code": code, "message": message, "status": 401}, status=401)


def meta():
    return answer({"tool_icons": {}})


def web(twin, server, app_code="c0de", **settings):
    kind = AsyncWebClient if twin.is_async else WebClient
    return kind(app_code, base_url=ROOT, max_retries=0, http_client=twin.http(server), **settings)


class Server(unit.twins.Server):
    """Remembers the headers as they were: a request that is sent again is the same one with another passport."""

    def __init__(self, *replies):
        super().__init__(*replies)
        self.headers = []

    def __call__(self, request):
        self.headers.append(dict(request.headers))
        return super().__call__(request)


def shown(server, name="x-app-passport"):
    return [headers.get(name) for headers in server.headers]


async def test_the_first_call_that_needs_one_fetches_a_passport_and_the_next_ones_show_it(twin):
    server = Server(passport(), meta(), meta())
    client = web(twin, server)

    await got(client.app.meta())
    await got(client.app.meta())

    assert server.routes == [FETCH, META, META]
    assert shown(server) == [None, "p1", "p1"]
    assert shown(server, "x-app-code") == ["c0de"] * 3
    assert shown(server, "authorization") == [None] * 3


async def test_what_is_open_to_everybody_needs_no_passport_and_shows_no_code(twin):
    server = Server(answer({"deployment_edition": "COMMUNITY"}))

    await got(web(twin, server).system_features.get())

    assert (shown(server), shown(server, "x-app-code")) == ([None], [None])


async def test_a_stable_user_is_named_when_the_passport_is_fetched(twin):
    server = Server(passport(), meta())

    await got(web(twin, server, user_id="ann").app.meta())

    assert server.routes[0] == f"{FETCH}?user_id=ann"


async def test_copies_for_other_users_have_passports_of_their_own(twin):
    server = Server(passport("for-ann"), meta(), passport("for-bob"), meta(), meta())
    ann = web(twin, server, user_id="ann")
    bob = ann.with_options(user="bob")

    for client in (ann, bob, ann):
        await got(client.app.meta())

    assert shown(server) == [None, "for-ann", None, "for-bob", "for-ann"]


async def test_a_given_passport_is_shown_and_none_is_fetched(twin):
    server = Server(meta())

    await got(web(twin, server, app_code=None, passport="mine").app.meta())

    assert (server.routes, shown(server), shown(server, "x-app-code")) == ([META], ["mine"], [None])


async def test_a_refused_passport_is_renewed_once_and_the_call_sent_again(twin):
    server = Server(passport("old"), meta(), refused(), passport("new"), meta(), meta())
    client = web(twin, server)

    for _ in range(3):
        await got(client.app.meta())

    assert server.routes == [FETCH, META, META, FETCH, META, META]
    assert shown(server)[-2:] == ["new", "new"]


async def test_a_server_that_refuses_the_new_one_too_is_believed(twin):
    server = Server(passport("old"), refused(), passport("new"), refused())

    with pytest.raises(AuthenticationError, match="App token is missing"):
        await got(web(twin, server).app.meta())

    assert server.routes == [FETCH, META, FETCH, META]


async def test_a_given_passport_without_a_code_cannot_be_renewed(twin):
    server = Server(refused())

    with pytest.raises(AuthenticationError):
        await got(web(twin, server, app_code=None, passport="mine").app.meta())

    assert server.routes == [META]


@pytest.mark.parametrize("code", ["web_sso_auth_required", "web_app_access_denied"])
async def test_where_only_signing_in_helps_no_passport_is_fetched(twin, code):
    server = Server(passport(), refused("sign in", code))

    with pytest.raises(AuthenticationError):
        await got(web(twin, server).app.meta())

    assert server.routes == [FETCH, META]


async def test_a_page_that_is_not_there_is_told_by_the_call(twin):
    server = Server(answer({"code": "not_found", "message": "no such page", "status": 404}, status=404))

    with pytest.raises(NotFoundError) as raised:
        await got(web(twin, server).app.meta())

    assert "while calling web.passport.get (GET /passport)" in raised.value.__notes__


async def test_an_old_server_is_found_out_once_and_remembered(twin):
    server = Server(passport(), refused("Authorization header is missing."), meta(), meta())
    client = web(twin, server)

    await got(client.app.meta())
    await got(client.with_options(max_retries=1).app.meta())

    assert server.routes == [FETCH, META, META, META]
    assert shown(server, "authorization") == [None, None, "Bearer p1", "Bearer p1"]


async def test_an_old_server_may_refuse_the_passport_later(twin):
    gone = refused("Authorization header is missing or expired")
    server = Server(passport(), refused("Authorization header is missing."), meta(), gone, passport("p2"), meta())
    client = web(twin, server)

    await got(client.app.meta())
    await got(client.app.meta())

    assert shown(server, "authorization")[-1] == "Bearer p2"


async def test_without_a_code_or_a_passport_nothing_is_sent(twin):
    with pytest.raises(ConfigurationError, match="app_code"):
        await got(web(twin, Server(), app_code=None).app.meta())


async def test_streams_are_opened_with_the_new_passport(twin):
    event = {"event": "message", "answer": "Hi", "message_id": "m", "conversation_id": "c", "task_id": "t"}
    server = Server(passport("old"), refused(), passport("new"), streamed(event))

    assert (await next_of(web(twin, server).chat.stream(query="Hi"))).answer == "Hi"
    assert shown(server) == [None, "old", None, "new"]


class Crowd:
    """A server that refuses the passport `old` and counts what is fetched."""

    def __init__(self):
        self.fetched = 0
        self.lock = threading.Lock()

    def reply(self, request):
        if request.url.path.endswith("/passport"):
            with self.lock:
                self.fetched += 1
            return passport("new")
        return meta() if request.headers["x-app-passport"] == "new" else refused()


def test_twenty_threads_that_are_refused_fetch_one_passport():
    crowd, gate = Crowd(), threading.Barrier(20, timeout=10)

    def handler(request):
        if request.headers.get("x-app-passport") == "old":
            gate.wait()
        return crowd.reply(request)

    client = WebClient("c0de", passport="old", base_url=ROOT, http_client=httpx.Client(transport=httpx.MockTransport(handler)))
    with ThreadPoolExecutor(20) as threads:
        list(threads.map(lambda _: client.app.meta(), range(20)))

    assert crowd.fetched == 1


@on_trio_too
async def test_twenty_tasks_that_are_refused_fetch_one_passport():
    crowd, waiting, gate = Crowd(), [], anyio.Event()

    async def handler(request):
        if request.headers.get("x-app-passport") == "old":
            waiting.append(1)
            if len(waiting) == 20:
                gate.set()
            await gate.wait()
        await anyio.sleep(0.001)
        return crowd.reply(request)

    client = AsyncWebClient("c0de", passport="old", base_url=ROOT, http_client=httpx.AsyncClient(transport=httpx.MockTransport(handler)))
    async with anyio.create_task_group() as tasks:
        for _ in range(20):
            tasks.start_soon(client.app.meta)

    assert crowd.fetched == 1


async def test_a_task_that_is_cancelled_while_it_fetches_lets_the_next_one_in():
    fetching, fetched = anyio.Event(), []

    async def handler(request):
        if not request.url.path.endswith("/passport"):
            return meta()
        fetched.append(1)
        if len(fetched) == 1:
            fetching.set()
            await anyio.sleep(60)
        return passport()

    client = AsyncWebClient("c0de", base_url=ROOT, http_client=httpx.AsyncClient(transport=httpx.MockTransport(handler)))
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(client.app.meta)
        await fetching.wait()
        tasks.cancel_scope.cancel()
    with anyio.fail_after(5):
        await client.app.meta()

    assert len(fetched) == 2


class TestSigningIn:
    async def test_who_signs_in_shows_it_where_the_passport_is_fetched(self, twin):
        signed_in = answer({"result": "success", "data": {"access_token": "login-token"}})
        server = Server(signed_in, passport(), meta())
        client = web(twin, server)

        await got(client.sign_in(email="ann@example.com", password="secret"))
        await got(client.app.meta())

        assert server.routes == ["POST /api/login", FETCH, META]
        assert shown(server, "authorization") == [None, "Bearer login-token", None]

    async def test_the_password_travels_in_base64(self, twin):
        server = Server(answer({"result": "success", "data": {"access_token": "login-token"}}))

        await got(web(twin, server).sign_in(email="ann@example.com", password="Passw0rd123"))

        assert server.bodies == [{"email": "ann@example.com", "password": "UGFzc3cwcmQxMjM="}]

    async def test_passports_from_before_are_of_no_use(self, twin):
        signed_in = answer({"result": "success", "data": {"access_token": "login-token"}})
        server = Server(passport("stranger"), meta(), signed_in, passport("ann"), meta())
        client = web(twin, server)

        await got(client.app.meta())
        await got(client.sign_in_with_code(email="ann@example.com", code="123456", token="t"))
        await got(client.app.meta())

        assert shown(server)[-1] == "ann"

    async def test_who_signs_out_is_forgotten(self, twin):
        server = Server(passport(), meta(), answer({"result": "success"}), passport("p2"), meta())
        client = web(twin, server)

        await got(client.app.meta())
        await got(client.sign_out())
        await got(client.app.meta())

        assert shown(server)[-1] == "p2"


async def test_no_secret_is_shown(twin):
    client = web(twin, Server(), passport="s3cret")

    assert "s3cret" not in repr(client) + repr(client._core.options)

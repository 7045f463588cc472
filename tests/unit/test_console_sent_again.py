"""Calls of the console tier that meet a session that is over: sent again as a whole, however many there are."""

import io
import threading
from concurrent.futures import ThreadPoolExecutor

import anyio
import httpx
import pytest

from dify_sdk import (
    AsyncConsoleClient,
    AuthenticationError,
    ConsoleClient,
)
from unit.consoles import (
    Server,
    console,
    cookie,
    refused,
    session,
    signed_in,
    tags,
    with_session,
)
from unit.twins import ROOT, UUID, answer, got, inside, on_trio_too, streamed

pytestmark = pytest.mark.anyio


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

    async def test_each_attempt_is_a_request_of_its_own_and_keeps_what_it_showed(self, twin):
        server = Server(refused(), signed_in(2), tags())

        await got(with_session(twin, server).tags.list(type="app"))

        assert [request.headers["cookie"] for request in server.asked] == [cookie(1), cookie(1), cookie(2)]


class Pipe:
    """A file that cannot be turned back."""

    def __init__(self, content):
        self._file = io.BytesIO(content)

    def read(self, size=-1):
        return self._file.read(size)


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

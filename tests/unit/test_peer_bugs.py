"""Bugs of other Dify clients, one test each, by the numbers of the survey that found them.

24, 26, 32 and 34 are about packaging, routes and other tiers: the wheel, the registry and those tiers have tests of their own.
"""

import asyncio
import gc
import json
import logging
import re
import subprocess
import sys
import threading
from pathlib import Path

import anyio
import httpx
import pytest

from dify_sdk import (
    APIStatusError,
    APITimeoutError,
    AsyncServiceClient,
    InternalServerError,
    RateLimitError,
    ResponseValidationError,
    ServiceClient,
    StreamInterruptedError,
    Timeout,
    UnknownEvent,
)
from dify_sdk.errors import BadRequestError
from unit.events import PING, agent_message, error, finished, message, message_end, replaced, started, text_chunk, text_replaced
from unit.test_logging import SOURCE
from unit.twins import KEY, ROOT, UUID, Body, Server, Twin, all_of, answer, close, each, got, next_of, sse, streamed
from unit.wire import LAST_CHUNK, SSE_HEAD, chunk, json_reply, serving

pytestmark = pytest.mark.anyio


def chat(twin, *pieces, **settings):
    return twin.client(Server(streamed(*pieces)), **settings).chat.stream(query="hi")


async def answer_of(stream):
    return (await got(stream.result())).answer


async def test_01_a_stream_is_live_and_not_a_buffered_body_in_disguise(twin):
    seen = threading.Event()

    def script(peer, _):
        peer.send(SSE_HEAD + chunk(sse(message("first"))))
        assert seen.wait(10)
        peer.send(chunk(sse(message_end())) + LAST_CHUNK)

    with serving(script) as wire:
        client = twin.client(base_url=wire.url)
        stream = client.chat.stream(query="hi")
        assert (await next_of(stream)).answer == "first"
        seen.set()
        assert await answer_of(stream) == "first"
        await close(client)

    assert wire.failures == []


async def test_02_pings_and_comments_are_no_events(twin):
    stream = chat(twin, PING, ": keepalive\n\n", ":\n", message("a"), PING, message("b"), ":x\n\n", message_end(), PING)

    assert [event.event for event in await all_of(stream)] == ["message", "message", "message_end"]


async def test_03_line_separators_inside_a_text_do_not_cut_an_event_in_two(twin):
    text = "a\u2028b\u2029c\u0085d"
    raw = json.dumps(message(text), ensure_ascii=False)

    assert text in raw
    assert await answer_of(chat(twin, f"data: {raw}\n\n", message_end())) == text
    odd = await all_of(chat(twin, "data: a\x0bb\x0cc\x1cd\x1de\x1ef\n\n", message_end()))
    assert (len(odd), odd[0].raw) == (2, "a\x0bb\x0cc\x1cd\x1de\x1ef")


async def test_04_a_stream_without_a_charset_is_utf8_and_not_latin_1(twin):
    whole = f"data: {json.dumps(message('你好'), ensure_ascii=False)}\n\n"
    server = Server(streamed(whole, message_end(), content_type="text/event-stream"))

    assert await answer_of(twin.client(server).chat.stream(query="hi")) == "你好"


async def test_05_a_character_may_be_cut_at_every_byte(twin):
    whole = (f"data: {json.dumps(message('ä½你😀'), ensure_ascii=False)}\n\n").encode() + sse(message_end())

    assert await answer_of(chat(twin, *[whole[at : at + 1] for at in range(len(whole))])) == "ä½你😀"
    for place in range(len(whole)):
        assert await answer_of(chat(twin, whole[:place], whole[place:])) == "ä½你😀"


@pytest.mark.parametrize("end", ["\r\n", "\r"])
async def test_06_other_line_ends_give_the_same_events(twin, end):
    whole = (sse(message("a"), PING, message("b"), message_end())).replace(b"\n", end.encode())

    assert await answer_of(chat(twin, whole)) == "ab"
    assert await answer_of(chat(twin, *[whole[at : at + 1] for at in range(len(whole))])) == "ab"


async def test_07_a_last_event_without_its_blank_line_is_not_lost(twin):
    """The standard drops it; we count it, for it is the one that tells the usage."""
    for rest in (b"", b"\n"):
        reply = await got(chat(twin, message("x"), sse(message_end()).rstrip() + rest).result())
        assert reply.metadata.usage.total_tokens == 7


async def test_08_the_name_of_an_event_is_the_one_inside_its_data(twin):
    stream = chat(twin, message("x"), error("completion_request_error", 400))

    assert (await next_of(stream)).event == "message"
    with pytest.raises(BadRequestError):
        await next_of(stream)


async def test_09_a_lost_connection_is_an_error_with_the_text_so_far(twin):
    def script(peer, _):
        peer.send(SSE_HEAD + chunk(sse(message("half"))) + b"40\r\ndata: {")
        return True

    with serving(script) as wire:
        client = twin.client(base_url=wire.url)
        with pytest.raises(StreamInterruptedError) as caught:
            await got(client.chat.stream(query="hi").result())
        await close(client)

    assert caught.value.partial.answer == "half"


async def test_10_an_orderly_end_before_the_end_of_the_run_is_noticed(twin):
    for stream in (chat(twin, message("half")), twin.client(Server(streamed(started()))).workflows.stream(), chat(twin)):
        with pytest.raises(StreamInterruptedError, match="the stream ended before the run did"):
            await all_of(stream)


@pytest.mark.parametrize("status", [400, 401, 404, 429, 500, 503])
async def test_11_a_refusal_of_a_stream_is_neither_an_empty_stream_nor_an_event(twin, status, pauses):
    stream = twin.client(lambda _: answer({"code": "x", "message": "no"}, status)).chat.stream(query="hi")

    with pytest.raises(APIStatusError, match=f"{status} x: no") as caught:
        await all_of(stream)

    assert caught.value.status_code == status


@pytest.mark.parametrize("status", [200, 502])
async def test_12_a_page_is_no_answer_with_empty_fields(twin, status):
    page = httpx.Response(status, html="<html><body><h1>502 Bad Gateway</h1></body></html>")

    with pytest.raises(InternalServerError if status == 502 else ResponseValidationError) as caught:
        await got(twin.client(Server(page)).chat.send(query="hi"))

    assert "Bad Gateway" in caught.value.body


async def test_13_a_read_timeout_does_not_bill_a_run_three_times(twin, pauses):
    with serving(lambda peer, _: peer.hung_up() or True) as wire:
        client = twin.client(base_url=wire.url, timeout=Timeout(read=0.5), max_retries=2)
        for call in (client.chat.send, client.completion.send, client.workflows.run):
            with pytest.raises(APITimeoutError):
                await got(call(**({"query": "hi"} if call == client.chat.send else {})))
        await close(client)

    assert len(wire.requests) == 3
    assert pauses == []


@pytest.mark.parametrize(("told", "seconds"), [("7", 7.0), ("Wed, 21 Oct 2015 07:28:00 GMT", 0.0), ("soon", None)])
async def test_14_a_429_tells_its_status_and_its_seconds_as_numbers(twin, told, seconds):
    client = twin.client(Server(answer({"code": "too_many_requests", "message": "slow"}, 429, retry_after=told)), max_retries=0)

    with pytest.raises(RateLimitError) as caught:
        await got(client.chat.send(query="hi"))

    assert caught.value.status_code == 429
    assert caught.value.retry_after == seconds


async def test_15_a_503_is_tried_again_as_often_as_was_promised(twin, pauses):
    server = Server(*[lambda _: answer(status=503)] * 3, answer({"name": "app"}))

    assert (await got(twin.client(server, max_retries=3).app.info())).name == "app"
    assert len(pauses) == 3


async def test_16_leaving_early_makes_no_noise_and_one_connection_serves_all_calls():
    complaints = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: complaints.append(context))
    connections = set()

    def script(peer, request):
        connections.add(peer)
        if b"chat-messages" in request[0]:
            peer.send(SSE_HEAD + chunk(sse(message("a"))) + chunk(sse(message("b"), message_end())) + LAST_CHUNK)
        else:
            peer.send(json_reply(b'{"data":[{"id":"a","name":"a"}],"has_more":true}'))

    with serving(script) as wire:
        client = Twin("async").client(base_url=wire.url)
        for _ in range(3):
            await client.conversations.list()
            assert await answer_of(client.chat.stream(query="hi")) == "ab"
        assert len(connections) == 1

        for many in (client.chat.stream(query="hi"), client.conversations.list(), client.chat.stream(query="hi").text_deltas()):
            async for _ in each(many):
                break
        del many
        gc.collect()
        await anyio.wait_all_tasks_blocked()
        await close(client)

    assert complaints == []


@pytest.mark.parametrize(
    "new", [{"event": "brand_new", "answer": 5}, {"event": "message"}, {"event": "agent_thought"}, {"event": "workflow_started"}]
)
async def test_17_an_event_that_is_new_or_lacks_a_field_does_not_kill_the_stream(twin, new):
    events = await all_of(chat(twin, message("x"), new, finished() if new["event"] == "workflow_started" else PING, message_end()))

    assert events[1].event == new["event"]
    assert isinstance(events[1], UnknownEvent) == (new["event"] == "brand_new")


async def test_18_a_replacement_is_not_added_to_what_it_replaces(twin):
    assert await answer_of(chat(twin, message("bad"), message(" text"), replaced("clean"), message_end())) == "clean"
    stream = twin.client(Server(streamed(started(), text_chunk("bad"), text_replaced("clean"), finished()))).workflows.stream()
    assert (await got(stream.result())).text == "clean"


async def test_19_the_text_of_every_mode_is_heard(twin):
    workflow = twin.client(Server(streamed(started(), text_chunk("a"), text_chunk("b"), finished()))).workflows.stream()

    assert await all_of(workflow.text_deltas()) == ["a", "b"]
    assert await all_of(chat(twin, agent_message("a"), agent_message("b"), message_end()).text_deltas()) == ["a", "b"]
    assert await all_of(chat(twin, message("a"), message("b"), message_end()).text_deltas()) == ["a", "b"]


@pytest.mark.parametrize("length", [10_000, 10_001, 1_000_000])
async def test_20_a_text_is_as_long_as_the_server_allows(twin, length):
    server = Server(answer({"answer": "ok"}))

    await got(twin.client(server).chat.send(query="x" * length))

    assert len(server.bodies[0]["query"]) == length


async def test_21_an_upload_says_that_it_is_a_form(twin):
    server = Server(answer({"id": "f", "name": "a", "size": 1}, 201))

    await got(twin.client(server, headers={"Content-Type": "application/json"}).files.upload(file=("a.txt", b"x")))

    boundary = re.fullmatch("multipart/form-data; boundary=(.+)", server.asked[0].headers["content-type"])[1]
    assert server.asked[0].content.startswith(f"--{boundary}\r\n".encode())


async def test_22_no_key_is_in_a_log_line_and_no_handler_is_installed(twin, caplog):
    caplog.set_level(logging.DEBUG)
    with serving(lambda peer, _: peer.send(json_reply(b'{"name":"app"}'))) as wire:
        client = twin.client(base_url=wire.url)
        await got(client.app.info())
        await close(client)

    assert "service.app.info GET /info attempt 1: 200" in caplog.text
    assert KEY not in caplog.text
    script = "import logging, dify_sdk; dify_sdk.ServiceClient('app-x').chat.send; print(logging.getLogger().handlers)"
    done = subprocess.run([sys.executable, "-c", script], env={"PYTHONPATH": SOURCE}, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


async def test_23_the_quick_start_of_the_readme_runs(capsys):
    readme = (Path(__file__).parents[2] / "README.md").read_text()
    code = re.search(r"```python\n(.*?)```", readme, re.DOTALL)[1]

    await anyio.to_thread.run_sync(lambda: exec(compile(code, "README.md", "exec"), {"__name__": "__main__"}))

    assert capsys.readouterr().out


async def test_25_keys_do_not_cross_when_many_clients_call_at_once():
    async def server(request):
        await anyio.lowlevel.checkpoint()
        return answer({"name": request.headers["authorization"]})

    http = Twin("async").http(server)
    clients = [AsyncServiceClient(f"app-{n}", base_url=ROOT, http_client=http) for n in range(20)]
    names = {}

    async def ask(n):
        names[n] = (await clients[n].app.info()).name

    async with anyio.create_task_group() as group:
        for n in range(20):
            group.start_soon(ask, n)

    assert names == {n: f"Bearer app-{n}" for n in range(20)}


async def test_27_a_new_conversation_has_no_empty_id(twin):
    server = Server(answer({"answer": "a"}), streamed(message("a"), message_end()))
    client = twin.client(server)

    await got(client.chat.send(query="hi", conversation_id=None))
    await got(client.chat.stream(query="hi").result())

    assert ["conversation_id" in body for body in server.bodies] == [False, False]


def test_28_a_client_outlives_an_event_loop_and_does_not_close_the_connections_of_another():
    async def ask(client):
        return (await client.app.info()).name

    async def ask_and_close(client):
        await client.app.info()
        await client.aclose()

    peers = []

    def script(peer, _):
        peers.append(peer)
        peer.send(json_reply(b'{"name":"app"}'))

    with serving(script) as wire:
        shared, other = (AsyncServiceClient(KEY, base_url=wire.url) for _ in range(2))

        async def first():
            answered = await ask(shared)
            await ask_and_close(other)
            assert await ask(shared) == answered
            assert peers[2] is peers[0] is not peers[1]
            await shared._core._root._http.get().aclose()  # what this loop leaves behind; the client itself stays open
            return answered

        assert asyncio.run(first()) == "app"
        assert asyncio.run(ask_and_close(shared)) is None

        blocking, another = ServiceClient(KEY, base_url=wire.url), ServiceClient(KEY, base_url=wire.url)
        blocking.app.info()
        another.app.info()
        another.close()
        assert blocking.app.info().name == "app"
        blocking.close()


async def test_29_a_page_that_the_server_cuts_neither_ends_the_walk_nor_makes_it_endless(twin):
    rows = [{"id": f"{number:03}"} for number in range(250)]

    def server(request):
        page, limit = int(request.url.params.get("page", 1)), min(int(request.url.params["limit"]), 100)
        data = rows[(page - 1) * limit : page * limit]
        asked = int(request.url.params["limit"])
        return answer({"data": data, "page": page, "limit": asked, "total": 250, "has_more": len(data) == asked})

    found = [one.id async for one in each(await got(twin.client(server).annotations.list(limit=200)))]

    assert found == [row["id"] for row in rows]


@pytest.mark.parametrize(
    ("start", "route"),
    [
        (lambda client: client.chat.stream(query="hi"), "POST /v1/chat-messages/t-1/stop"),
        (lambda client: client.completion.stream(), "POST /v1/completion-messages/t-1/stop"),
        (lambda client: client.workflows.stream(), "POST /v1/workflows/tasks/t-1/stop"),
        (lambda client: client.workflows.stream_run_by_id("flow"), "POST /v1/workflows/tasks/t-1/stop"),
    ],
    ids=["chat", "completion", "workflow", "workflow by id"],
)
async def test_30_every_kind_of_run_is_stopped_on_its_own_route(twin, start, route):
    server = Server(streamed(message("a"), message_end()), answer({"result": "success"}))
    stream = start(twin.client(server, user="bob"))
    await next_of(stream)

    await got(stream.stop())

    assert server.routes[1] == route
    assert server.bodies[1] == {"user": "bob"}
    await close(stream)


@pytest.mark.parametrize("base_url", ["http://h.test/dify", "http://h.test/dify/", "http://h.test/dify/v1", "http://h.test/dify//v1//"])
async def test_31_an_address_is_understood_with_and_without_slash_and_prefix(twin, base_url):
    server = Server(answer({"name": "app"}))

    await got(twin.client(server, base_url=base_url).app.info())

    assert str(server.asked[0].url) == "http://h.test/dify/v1/info"


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("你好.txt", "你好.txt"),
        ('a"b.txt', "a%22b.txt"),
        ("a\r\nX-Other: 1.txt", "a%0D%0AX-Other: 1.txt"),
        ("ü '(1)';.txt", "ü '(1)';.txt"),
    ],
)
async def test_33_a_file_keeps_its_name_whatever_it_holds(twin, name, written):
    server = Server(answer({"id": "f", "name": name, "size": 1}, 201))

    uploaded = await got(twin.client(server).files.upload(file=(name, b"x")))

    assert f'name="file"; filename="{written}"\r\nContent-Type: text/plain\r\n'.encode() in server.asked[0].content
    assert uploaded.name == name


async def test_33_a_download_has_the_name_it_was_given_whatever_it_holds(twin):
    response = httpx.Response(200, stream=Body(b"x"), headers={"content-disposition": "attachment; filename*=UTF-8''%E4%BD%A0.txt"})

    binary = await got(twin.client(Server(response)).files.preview(UUID))

    assert binary.filename == "你.txt"
    await close(binary)

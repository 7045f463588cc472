"""The default connections: chunks that are joined, and what shows on the wire."""

import itertools
import ssl
import threading

import anyio
import h11
import hypothesis.strategies as st
import pytest
import respx
import trustme
from hypothesis import example, given

from dify_sdk import APIConnectionError, APIStatusError, APITimeoutError, Timeout
from dify_sdk._transport import USER_AGENT, AsyncPool, Joiner, Pool
from unit.events import message, message_end
from unit.twins import KEY, Twin, all_of, close, got, inside, next_of, on_trio_too, sse
from unit.wire import LAST_CHUNK, SSE_HEAD, chunk, json_reply, serving

INFO = b'{"name":"app"}'


# Chunks, joined


def read_by_h11(pieces_of_replies):
    """The bodies that h11 reads from replies, each given in pieces; the last one may be an error."""
    client = h11.Connection(h11.CLIENT)
    bodies = []
    for pieces in pieces_of_replies:
        client.send(h11.Request(method="GET", target="/", headers=[("Host", "x")]))
        client.send(h11.EndOfMessage())
        body = b""
        for piece in pieces:
            if piece:
                client.receive_data(piece)
            try:
                while isinstance(event := client.next_event(), h11.Event):
                    body += bytes(event.data) if isinstance(event, h11.Data) else b""
                    if isinstance(event, h11.EndOfMessage):
                        break
            except h11.RemoteProtocolError:
                return [*bodies, "refused"]
        if client.their_state is not h11.DONE:
            return [*bodies, body]
        bodies.append(body)
        client.start_next_cycle()
    return bodies


def joined(pieces_of_replies):
    """The same pieces, as the joiner gives them on."""
    joiner = Joiner()
    given_on = []
    for pieces in pieces_of_replies:
        joiner.sent()
        given_on.append([joiner.feed(piece) for piece in pieces])
    return given_on


def cut(whole, places):
    edges = sorted({0, len(whole), *(place % (len(whole) + 1) for place in places)})
    return [whole[a:b] for a, b in itertools.pairwise(edges)]


sizes = st.sampled_from(["{:x}", "{:X}", "{:04x}", "{:x};name=value", '{:x};name="quoted"', "{:x} "])
interim = st.sampled_from([b"", b"", b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"])
heads = st.sampled_from(
    [
        SSE_HEAD,
        SSE_HEAD,
        b"HTTP/1.1 200 OK\r\ntransfer-encoding:chunked\r\ncontent-type:text/event-stream; charset=utf-8\r\nX-Version: 1\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n",
    ]
)
trailers = st.sampled_from([b"", b"", b"X-Checksum: 1\r\n"])


@st.composite
def replies(draw):
    """A chunked reply as bytes."""
    written = [
        draw(sizes).format(len(data)).encode() + b"\r\n%b\r\n" % data
        for data in draw(st.lists(st.binary(min_size=1, max_size=20), max_size=6))
    ]
    return draw(interim) + draw(heads) + b"".join(written) + b"0\r\n" + draw(trailers) + b"\r\n"


places = st.lists(st.integers(0, 1000), max_size=12)


@given(st.lists(st.tuples(replies(), places), min_size=1, max_size=3))
@example([(SSE_HEAD + b"0002\r\nab\r\n" + LAST_CHUNK, [len(SSE_HEAD), len(SSE_HEAD) + 5, len(SSE_HEAD) + 6])])
def test_h11_reads_the_same_from_joined_chunks_wherever_the_network_cuts(given_):
    pieces = [cut(whole, at) for whole, at in given_]

    assert read_by_h11(joined(pieces)) == read_by_h11(pieces)


@pytest.mark.parametrize("line", [b"0x5", b" 5", b"+5", b"-5", b"1_0", b"five", b"", b"5 5", b"\n5"])
def test_a_size_that_h11_refuses_is_refused_when_joined_too(line):
    pieces = [SSE_HEAD, chunk(b"hello") + line + b"\r\nworld\r\n" + LAST_CHUNK]

    assert read_by_h11([pieces]) == read_by_h11(joined([pieces])) == ["refused"]


def test_the_chunks_of_one_read_become_one():
    joiner = Joiner()
    joiner.sent()

    assert joiner.feed(SSE_HEAD + chunk(b"ab") + chunk(b"cd")) == SSE_HEAD + chunk(b"abcd")
    assert joiner.feed(chunk(b"ef") + b"3\r\ngh") == chunk(b"efgh")
    assert joiner.feed(b"i\r\n" + LAST_CHUNK) == chunk(b"i") + LAST_CHUNK


def test_nothing_is_held_back_that_could_be_read():
    joiner = Joiner()
    joiner.sent()

    assert joiner.feed(SSE_HEAD[:40]) == SSE_HEAD[:40]
    assert joiner.feed(SSE_HEAD[40:] + b"a\r\nhalf") == SSE_HEAD[40:] + chunk(b"half")
    assert joiner.feed(b"!") == chunk(b"!")


def test_a_size_line_without_end_is_handed_to_h11_which_has_a_limit():
    pieces = [SSE_HEAD, *[b"1" * 4096] * 200]

    assert read_by_h11(joined([pieces])) == ["refused"]


@pytest.mark.parametrize(
    "reply",
    [
        json_reply(INFO),
        b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 2\r\n\r\nab",
        b"HTTP/1.1 204 No Content\r\n\r\n",
    ],
)
def test_what_is_not_chunked_passes_as_it_is(reply):
    joiner = Joiner()
    joiner.sent()

    assert b"".join(joiner.feed(bytes([byte])) for byte in reply) == reply


# On the wire


pytestmark = pytest.mark.anyio


async def test_a_request_on_the_wire_is_a_plain_one(twin):
    with serving(lambda peer, _: peer.send(json_reply(INFO))) as wire:
        client = twin.client(base_url=f"{wire.url}/dify/v1")
        assert (await got(client.app.info())).name == "app"
        await close(client)

    head, body = wire.requests[0]
    lines = head.decode().split("\r\n")
    assert lines[0] == "GET /dify/v1/info HTTP/1.1"
    assert {"Accept: */*", f"User-Agent: {USER_AGENT}", f"Authorization: Bearer {KEY}", f"Host: 127.0.0.1:{wire.port}"} <= set(lines)
    assert body == b""


@on_trio_too
async def test_a_connection_serves_many_calls_and_streams(twin):
    connections = set()

    def script(peer, request):
        connections.add(peer)
        if b"POST" in request[0]:
            peer.send(SSE_HEAD + chunk(sse(message("a"))) + chunk(sse(message_end())) + LAST_CHUNK)
        else:
            peer.send(json_reply(INFO))

    with serving(script) as wire:
        client = twin.client(base_url=wire.url)
        await got(client.app.info())
        assert (await got(client.chat.stream(query="hi").result())).answer == "a"
        await got(client.app.info())
        await close(client)

    assert len(wire.requests) == 3
    assert len(connections) == 1


class Hanging:
    """A server that begins a stream and then waits for the client to hang up."""

    def __init__(self):
        self.hung_up = threading.Event()

    def __call__(self, peer, _):
        peer.send(SSE_HEAD + chunk(sse(message("first"))))
        if peer.hung_up():
            self.hung_up.set()
        return True

    async def left(self):
        """Whether the client hangs up before long."""
        return await anyio.to_thread.run_sync(self.hung_up.wait, 10)


async def test_leaving_the_block_hangs_up(twin):
    script = Hanging()
    with serving(script) as wire:
        client = twin.client(base_url=wire.url)
        async with inside(client.chat.stream(query="hi")) as stream:
            await next_of(stream)

        assert await script.left()
        await close(client)


async def test_dropping_the_stream_hangs_up(twin):
    script = Hanging()
    with serving(script) as wire:
        client = twin.client(base_url=wire.url)
        stream = client.chat.stream(query="hi")
        await next_of(stream)
        del stream

        assert await script.left()
        await close(client)


async def test_leaving_the_loop_and_the_function_hangs_up(twin):
    async def first(client):
        stream = client.chat.stream(query="hi")
        return await next_of(stream.__aiter__() if twin.is_async else iter(stream))

    script = Hanging()
    with serving(script) as wire:
        client = twin.client(base_url=wire.url)
        assert (await first(client)).answer == "first"

        assert await script.left()
        await close(client)


async def test_a_cancelled_reader_hangs_up():
    script = Hanging()
    with serving(script) as wire:
        async with Twin("async").client(base_url=wire.url) as client:
            with anyio.move_on_after(0.1) as scope:
                await client.chat.stream(query="hi").result()

            assert scope.cancelled_caught
            assert await script.left()


async def test_closing_the_client_hangs_up_idle_connections(twin):
    over = threading.Event()

    def script(peer, _):
        peer.send(json_reply(INFO))
        if peer.hung_up():
            over.set()
        return True

    with serving(script) as wire:
        client = twin.client(base_url=wire.url)
        await got(client.app.info())
        await close(client)

        assert await anyio.to_thread.run_sync(over.wait, 10)


FAULTS = {
    "nothing comes": lambda peer, _: peer.hung_up() or True,
    "an empty reply": lambda _, __: True,
    "a reset": lambda peer, _: peer.reset() or True,
    "a reset after the head": lambda peer, _: (peer.send(json_reply(INFO)[:60]), peer.reset()),
    "half a body": lambda peer, _: (peer.send(json_reply(INFO)[:-2]), True),
    "garbage": lambda peer, _: (peer.send(b"\x15\x03\x01 not http\r\n\r\n"), True),
    "500": lambda peer, _: peer.send(json_reply(b'{"code":"internal_server_error"}', b"500 Oops")),
    "502": lambda peer, _: peer.send(json_reply(b"<html>", b"502 Bad Gateway")),
    "503": lambda peer, _: peer.send(json_reply(b"", b"503 Busy")),
    "504": lambda peer, _: peer.send(json_reply(b"<html>", b"504 Slow")),
}


@pytest.mark.parametrize("fault", FAULTS)
async def test_one_chat_on_the_wire_whatever_goes_wrong(twin, fault, pauses):
    with serving(FAULTS[fault]) as wire:
        client = twin.client(base_url=wire.url, timeout=Timeout(read=0.1), max_retries=2)
        with pytest.raises((APIConnectionError, APIStatusError)) as caught:
            await got(client.chat.send(query="hi"))
        await close(client)

    assert len(wire.requests) == 1
    assert isinstance(caught.value, APITimeoutError) == (fault == "nothing comes")


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_question_is_asked_again_where_that_may_help(twin, fault, pauses):
    with serving(FAULTS[fault]) as wire:
        client = twin.client(base_url=wire.url, timeout=Timeout(read=0.1), max_retries=1)
        with pytest.raises((APIConnectionError, APIStatusError)):
            await got(client.app.info())
        await close(client)

    assert len(wire.requests) == (1 if fault == "500" else 2)


async def test_a_stream_that_falls_silent_is_a_timeout(twin):
    with serving(Hanging()) as wire:
        client = twin.client(base_url=wire.url, timeout=Timeout(event=0.1))
        with pytest.raises(APITimeoutError) as caught:
            await got(client.chat.stream(query="hi").result())
        await close(client)

    assert caught.value.partial.answer == "first"


async def test_events_that_arrive_together_are_one_piece(twin):
    def script(peer, _):
        peer.send(SSE_HEAD + chunk(sse(message("a"))) + chunk(sse(message("b"))) + chunk(sse(message_end())) + LAST_CHUNK)

    with serving(script) as wire:
        client = twin.client(base_url=wire.url)
        response = (await got(client.with_raw_response.chat.stream(query="hi"))).http_response
        pieces = await all_of(response.aiter_raw() if twin.is_async else response.iter_raw())
        await close(client)

    assert pieces == [sse(message("a"), message("b"), message_end())]


async def test_without_a_proxy_the_connections_are_ours(twin):
    assert isinstance(twin.client()._core.http, AsyncPool if twin.is_async else Pool)


async def test_a_server_that_is_not_there_was_sent_nothing(twin, pauses):
    with serving(lambda *_: None) as wire:
        pass

    client = twin.client(base_url=wire.url)
    with pytest.raises(APIConnectionError) as caught:
        await got(client.chat.send(query="hi"))
    await close(client)

    assert caught.value.sent is False
    assert len(pauses) == 2


async def test_cookies_of_the_server_are_not_kept(twin):
    reply = b"HTTP/1.1 200 OK\r\nSet-Cookie: session=abc\r\nContent-Type: application/json\r\nContent-Length: 14\r\n\r\n" + INFO
    with serving(lambda peer, _: peer.send(reply)) as wire:
        client = twin.client(base_url=wire.url)
        await got(client.app.info())
        await got(client.app.info())
        await close(client)

    assert b"cookie" not in wire.requests[1][0].lower()


async def test_respx_can_stand_in_for_the_server(twin):
    with respx.mock(base_url="http://dify.test/v1") as server:
        server.get("/info").respond(json={"name": "app"})

        client = twin.client()
        assert (await got(client.app.info())).name == "app"
        await close(client)


# Proxies and certificates


class TestProxies:
    def proxy(self, peer, _):
        peer.send(json_reply(INFO))

    async def test_a_proxy_of_the_environment_is_asked(self, twin, monkeypatch):
        with serving(self.proxy) as wire:
            monkeypatch.setenv("HTTP_PROXY", wire.url)
            client = twin.client(base_url="http://dify.test")
            assert (await got(client.app.info())).name == "app"
            await close(client)

        assert wire.requests[0][0].startswith(b"GET http://dify.test/v1/info HTTP/1.1")

    async def test_a_proxy_is_asked_to_open_a_tunnel_for_https(self, twin, monkeypatch, pauses):
        with serving(lambda peer, _: (peer.send(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"), True)) as wire:
            monkeypatch.setenv("HTTPS_PROXY", wire.url)
            client = twin.client(base_url="https://dify.test")
            with pytest.raises(APIConnectionError, match="403") as caught:
                await got(client.app.info())
            await close(client)

        head = wire.requests[0][0]
        assert head.startswith(b"CONNECT dify.test:443 HTTP/1.1")
        assert KEY.encode() not in head
        assert caught.value.sent is False

    @pytest.mark.parametrize("exempt", ["127.0.0.1", "*"])
    async def test_an_exempt_host_is_asked_directly(self, twin, monkeypatch, exempt):
        with serving(self.proxy) as wire:
            monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
            monkeypatch.setenv("NO_PROXY", exempt)
            client = twin.client(base_url=wire.url)
            assert (await got(client.app.info())).name == "app"
            await close(client)

        assert wire.requests[0][0].startswith(b"GET /v1/info HTTP/1.1")

    async def test_a_stream_through_a_proxy_is_a_stream(self, twin, monkeypatch):
        seen = threading.Event()

        def script(peer, _):
            peer.send(SSE_HEAD + chunk(sse(message("first"))))
            assert seen.wait(10)
            peer.send(chunk(sse(message_end())) + LAST_CHUNK)

        with serving(script) as wire:
            monkeypatch.setenv("ALL_PROXY", wire.url)
            client = twin.client(base_url="http://dify.test")
            stream = client.chat.stream(query="hi")
            await next_of(stream)
            seen.set()
            assert len(await all_of(stream)) == 1
            await close(client)


class TestCertificates:
    @pytest.fixture
    def authority(self):
        return trustme.CA()

    @pytest.fixture
    def tls(self, authority):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("127.0.0.1").configure_cert(context)
        return context

    async def test_an_authority_of_the_environment_is_trusted(self, twin, monkeypatch, tmp_path, authority, tls):
        authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))

        with serving(lambda peer, _: (peer.send(json_reply(INFO)), True), tls) as wire:
            client = twin.client(base_url=wire.url)
            assert (await got(client.app.info())).name == "app"
            await close(client)

    async def test_no_other_is(self, twin, tls, pauses):
        with serving(lambda peer, _: peer.send(json_reply(INFO)), tls) as wire:
            client = twin.client(base_url=wire.url)
            with pytest.raises(APIConnectionError, match="CERTIFICATE_VERIFY_FAILED") as caught:
                await got(client.app.info())
            await close(client)

        assert caught.value.sent is False
        assert wire.requests == []

    async def test_a_stream_under_tls_is_joined_too(self, twin, monkeypatch, tmp_path, authority, tls):
        authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))

        def script(peer, _):
            peer.send(SSE_HEAD + chunk(sse(message("a"))) + chunk(sse(message("b"))) + chunk(sse(message_end())) + LAST_CHUNK)
            return True

        with serving(script, tls) as wire:
            client = twin.client(base_url=wire.url)
            assert (await got(client.chat.stream(query="hi").result())).answer == "ab"
            await close(client)

"""The default connection pool of either twin.

A Dify server writes one HTTP chunk for each event of a stream, and taking chunks apart costs more than reading the
events. The network streams below join the chunks that one socket read brought, so that h11 sees a single one. They
wait for nothing, and pass through whatever is not a chunked event stream.
"""

from __future__ import annotations

import re
import ssl
import time
from collections.abc import AsyncIterator, Generator, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final, cast
from urllib.request import getproxies

import httpcore
import httpx

from .errors import APIConnectionError, APITimeoutError

_MOST_CONNECTIONS: Final = 1000
_MOST_IDLE: Final = 100
_IDLE_SECONDS: Final = 30.0
_LIMITS: Final = httpx.Limits(max_connections=_MOST_CONNECTIONS, max_keepalive_connections=_MOST_IDLE, keepalive_expiry=_IDLE_SECONDS)
_CHUNKED: Final = re.compile(rb"\r\ntransfer-encoding:[ \t]*chunked[ \t]*(?:\r\n|$)", re.IGNORECASE)
_EVENTS: Final = re.compile(rb"\r\ncontent-type:[ \t]*text/event-stream", re.IGNORECASE)
_LONGEST_HEAD: Final = 65536
_ZERO: Final = ord("0")
_NEVER_SENT: Final = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol, httpx.ProxyError)
_INTERIM: Final = re.compile(rb"HTTP/1\.[01] 1(?!01)")


def _version() -> str:
    try:
        return version("dify-sdk-py")
    except PackageNotFoundError:  # run from a checkout that is not installed
        return "0"


USER_AGENT: Final = f"dify-sdk-py/{_version()}"


def sync_http(scheme: str) -> httpx.Client | Pool:
    """Connections for the blocking twin; behind a proxy of the environment httpx's own."""
    if _proxied():
        return httpx.Client(limits=_LIMITS)
    return Pool(_tls(scheme))


def async_http(scheme: str) -> httpx.AsyncClient | AsyncPool:
    """Connections for the asynchronous twin; behind a proxy of the environment httpx's own."""
    if _proxied():
        return httpx.AsyncClient(limits=_LIMITS)
    return AsyncPool(_tls(scheme))


def _proxied() -> bool:
    return any(getproxies().get(kind) for kind in ("http", "https", "all"))


def _tls(scheme: str) -> ssl.SSLContext | None:
    """Certificates as httpx finds them (`SSL_CERT_FILE`); loading them takes a while, so not for plain http."""
    return httpx.create_ssl_context() if scheme == "https" else None


class Pool:
    """What the core needs of an `httpx.Client`: neither cookies, nor redirects, nor authentication, which take as long as the rest.

    It stands on a pool of httpcore whose network streams join the chunks of event streams.
    """

    def __init__(self, ssl_context: ssl.SSLContext | None = None) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=ssl_context,
            max_connections=_MOST_CONNECTIONS,
            max_keepalive_connections=_MOST_IDLE,
            keepalive_expiry=_IDLE_SECONDS,
            network_backend=_Backend(),
        )

    def send(self, request: httpx.Request, *, stream: bool) -> httpx.Response:
        """As `httpx.Client.send`, without redirects."""
        begin = time.perf_counter()
        with _told_as_httpx(request):
            answer = self._pool.handle_request(_to_httpcore(request))
        response = _to_httpx(answer, _Body(answer.stream), request)
        if not stream:
            try:
                response.read()
            finally:
                response.close()
            response.elapsed = timedelta(seconds=time.perf_counter() - begin)
        return response

    def close(self) -> None:
        """Close the connections."""
        self._pool.close()


class AsyncPool:
    """The same for the asynchronous twin."""

    def __init__(self, ssl_context: ssl.SSLContext | None = None) -> None:
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=ssl_context,
            max_connections=_MOST_CONNECTIONS,
            max_keepalive_connections=_MOST_IDLE,
            keepalive_expiry=_IDLE_SECONDS,
            network_backend=_AsyncBackend(),
        )

    async def send(self, request: httpx.Request, *, stream: bool) -> httpx.Response:
        """As `httpx.AsyncClient.send`, without redirects."""
        begin = time.perf_counter()
        with _told_as_httpx(request):
            answer = await self._pool.handle_async_request(_to_httpcore(request))
        response = _to_httpx(answer, _AsyncBody(answer.stream), request)
        if not stream:
            try:
                await response.aread()
            finally:
                await response.aclose()
            response.elapsed = timedelta(seconds=time.perf_counter() - begin)
        return response

    async def aclose(self) -> None:
        """Close the connections."""
        await self._pool.aclose()


def _to_httpcore(request: httpx.Request) -> httpcore.Request:
    url = request.url
    return httpcore.Request(
        method=request.method,
        url=httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
        headers=request.headers.raw,
        content=request.stream,
        extensions=request.extensions,
    )


def _to_httpx(answer: httpcore.Response, body: _Body | _AsyncBody, request: httpx.Request) -> httpx.Response:
    extensions = cast("dict[str, Any]", vars(answer)["extensions"])
    return httpx.Response(answer.status, headers=answer.headers, stream=body, extensions=extensions, request=request)


@contextmanager
def told_as_ours() -> Generator[None, None, None]:
    """Raise the exceptions of httpx as this package's."""
    try:
        yield
    except (httpx.TransportError, httpx.DecodingError) as error:
        timed_out = isinstance(error, httpx.TimeoutException)
        kind = APITimeoutError if timed_out else APIConnectionError
        raise kind(str(error) or _NAMES.get(type(error), type(error).__name__), sent=not isinstance(error, _NEVER_SENT)) from error


_NAMES: Mapping[type[Exception], str] = {
    httpx.ConnectTimeout: "no connection in time",
    httpx.PoolTimeout: "no free connection in time",
    httpx.ReadTimeout: "no answer in time",
    httpx.WriteTimeout: "the request could not be sent in time",
}


@contextmanager
def _told_as_httpx(request: httpx.Request | None = None) -> Generator[None, None, None]:
    """The exceptions of httpcore have namesakes in httpx."""
    try:
        yield
    except Exception as error:
        named = getattr(httpx, type(error).__name__, None) if type(error).__module__.startswith("httpcore") else None
        if named is None:
            raise
        raise named(str(error), request=request) from error


class _Body(httpx.SyncByteStream):
    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        with _told_as_httpx():
            yield from self._stream

    def close(self) -> None:
        self._stream.close()


class _AsyncBody(httpx.AsyncByteStream):
    def __init__(self, stream: Any) -> None:
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        with _told_as_httpx():
            async for piece in self._stream:
                yield piece

    async def aclose(self) -> None:
        await self._stream.aclose()


class Joiner:
    """Takes apart the chunks of an event stream and writes those of one read as a single one. No I/O."""

    __slots__ = ("_head", "_missing", "_rest", "_state")

    HEAD, PASS, CHUNKS = 0, 1, 2

    def __init__(self) -> None:
        self._state: int = self.PASS
        self._head = b""  # of a response, until it is whole
        self._rest: bytes = b""  # a chunk's size line that a read has cut
        self._missing: int = 0  # bytes of a chunk, and of the line end after it, that have not come yet

    def sent(self) -> None:
        """A request went out: what comes next begins with a head."""
        if self._state != self.HEAD:
            self._state, self._head, self._rest, self._missing = self.HEAD, b"", b"", 0

    def feed(self, data: bytes) -> bytes:
        """What h11 is to see of the bytes that came; it may be nothing yet."""
        if self._state == self.CHUNKS:
            return self._join(data)
        if self._state == self.HEAD:
            return self._look(data)
        return data

    def _look(self, data: bytes) -> bytes:
        """Pass a head on while it comes, and see whether chunked events follow it."""
        self._head += data
        while (end := self._head.find(b"\r\n\r\n")) >= 0:
            head, body = self._head[:end], self._head[end + 4 :]
            if _INTERIM.match(head):
                self._head = body
                continue
            self._head = b""
            if not (_EVENTS.search(head) and _CHUNKED.search(head)):
                self._state = self.PASS
                return data
            self._state = self.CHUNKS
            return data[: len(data) - len(body)] + self._join(body)
        if len(self._head) > _LONGEST_HEAD:
            self._state, self._head = self.PASS, b""
        return data

    def _join(self, data: bytes) -> bytes:
        data, at, over = self._rest + data, self._missing, b""
        pieces = [data[: at - 2]] if at > 2 else []
        while (line_end := data.find(b"\r\n", at)) >= 0:
            line = data[at:line_end]
            try:  # `int` alone would take `0x5` and `1_0`
                size = int(line, 16) if line.isalnum() and line[0] != _ZERO else 0
            except ValueError:
                size = 0
            if not size:  # the last chunk, or a size that h11 should look at itself: from here on it has the word
                self._state, over, at = self.PASS, data[at:], len(data)
                break
            end = line_end + 2 + size
            if not at and end + 2 == len(data):  # nothing to join; so it is with most reads while a model writes
                self._rest = b""
                return data
            pieces.append(data[line_end + 2 : end])
            at = end + 2
        self._missing, self._rest = max(0, at - len(data)), data[at:]
        if len(self._rest) > _LONGEST_HEAD:  # a size line without end: h11 has a limit for that
            self._state, over = self.PASS, self._rest
        body = b"".join(pieces)
        return b"%x\r\n%b\r\n%b" % (len(body), body, over) if body else over


class _Stream(httpcore.NetworkStream):
    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream, self._joiner = stream, Joiner()

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        while data := self._stream.read(max_bytes, timeout):
            if joined := self._joiner.feed(data):
                return joined
        return b""

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._joiner.sent()
        self._stream.write(buffer, timeout)

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, timeout))

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class _Backend(httpcore.NetworkBackend):
    def __init__(self) -> None:
        self._backend = httpcore.SyncBackend()

    def connect_tcp(self, *args: Any, **kwargs: Any) -> httpcore.NetworkStream:
        return _Stream(self._backend.connect_tcp(*args, **kwargs))

    def sleep(self, seconds: float) -> None:
        self._backend.sleep(seconds)


class _AsyncStream(httpcore.AsyncNetworkStream):
    def __init__(self, stream: httpcore.AsyncNetworkStream) -> None:
        self._stream, self._joiner = stream, Joiner()

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        while data := await self._stream.read(max_bytes, timeout):
            if joined := self._joiner.feed(data):
                return joined
        return b""

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._joiner.sent()
        await self._stream.write(buffer, timeout)

    async def aclose(self) -> None:
        await self._stream.aclose()

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.AsyncNetworkStream:
        return _AsyncStream(await self._stream.start_tls(ssl_context, server_hostname, timeout))

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class _AsyncBackend(httpcore.AsyncNetworkBackend):
    def __init__(self) -> None:
        self._backend: httpcore.AsyncNetworkBackend = cast("httpcore.AsyncNetworkBackend", httpcore.AnyIOBackend())

    async def connect_tcp(self, *args: Any, **kwargs: Any) -> httpcore.AsyncNetworkStream:
        return _AsyncStream(await self._backend.connect_tcp(*args, **kwargs))

    async def sleep(self, seconds: float) -> None:
        await self._backend.sleep(seconds)

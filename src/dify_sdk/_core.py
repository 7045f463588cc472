"""Where calls become exchanges. The two cores at the end are all the I/O there is."""

from __future__ import annotations

import copy
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Coroutine, Generator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import cached_property, lru_cache
from inspect import isawaitable, iscoroutine
from itertools import count, islice
from logging import INFO
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast
from urllib.parse import quote, urlencode

import anyio
import anyio.lowlevel
import httpx

from ._call import Call, RawResponse
from ._files import AsyncBinary, Binary
from ._links import following, logging_attempts
from ._logging import logger
from ._pages import AsyncPage, AsyncPages, Page
from ._plan import encode_json
from ._steps import Alone, Ask, Pause, Step, Steps, Together
from ._streams import AsyncEventStream, EventStream
from ._transport import USER_AGENT, AsyncPool, Pool, async_http, sync_http, told_as_ours
from .errors import ConfigurationError

if TYPE_CHECKING:
    from typing import Self

    from ._auth import Key
    from ._endpoint import Declaration, flow
    from ._options import Options
    from ._steps import Middleware

R = TypeVar("R")
X = TypeVar("X", bound=BaseException)

_COUNT = count()


class Core(ABC):
    """The part of a client that both twins share."""

    http_kind: ClassVar[type[Any]]
    page: ClassVar[Callable[..., Any]]
    binary: ClassVar[Callable[..., Any]]
    stream: ClassVar[Callable[..., Any]]

    def __init__(self, options: Options, name: str = "", given_http: Any = None, *, raw: bool = False, parent: Core | None = None) -> None:
        self.options = options
        self.name = name
        self.raw = raw
        self.closed = False
        self._owned_elsewhere = given_http
        self._given = _borrowed(given_http, self.http_kind)
        self._root: Core = self if parent is None else parent._root  # owns the connections
        self.spellings: dict[str, int] = {} if parent is None else parent.spellings  # of operations that have several
        self._base = _address(options.url)
        self._headers: dict[Key, httpx.Headers] = {}
        self._lock = threading.Lock()

    def __reduce__(self) -> Any:
        msg = f"{self.name} holds connections and keys and cannot be pickled: make one where it is needed"
        raise TypeError(msg)

    def derived(self, *, raw: bool | None = None, **changes: Any) -> Self:
        """A copy on the same connections."""
        return type(self)(replace(self.options, **changes), self.name, raw=self.raw if raw is None else raw, parent=self)

    def links(self, *, follows: bool) -> list[Middleware]:
        """What surrounds every attempt, the outermost first."""
        renewing = self.options.credentials.link
        links = [*([renewing] if renewing else ()), *self.options.middleware]
        if follows:
            links.append(following)
        if logger.isEnabledFor(INFO):
            links.append(logging_attempts)
        return links

    @property
    def http(self) -> Any:
        """The connection pool, made on first use."""
        root = self._root
        if root.closed:
            msg = f"this {self.name} is closed; make a new one"
            raise ConfigurationError(msg)
        if root._given is None:
            return root._own_http()
        if root._owned_elsewhere.is_closed:
            msg = f"the http_client given to this {self.name} was closed"
            raise ConfigurationError(msg)
        return root._given

    def kept_back(self, call: Call) -> dict[str, Any]:
        """What tells a given client to keep its credentials to itself, where a call may lead anywhere."""
        return {"auth": None} if call.declaration.key == "stranger" and self._root._given is not None else {}

    @abstractmethod
    def _own_http(self) -> Any: ...

    @abstractmethod
    def method(self, declaration: Declaration[..., Any]) -> Callable[..., Any]:
        """The declaration as a callable of this twin."""

    @abstractmethod
    def flow(self, script: flow[..., Any], owner: Any) -> Callable[..., Any]:
        """The script as a callable of this twin."""

    @abstractmethod
    def close(self) -> Any:
        """Close the connections, unless they were given (on the asynchronous twin: await it)."""

    def call(self, declaration: Declaration[..., Any], args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Call:
        """A call, its arguments checked."""
        return self.call_of(declaration, declaration.plan.bind(args, kwargs, lambda: self.called(declaration.id)))

    def call_of(self, declaration: Declaration[..., Any], given: Mapping[str, Any]) -> Call:
        """A call whose arguments fit already."""
        total = self.options.timeout.total
        return Call(self, declaration, given, None if total is None else time.monotonic() + total)

    def called(self, operation: str) -> str:
        """An operation as its caller writes it."""
        return f"{self.name}.{operation.partition('.')[2]}()"

    def request(self, call: Call, opened: ExitStack) -> httpx.Request:
        """The request of a call; nothing is sent."""
        options, declaration = self.options, call.declaration
        parts = declaration.plan.encode(call.given, declaration.constants, options, opened)
        headers = self._base_headers(declaration.key)
        timeout = options.timeout.for_httpx(declaration.route.usual_seconds, streams=declaration.streams)
        body: dict[str, Any] = {}
        raw = parts.raw if parts.json is None else (encode_json(parts.json), "application/json")
        if raw is not None:
            body["content"] = raw[0]
        elif parts.form is not None:
            body["data"] = parts.form
            body["files"] = [(name, (file.name, file.content, file.media_type)) for name, file in parts.files]
        request = httpx.Request(
            declaration.route.verb,
            self.address(parts.path, parts.query),
            headers=headers,
            extensions={"timeout": timeout, "dify": call},
            **body,
        )
        if raw is not None:
            request.headers["Content-Type"] = raw[1]
        for name, value in parts.headers.items():
            request.headers[name] = value
        return request

    def address(self, path: str, query: Sequence[tuple[str, str]] = ()) -> httpx.URL:
        """Where an operation's path is on the server; an address of its own is taken as it is."""
        if "://" in path:
            return _address(path)
        asked = f"?{urlencode(query, quote_via=quote)}" if query else ""
        return _address(f"{self.options.url}{path}{asked}")

    def _base_headers(self, key: Key) -> httpx.Headers:
        if (found := self._headers.get(key)) is None:
            given = self._root._given if key != "stranger" else None
            found = httpx.Headers(given.headers if given is not None else {"Accept-Encoding": "gzip, deflate", "Connection": "keep-alive"})
            found["Accept"] = "*/*"
            if given is None or found.get("user-agent", "").startswith("python-httpx/"):
                found["User-Agent"] = USER_AGENT
            told = () if key == "stranger" else (*self.options.headers.items(), *self.options.credentials.headers(key).items())
            for name, value in told:
                found[name] = value  # one by one: names that differ in case only must not be sent twice
            found.pop("Content-Type", None)  # every body says for itself what it is
            self._headers[key] = found
        return found


@lru_cache(256)
def _address(text: str) -> httpx.URL:
    try:
        return httpx.URL(text)
    except httpx.InvalidURL as error:
        msg = f"the address of the call cannot be written: {error}"
        raise ConfigurationError(msg) from None


def _borrowed(given: Any, kind: type[Any]) -> Any:
    """A given client as we use it: on its connections, but with no part in its cookie jar, and without redirects."""
    if given is None:
        return None
    if not isinstance(given, kind):
        msg = f"http_client is an httpx.{kind.__name__}, not {type(given).__name__}"
        raise ConfigurationError(msg)
    if given.is_closed:
        msg = "http_client is closed already"
        raise ConfigurationError(msg)
    ours = copy.copy(given)
    ours.cookies = httpx.Cookies()
    ours.follow_redirects = False
    return ours


def _dressed(method: Callable[..., Any], told: Declaration[..., Any] | flow[..., Any]) -> Callable[..., Any]:
    """The name, the words and the signature of the declaration, as they are on a bound method."""
    function = told.function
    method.__name__, method.__doc__, method.__module__ = told.name, told.__doc__, function.__module__
    method.__qualname__ = function.__qualname__
    vars(method).update(__signature__=told.signature)
    return method


def reflection(told: Declaration[..., Any] | flow[..., Any]) -> Callable[..., Any]:
    """The signature of a declaration without any client; a call says what is missing."""

    def unbound(*_: Any, **__: Any) -> Any:
        msg = f"{told.id} is called on a client, not on its class"
        raise ConfigurationError(msg)

    return _dressed(unbound, told)


class SyncCore(Core):
    """Performs steps by blocking."""

    http_kind, page, binary, stream = httpx.Client, Page, Binary, EventStream
    _http: httpx.Client | Pool | None = None

    def _own_http(self) -> httpx.Client | Pool:
        if (http := self._http) is None:
            with self._lock:
                if (http := self._http) is None:
                    http = self._http = sync_http(self._base.scheme)
        return http

    def run(self, steps: Steps[R]) -> R:
        """Drive a script to its end."""
        reply, error = None, None
        while True:
            try:
                step = steps.send(reply) if error is None else steps.throw(error)
            except StopIteration as done:
                answer: R = done.value
                return answer
            finally:
                reply = error = None  # an exception kept in a local would keep this frame alive
            try:
                reply = self._perform(step)
            except BaseException as raised:  # the script's `finally` must see an interruption too
                error = raised

    def _perform(self, step: Step) -> Any:
        if isinstance(step, httpx.Request):
            return self._send(step)
        if isinstance(step, Pause):
            return time.sleep(step.seconds)
        if isinstance(step, Ask):
            call = self.call(step.declaration, step.args, step.kwargs)
            if step.declaration.streams:
                return self.stream(call).result()
            return call.parse(step.declaration.adapter, self.run(call.steps()))
        if isinstance(step, Together):
            return self._run_together(step)
        if isinstance(step, Alone):
            with step.turn:
                return self.run(step.script)
        if iscoroutine(step):
            step.close()  # nobody will await it
        msg = "this middleware or callback awaits something: it is for the asynchronous client"
        raise TypeError(msg)

    def _run_together(self, step: Together) -> None:
        """In threads. After an exception nothing new is begun, and what goes on is waited for."""
        from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait

        waiting = iter(step.scripts)
        running: set[Future[Any]] = set()
        with ThreadPoolExecutor(step.limit, "dify_sdk") as threads:
            while True:
                running.update(threads.submit(self.run, script) for script in islice(waiting, step.limit - len(running)))
                if not running:
                    return
                done, running = wait(running, return_when=FIRST_COMPLETED)
                for one in done:
                    if isawaitable(said := step.told(one.result())):
                        self._perform(said)

    def _send(self, request: httpx.Request) -> httpx.Response:
        call: Call = request.extensions["dify"]
        opens, until = call.declaration.opens, call.until
        with told_as_ours():
            if until is None:
                response: httpx.Response = self.http.send(request, stream=opens, **self.kept_back(call))
                if opens and not response.is_success:
                    response.read()
                return response
            _bound(request, until)
            response = self.http.send(request, stream=True, **self.kept_back(call))
            if (not opens or not response.is_success) and not response.is_closed:
                with _closing_on_error(response):
                    body = bytearray()
                    for chunk in response.iter_raw():
                        body += chunk
                        if time.monotonic() > until:
                            raise httpx.ReadTimeout("the time for the whole call is over", request=request)
                    response = httpx.Response(response.status_code, headers=response.headers, content=bytes(body), request=request)
        return response

    def method(self, declaration: Declaration[..., Any]) -> Callable[..., Any]:
        def raw(*args: Any, **kwargs: Any) -> RawResponse[Any]:
            call = self.call(declaration, args, kwargs)
            return RawResponse(call, self.run(call.steps()))

        def stream(*args: Any, **kwargs: Any) -> EventStream[Any, Any]:
            return EventStream(self.call(declaration, args, kwargs))

        def value(*args: Any, **kwargs: Any) -> Any:
            call = self.call(declaration, args, kwargs)
            return call.read(self.run(call.steps()))

        return _dressed(raw if self.raw else stream if declaration.streams else value, declaration)

    def flow(self, script: flow[..., Any], owner: Any) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            return self.run(script.steps(owner, args, kwargs))

        return _dressed(call, script)

    def close(self) -> None:
        root = cast("SyncCore", self._root)
        root.closed = True
        http, root._http = root._http, None
        if http is not None:
            http.close()


class AsyncCore(Core):
    """Performs steps by awaiting."""

    http_kind, page, binary, stream = httpx.AsyncClient, AsyncPage, AsyncBinary, AsyncEventStream

    @cached_property
    def _http(self) -> anyio.lowlevel.RunVar[httpx.AsyncClient | AsyncPool | None]:
        """A pool belongs to the event loop that made it. Older versions of anyio tell such variables apart by their names alone."""
        return anyio.lowlevel.RunVar(f"dify_sdk {next(_COUNT)}", None)

    def _own_http(self) -> httpx.AsyncClient | AsyncPool:
        http = self._http.get()
        if http is None:
            http = async_http(self._base.scheme)
            self._http.set(http)
        return http

    async def run(self, steps: Steps[R]) -> R:
        """Drive a script to its end."""
        reply, error = None, None
        while True:
            try:
                step = steps.send(reply) if error is None else steps.throw(error)
            except StopIteration as done:
                answer: R = done.value
                return answer
            finally:
                reply = error = None  # an exception kept in a local would keep this frame alive
            try:
                reply = await self._perform(step)
            except BaseException as raised:  # the script's `finally` must see a cancellation too
                error = raised

    async def _perform(self, step: Step) -> Any:
        if isinstance(step, httpx.Request):
            return await self._send(step)
        if isinstance(step, Pause):
            return await anyio.sleep(step.seconds)
        if isinstance(step, Ask):
            call = self.call(step.declaration, step.args, step.kwargs)
            if step.declaration.streams:
                return await self.stream(call).result()
            return call.parse(step.declaration.adapter, await self.run(call.steps()))
        if isinstance(step, Together):
            return await self._run_together(step)
        if isinstance(step, Alone):
            async with step.turn:
                return await self.run(step.script)
        return await step

    async def _run_together(self, step: Together) -> None:
        """In tasks of this one. An exception cancels what goes on."""
        waiting = iter(step.scripts)
        failures: list[BaseException] = []
        cancelled = anyio.get_cancelled_exc_class()

        async def work() -> None:
            for script in waiting:
                await anyio.lowlevel.checkpoint()
                try:
                    said = step.told(await self.run(script))
                    if isawaitable(said):
                        await said
                except cancelled:
                    raise
                except BaseException as error:  # the caller gets it as it is, not in a group
                    failures.append(error)
                    tasks.cancel_scope.cancel()
                    return

        async with anyio.create_task_group() as tasks:
            for _ in range(step.limit):
                tasks.start_soon(work)
        if failures:
            raise failures[0]

    async def _send(self, request: httpx.Request) -> httpx.Response:
        call: Call = request.extensions["dify"]
        until = call.until
        with told_as_ours():
            if until is None:
                return await self._exchange(request, call)
            _bound(request, until)
            try:
                with anyio.fail_after(max(0.0, until - time.monotonic())):
                    return await self._exchange(request, call)
            except TimeoutError as error:
                raise httpx.ReadTimeout("the time for the whole call is over", request=request) from error

    async def _exchange(self, request: httpx.Request, call: Call) -> httpx.Response:
        opens = call.declaration.opens
        response: httpx.Response = await self.http.send(request, stream=opens, **self.kept_back(call))
        if opens and not response.is_success:
            await response.aread()
        return response

    def method(self, declaration: Declaration[..., Any]) -> Callable[..., Any]:
        async def raw(*args: Any, **kwargs: Any) -> RawResponse[Any]:
            call = self.call(declaration, args, kwargs)
            return RawResponse(call, await self.run(call.steps()))

        def stream(*args: Any, **kwargs: Any) -> AsyncEventStream[Any, Any]:
            return AsyncEventStream(self.call(declaration, args, kwargs))

        def pages(*args: Any, **kwargs: Any) -> AsyncPages[Any]:
            return AsyncPages(self.call(declaration, args, kwargs))

        async def value(*args: Any, **kwargs: Any) -> Any:
            call = self.call(declaration, args, kwargs)
            return call.read(await self.run(call.steps()))

        kind: Any = raw if self.raw else stream if declaration.streams else pages if declaration.walks else value
        return _dressed(kind, declaration)

    def flow(self, script: flow[..., Any], owner: Any) -> Callable[..., Coroutine[Any, Any, Any]]:
        async def call(*args: Any, **kwargs: Any) -> Any:
            return await self.run(script.steps(owner, args, kwargs))

        return _dressed(call, script)

    async def close(self) -> None:
        root = cast("AsyncCore", self._root)
        root.closed = True
        http = root._http.get()
        if http is not None:
            root._http.set(None)
            await http.aclose()


def _bound(request: httpx.Request, until: float) -> None:
    """No single wait of an attempt may be longer than what is left of the time for the whole call."""
    left = until - time.monotonic()
    if left <= 0:
        raise httpx.PoolTimeout("the time for the whole call is over", request=request)
    waits: Mapping[str, float | None] = request.extensions["timeout"]
    request.extensions["timeout"] = {name: left if wait is None else min(wait, left) for name, wait in waits.items()}


@contextmanager
def _closing_on_error(response: httpx.Response) -> Generator[None, None, None]:
    try:
        yield
    finally:
        response.close()

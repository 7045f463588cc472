"""Event streams: typed events, the result they come to, and the two ways to read them."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Generator, Iterator
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from ._folds import IDS
from ._reading import Reading
from .errors import ConfigurationError, StreamInterruptedError

if TYPE_CHECKING:
    from types import AsyncGeneratorType
    from typing import Self

    import httpx
    from httpx_sse import ServerSentEvent

    from ._call import Call
    from ._core import AsyncCore, SyncCore
    from ._folds import Framing

E = TypeVar("E")
R = TypeVar("R")


class _Stream(Generic[E, R]):
    """What both twins tell about a stream."""

    _reading: Reading[E, R]

    @property
    def partial(self) -> R:
        """The result as far as it has come."""
        return self._reading.fold.result()

    @property
    def response(self) -> httpx.Response | None:
        """The open response, once there is one."""
        return self._reading.response

    @property
    def task_id(self) -> str | None:
        """The running task, which `stop` ends."""
        return self._reading.fold.task_id

    @property
    def message_id(self) -> str | None:
        """The message that is being written."""
        return self._reading.fold.message_id

    @property
    def conversation_id(self) -> str | None:
        """The conversation it belongs to."""
        return self._reading.fold.conversation_id

    @property
    def workflow_run_id(self) -> str | None:
        """The run of the workflow, which can be taken up again."""
        return self._reading.fold.workflow_run_id

    def __repr__(self) -> str:
        ids = ", ".join(f"{name}={found}" for name in IDS if (found := getattr(self, name)))
        return f"<{type(self).__name__} of {self._reading.origin.id}{': ' if ids else ''}{ids}>"

    def _taken_up(self) -> Reading[E, R]:
        """The reading of the same run from here on."""
        call = self._reading.resume_call(continue_on_pause=True)
        if call is None:
            msg = "only runs of workflows and chatflows can be taken up again, and only once they have a workflow_run_id"
            raise ConfigurationError(msg)
        self._reading.fold.done = False
        return Reading(call, self._reading)

    def _stop(self) -> Call:
        call = self._reading.stop_call()
        if call is None:
            msg = "this stream has no task to stop" if self._reading.origin.stop is None else "the task is not known before the first event"
            raise ConfigurationError(msg)
        return call


class EventStream(_Stream[E, R]):
    """Typed events as they come. The request is sent by `with`, by the first event, or by `result`."""

    def __init__(self, call: Call, response: httpx.Response | None = None, *, reading: Reading[E, R] | None = None) -> None:
        self._reading = reading or Reading(call)
        if response is not None:
            self._reading.opened(response)
        self._events = _read(self._reading)

    def __enter__(self) -> Self:
        _open(self._reading)
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __iter__(self) -> Iterator[E]:
        return self._events

    def __next__(self) -> E:
        return next(self._events)

    def text_deltas(self) -> Iterator[str]:
        """The answer's text, piece by piece."""
        for _ in self._events:
            if self._reading.text:
                yield self._reading.text

    def iter_sse(self) -> Iterator[ServerSentEvent]:
        """The events as they stand on the wire, pings too; nothing is validated, and there is no result afterwards."""
        from httpx_sse import ServerSentEvent

        reading, decoder = self._reading, self._reading.decoder()
        last_id = ""
        response = _open(reading)
        try:
            with reading.watched():
                if reading.is_plain:
                    yield ServerSentEvent(data=response.read().decode("utf-8", "replace"))
                    return
                for text in _raw_texts(decoder, response):
                    for record in decoder.records(text, last_id):
                        last_id = record.id
                        yield ServerSentEvent(*record)
        finally:
            response.close()

    def result(self) -> R:
        """Read on to the end; what the blocking call would have answered."""
        for _ in self._events:
            pass
        return self._reading.whole()

    def stop(self) -> None:
        """Ask the server to end the run; the stream then ends by itself."""
        call = self._stop()
        core: SyncCore = call.core
        core.run(call.steps())

    def resume(self) -> EventStream[E, R]:
        """Take the run up again, after an interruption or after the forms of a pause were submitted.

        The stream that comes leaves out what this one has told, and its result is that of the whole run.
        """
        reading = self._taken_up()
        return EventStream(reading.call, reading=reading)

    def close(self) -> None:
        """Hang up. The run goes on at the server; `stop` ends it."""
        self._events.close()
        if self._reading.response is not None:
            self._reading.response.close()


class AsyncEventStream(_Stream[E, R]):
    """Typed events as they come. The request is sent by `async with`, by the first event, or by `result`."""

    def __init__(self, call: Call, response: httpx.Response | None = None, *, reading: Reading[E, R] | None = None) -> None:
        self._reading = reading or Reading(call)
        if response is not None:
            self._reading.opened(response)
        self._events = cast("AsyncGeneratorType[E, None]", _aread(self._reading))

    async def __aenter__(self) -> Self:
        await _aopen(self._reading)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    def __aiter__(self) -> AsyncIterator[E]:
        return self._events

    async def __anext__(self) -> E:
        return await self._events.__anext__()

    async def text_deltas(self) -> AsyncIterator[str]:
        """The answer's text, piece by piece."""
        async for _ in self._events:
            if self._reading.text:
                yield self._reading.text

    async def iter_sse(self) -> AsyncIterator[ServerSentEvent]:
        """The events as they stand on the wire, pings too; nothing is validated, and there is no result afterwards."""
        from httpx_sse import ServerSentEvent

        reading, decoder = self._reading, self._reading.decoder()
        last_id = ""
        response = await _aopen(reading)
        try:
            with reading.watched():
                if reading.is_plain:
                    yield ServerSentEvent(data=(await response.aread()).decode("utf-8", "replace"))
                    return
                async for text in _araw_texts(decoder, response):
                    for record in decoder.records(text, last_id):
                        last_id = record.id
                        yield ServerSentEvent(*record)
        finally:
            await response.aclose()

    async def result(self) -> R:
        """Read on to the end; what the blocking call would have answered."""
        async for _ in self._events:
            pass
        return self._reading.whole()

    async def stop(self) -> None:
        """Ask the server to end the run; the stream then ends by itself."""
        call = self._stop()
        core: AsyncCore = call.core
        await core.run(call.steps())

    def resume(self) -> AsyncEventStream[E, R]:
        """Take the run up again, after an interruption or after the forms of a pause were submitted.

        The stream that comes leaves out what this one has told, and its result is that of the whole run.
        """
        reading = self._taken_up()
        return AsyncEventStream(reading.call, reading=reading)

    async def aclose(self) -> None:
        """Hang up. The run goes on at the server; `stop` ends it."""
        if not self._events.ag_running:  # a task that waits for an event learns it from the lost connection
            await self._events.aclose()
        if self._reading.response is not None:
            await self._reading.response.aclose()


# The readers hold the state, not the stream: no reference cycle, so a stream that is dropped hangs up at once.


def _open(reading: Reading[Any, Any]) -> httpx.Response:
    if reading.response is None:
        core: SyncCore = reading.call.core
        with reading.watched() if reading.replaying else nullcontext():
            reading.opened(core.run(reading.call.steps()))
    return cast("httpx.Response", reading.response)


def _read(reading: Reading[E, Any]) -> Generator[E, None, None]:
    while True:
        response = _open(reading)
        try:
            with reading.watched():
                if reading.is_plain:
                    yield reading.plain(response.read())
                    return
                for chunk in response.iter_raw() if reading.is_bare else response.iter_bytes():
                    yield from reading.take(chunk)
                    if reading.failure is not None or reading.over:
                        break
                else:
                    yield from reading.rest()
            if reading.failure is not None:
                raise reading.failure
            reading.finish()
            return
        except StreamInterruptedError:
            if not reading.reattach():
                raise
        finally:
            response.close()


def _raw_texts(decoder: Framing, response: httpx.Response) -> Iterator[bytes]:
    for chunk in response.iter_bytes():
        yield decoder.feed(chunk)
        if decoder.failure is not None:
            raise decoder.failure
    yield decoder.finish()


async def _aopen(reading: Reading[Any, Any]) -> httpx.Response:
    if reading.response is None:
        core: AsyncCore = reading.call.core
        with reading.watched() if reading.replaying else nullcontext():
            reading.opened(await core.run(reading.call.steps()))
    return cast("httpx.Response", reading.response)


async def _aread(reading: Reading[E, Any]) -> AsyncGenerator[E, None]:
    while True:
        response = await _aopen(reading)
        try:
            with reading.watched():
                if reading.is_plain:
                    yield reading.plain(await response.aread())
                    return
                async for chunk in response.aiter_raw() if reading.is_bare else response.aiter_bytes():
                    for event in reading.take(chunk):
                        yield event
                    if reading.failure is not None or reading.over:
                        break
                else:
                    for event in reading.rest():
                        yield event
            if reading.failure is not None:
                raise reading.failure
            reading.finish()
            return
        except StreamInterruptedError:
            if not reading.reattach():
                raise
        finally:
            await response.aclose()


async def _araw_texts(decoder: Framing, response: httpx.Response) -> AsyncIterator[bytes]:
    async for chunk in response.aiter_bytes():
        yield decoder.feed(chunk)
        if decoder.failure is not None:
            raise decoder.failure
    yield decoder.finish()

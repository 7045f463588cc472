"""Event streams: typed events, the result they come to, and the two ways to read them."""

from __future__ import annotations

import json
import time
from collections.abc import AsyncGenerator, AsyncIterator, Generator, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Final, Generic, TypeVar, Union, cast, get_args, get_origin

from ._refusals import read
from ._sse import Decoder, payloads, records
from .errors import (
    APIConnectionError,
    APIError,
    APIStatusError,
    APITimeoutError,
    ConfigurationError,
    InternalServerError,
    StreamInterruptedError,
    StreamTimeoutError,
    in_stream,
)

if TYPE_CHECKING:
    from types import AsyncGeneratorType
    from typing import Self

    import httpx
    from httpx_sse import ServerSentEvent
    from pydantic import TypeAdapter

    from ._core import AsyncCore, Call, Core, SyncCore
    from ._endpoint import Streamed

E = TypeVar("E")
R = TypeVar("R")
X = TypeVar("X", bound=APIError)

IDS: Final = ("task_id", "message_id", "conversation_id", "workflow_run_id")
_RESUMES: Final = 5  # of one stream
_DONE: Final = b"[DONE]"


class Fold(Generic[E, R]):
    """Reads the events of one run and knows what the blocking call would have answered.

    A subclass names both types, fills in `feed` and `result`, and sets `done` when a last event was seen:
    `class ChatRun(Fold[ChatEvent, ChatReply])`. It does no I/O.
    """

    done = False
    task_id: str | None = None
    message_id: str | None = None
    conversation_id: str | None = None
    workflow_run_id: str | None = None
    resume_query: ClassVar[dict[str, Any]] = {}  # what the operation that follows a run is asked after a cut

    def feed(self, event: E) -> str:
        """Take in an event; answers the text it adds."""
        raise NotImplementedError

    def result(self) -> R:
        """The answer as far as it has come."""
        raise NotImplementedError

    def whole(self, reply: R) -> str:
        """Take in the answer as the blocking call gives it, from a server that did not stream; answers its text."""
        raise NotImplementedError

    def knows(self, event: E) -> bool:  # noqa: ARG002  # a fold that can tell overrides it
        """Whether the event was fed already; asked only after a stream was taken up again."""
        return False

    def note_ids(self, event: Any) -> bool:
        """Keep the ids that an event carries; False once there is nothing left to find."""
        for name in IDS:
            if (value := getattr(event, name, None)) and getattr(self, name) is None:
                setattr(self, name, value)
        return self.workflow_run_id is None


def events_of(fold: type[Fold[Any, Any]]) -> TypeAdapter[Any]:
    """The validator of a fold's known events; picks the class by the tag in `event`."""
    from pydantic import Field, TypeAdapter

    from ._models import UnknownEvent

    bases = [base for one in fold.__mro__ for base in getattr(one, "__orig_bases__", ())]
    firsts = [get_args(base)[0] for base in bases if isinstance(origin := get_origin(base), type) and issubclass(origin, Fold)]
    named = [first for first in firsts if not isinstance(first, TypeVar)]
    if not named:
        msg = f"{fold.__name__} does not name its event type as the first argument of its base"
        raise TypeError(msg)
    events = named[0]
    known = tuple(one for one in get_args(events) or (events,) if one is not UnknownEvent)
    any_of, annotated = cast("Any", Union), cast("Any", Annotated)
    shape: Any = known[0] if len(known) == 1 else annotated[any_of[known], Field(discriminator="event")]
    return TypeAdapter(shape)


class _Reading(Generic[E, R]):
    """The state of one stream, without I/O."""

    def __init__(self, call: Call, before: _Reading[E, R] | None = None) -> None:
        from ._models import UnknownEvent

        self.call: Call = call
        self.origin: Streamed[..., E, R] = before.origin if before else call.declaration
        self.fold: Fold[E, R] = before.fold if before else self.origin.fold()
        self.response: httpx.Response | None = None
        self.text = ""
        self.failure: APIError | None = None
        self.over = False  # the server has said that nothing more comes
        self.replaying = before is not None
        self._validate = self.origin.adapter.validator.validate_json
        self._decoder = Decoder(call.core.options.max_event_bytes)
        self._unknown: Any = UnknownEvent
        self._ids_left = 8
        self._resumes_left = _RESUMES
        self._waiting_since = time.monotonic()
        self._patience: float | None = call.core.options.timeout.event

    def opened(self, response: httpx.Response) -> httpx.Response:
        """The server has answered."""
        self.response = response
        self._waiting_since = time.monotonic()
        return response

    @property
    def is_plain(self) -> bool:
        """Whether the server answered JSON instead of a stream."""
        kind: str = self.response.headers.get("content-type", "") if self.response is not None else ""
        return kind.startswith("application/json")

    @property
    def is_bare(self) -> bool:
        """Whether the body can be read as it comes: it is not encoded, and nobody has read it before."""
        response = self.response
        return response is not None and not response.is_stream_consumed and "content-encoding" not in response.headers

    def take(self, chunk: bytes) -> Iterator[E]:
        """The events that a piece of the body completes. What went wrong after them is left in `failure`."""
        text = self._decoder.feed(chunk)
        if self._patience is not None or self.call.until is not None:
            self._check_time(text)
        return self._events(text)

    def rest(self) -> Iterator[E]:
        """The end of the body: a last event without its blank line still counts, half an event does not."""
        text = self._decoder.finish()
        return self._events(text if all(map(_is_whole, payloads(text))) else b"")

    def finish(self) -> None:
        """The end of the body is only good after the end of the run."""
        if not self.fold.done:
            raise self.interrupted("the stream ended before the run did")

    def plain(self, body: bytes) -> E:
        """A reply that is no stream: a stream of one result."""
        try:
            event: E = self._validate(body)
        except ValueError:
            event = self._other(body)
        self.fold.note_ids(event)
        like = self.origin.like
        reply = self.call.parse(like.adapter, cast("httpx.Response", self.response)) if like else None
        self.text = self.fold.whole(reply) if reply is not None else self.fold.feed(event)
        self.fold.done = True
        return event

    def _check_time(self, text: bytes) -> None:
        now = time.monotonic()
        if b"data" in text:
            self._waiting_since = now
        elif self._patience is not None and now - self._waiting_since > self._patience:
            raise APITimeoutError(f"no event for {self._patience} s")
        if self.call.until is not None and now > self.call.until:
            raise APITimeoutError("the time for the whole call is over")

    def _events(self, text: bytes) -> Iterator[E]:
        validate, feed = self._validate, self.fold.feed
        for payload in payloads(text):
            try:
                event = validate(payload)
            except ValueError:
                if payload.strip() == _DONE:
                    self.over = True
                    return
                event = self._other(payload)
                if self._is_failure(event):
                    self.fold.note_ids(event)
                    self.failure = self._failed(event)
                    return
            if self._ids_left:
                self._ids_left = self._ids_left - 1 if self.fold.note_ids(event) else 0
            if self.replaying and self.fold.knows(event):
                continue
            self.text = feed(event)
            yield event

    def _other(self, payload: bytes) -> E:
        """A new event, or a known one of a new shape."""
        from ._logging import logger

        try:
            event: E = self._unknown.model_validate_json(payload)
        except ValueError:
            event = self._unknown()
        event.raw = payload.decode("utf-8", "replace")  # type: ignore[attr-defined]  # it is an UnknownEvent
        logger.info("%s: an event that this version does not know", self.origin.id)
        return event

    @staticmethod
    def _is_failure(event: Any) -> bool:
        extra: dict[str, Any] = event.model_extra or {}
        return bool(event.event == "error" or (not event.event and extra.get("error")))

    def _failed(self, event: Any) -> APIError:
        extra: dict[str, Any] = event.model_extra or {}
        body: dict[str, Any] = {"event": event.event, **extra}
        told = read({name: value for name, value in body.items() if name != "event"})
        status = body.get("status")
        if not isinstance(status, int):
            known = APIStatusError.by_code.get(told.code)
            status = known.status if known else 500
        by_status = APIStatusError.by_status.get(status, InternalServerError if status >= 500 else APIStatusError)
        narrower = APIStatusError.by_code.get(told.code, by_status)
        kind = in_stream(narrower if issubclass(narrower, by_status) else by_status)
        headers: Mapping[str, str] = self.response.headers if self.response is not None else {}
        error = kind(
            told.message,
            status_code=status,
            code=told.code,
            params=told.params,
            body=body,
            headers=headers,
            request_id=headers.get("x-request-id") or told.request_id,
        )
        return self._with_what_came(error)

    def interrupted(self, why: str) -> StreamInterruptedError:
        """The error for a stream that ended too early."""
        return self._with_what_came(StreamInterruptedError(why))

    def _with_what_came(self, error: X) -> X:
        error.partial = self.fold.result()
        for name in IDS:
            setattr(error, name, getattr(self.fold, name))
        return self.call.noted(error)

    @contextmanager
    def watched(self) -> Generator[None, None, None]:
        """A lost connection becomes an interruption that carries what had come."""
        from ._core import told_as_ours

        try:
            with told_as_ours():
                yield
        except APIConnectionError as error:
            if self.fold.done:  # nothing that counts was lost
                return
            kind = StreamTimeoutError if isinstance(error, APITimeoutError) else StreamInterruptedError
            raise self._with_what_came(kind(str(error))) from error.__cause__
        except APIError as error:
            self._with_what_came(error)
            raise

    def whole(self) -> R:
        """The result of a stream that was read to its end."""
        if self.failure is not None:
            raise self.failure
        self.finish()
        return self.fold.result()

    def reattach(self) -> bool:
        """After an interruption: go on with the run by the operation that follows it. False if there is no way."""
        late = self.call.until is not None and time.monotonic() > self.call.until
        if not self.call.core.options.resume or not self._resumes_left or late or (call := self.resume_call()) is None:
            return False
        self._resumes_left -= 1
        self.call, self.response = replace(call, until=self.call.until), None
        self._decoder = Decoder(call.core.options.max_event_bytes)
        self.replaying = True
        return True

    def resume_call(self, **query: Any) -> Call | None:
        """The call that follows the run."""
        origin = self.origin
        resume = origin.resume or (origin if "workflow_run_id" in origin.plan.converters else None)
        if resume is None or self.fold.workflow_run_id is None:
            return None
        return self._related(resume, self.fold.workflow_run_id, **{**self.fold.resume_query, **query})

    def stop_call(self) -> Call | None:
        """The call that ends the run on the server."""
        stop = self.origin.stop
        return None if stop is None or self.fold.task_id is None else self._related(stop, self.fold.task_id)

    def _related(self, declaration: Any, identity: str, **more: Any) -> Call:
        """A call about the same run, for the same user and on the same path."""
        plan, given = declaration.plan, self.call.given
        same = {name: given[name] for name in plan.arguments if name in given and (name == "user" or name in plan.converters)}
        about = next(name for name in plan.converters if name in {"task_id", "workflow_run_id"})
        core: Core = self.call.core
        return core.call_of(declaration, {**same, about: identity, **more})


def _is_whole(payload: bytes) -> bool:
    try:
        json.loads(payload)
    except (ValueError, RecursionError):
        return payload.strip() == _DONE
    return True


class _Stream(Generic[E, R]):
    """What both twins tell about a stream."""

    _reading: _Reading[E, R]

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

    def _taken_up(self) -> _Reading[E, R]:
        """The reading of the same run from here on."""
        call = self._reading.resume_call(continue_on_pause=True)
        if call is None:
            msg = "only runs of workflows and chatflows can be taken up again, and only once they have a workflow_run_id"
            raise ConfigurationError(msg)
        self._reading.fold.done = False
        return _Reading(call, self._reading)

    def _stop(self) -> Call:
        call = self._reading.stop_call()
        if call is None:
            msg = "this stream has no task to stop" if self._reading.origin.stop is None else "the task is not known before the first event"
            raise ConfigurationError(msg)
        return call


class EventStream(_Stream[E, R]):
    """Typed events as they come. The request is sent by `with`, by the first event, or by `result`."""

    def __init__(self, call: Call, response: httpx.Response | None = None, *, reading: _Reading[E, R] | None = None) -> None:
        self._reading = reading or _Reading(call)
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

        reading = self._reading
        last_id = ""
        response = _open(reading)
        try:
            with reading.watched():
                if reading.is_plain:
                    yield ServerSentEvent(data=response.read().decode("utf-8", "replace"))
                    return
                for text in _raw_texts(reading, response):
                    for record in records(text, last_id):
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

    def __init__(self, call: Call, response: httpx.Response | None = None, *, reading: _Reading[E, R] | None = None) -> None:
        self._reading = reading or _Reading(call)
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

        reading = self._reading
        last_id = ""
        response = await _aopen(reading)
        try:
            with reading.watched():
                if reading.is_plain:
                    yield ServerSentEvent(data=(await response.aread()).decode("utf-8", "replace"))
                    return
                async for text in _araw_texts(reading, response):
                    for record in records(text, last_id):
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


def _open(reading: _Reading[Any, Any]) -> httpx.Response:
    if reading.response is None:
        core: SyncCore = reading.call.core
        with reading.watched() if reading.replaying else nullcontext():
            reading.opened(core.run(reading.call.steps()))
    return cast("httpx.Response", reading.response)


def _read(reading: _Reading[E, Any]) -> Generator[E, None, None]:
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


def _raw_texts(reading: _Reading[Any, Any], response: httpx.Response) -> Iterator[bytes]:
    decoder = Decoder(reading.call.core.options.max_event_bytes)
    for chunk in response.iter_bytes():
        yield decoder.feed(chunk)
    yield decoder.finish()


async def _aopen(reading: _Reading[Any, Any]) -> httpx.Response:
    if reading.response is None:
        core: AsyncCore = reading.call.core
        with reading.watched() if reading.replaying else nullcontext():
            reading.opened(await core.run(reading.call.steps()))
    return cast("httpx.Response", reading.response)


async def _aread(reading: _Reading[E, Any]) -> AsyncGenerator[E, None]:
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


async def _araw_texts(reading: _Reading[Any, Any], response: httpx.Response) -> AsyncIterator[bytes]:
    decoder = Decoder(reading.call.core.options.max_event_bytes)
    async for chunk in response.aiter_bytes():
        yield decoder.feed(chunk)
    yield decoder.finish()

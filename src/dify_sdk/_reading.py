"""The reading of one stream, without I/O: bytes to events, what went wrong with them, and how to go on."""

from __future__ import annotations

import json
import time
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar, cast

from ._envelopes import unwrapped, unwrapped_event
from ._folds import IDS, Fold, Framing
from ._refusals import kind_of, read
from .errors import (
    APIConnectionError,
    APIError,
    APIStatusError,
    APITimeoutError,
    StreamInterruptedError,
    StreamTimeoutError,
    in_stream,
)

if TYPE_CHECKING:
    import httpx

    from ._call import Call
    from ._core import Core
    from ._endpoint import Streamed

E = TypeVar("E")
R = TypeVar("R")
X = TypeVar("X", bound=APIError)

_RESUMES: Final = 5  # of one stream
_DONE: Final = b"[DONE]"


class Reading(Generic[E, R]):
    """The state of one stream, without I/O."""

    def __init__(self, call: Call, before: Reading[E, R] | None = None) -> None:
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
        self._decoder = self.decoder()
        self._unknown: Any = UnknownEvent
        self._ids_left = 8
        self._resumes_left = _RESUMES
        self._waiting_since = time.monotonic()
        self._patience: float | None = call.core.options.timeout.event

    def decoder(self) -> Framing:
        """What tells the events of this stream apart."""
        return self.fold.decoder(self.call.core.options.max_event_bytes)

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
        if not all(map(_is_whole, self._decoder.payloads(text))):
            return iter(())
        self.fold.done = self.fold.done or self.fold.open_ended
        return self._events(text)

    def finish(self) -> None:
        """The end of the body is only good after the end of the run."""
        if not self.fold.done:
            raise self.interrupted("the stream ended before the run did")

    def plain(self, body: bytes) -> E:
        """A reply that is no stream: a stream of one result."""
        body = self.fold.opened(unwrapped(body))
        try:
            event: E = self._validate(body)
        except ValueError:
            event = self._other(body)
            if self.fold.open_ended and self._is_failure(event):
                raise self._failed(event) from None
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
        for came in self._decoder.payloads(text):
            payload = self.fold.opened(unwrapped_event(came))
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
        if self._decoder.failure is not None:
            raise self._decoder.failure

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
        headers: Mapping[str, str] = self.response.headers if self.response is not None else {}
        error = in_stream(kind_of(status, told.code))(
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
        from ._transport import told_as_ours

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
        self._decoder = self.decoder()
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

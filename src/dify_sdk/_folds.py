"""Folds: what the events of a run come to."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Final, Generic, Protocol, TypeVar, Union, cast, get_args, get_origin

from ._sse import Decoder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import TypeAdapter

    from ._sse import Record
    from .errors import APIError

E = TypeVar("E")
R = TypeVar("R")

IDS: Final = ("task_id", "message_id", "conversation_id", "workflow_run_id")


class Framing(Protocol):
    """How events are told apart on the wire. `failure` is what is wrong behind the bytes that were given back."""

    failure: APIError | None

    def __init__(self, limit: int) -> None: ...
    def feed(self, chunk: bytes) -> bytes: ...
    def finish(self) -> bytes: ...
    def payloads(self, text: bytes) -> list[bytes]: ...
    def records(self, text: bytes, last_id: str = "") -> Iterator[Record]: ...


class Fold(ABC, Generic[E, R]):
    """Reads the events of one run and knows what the blocking call would have answered.

    A subclass names both types, fills in `feed` and `result`, and sets `done` when a last event was seen:
    `class ChatRun(Fold[ChatEvent, ChatReply])`. It does no I/O.
    """

    decoder: ClassVar[type[Framing]] = Decoder
    open_ended: ClassVar[bool] = False  # no event says that it is the last: the end of the body does
    done = False
    task_id: str | None = None
    message_id: str | None = None
    conversation_id: str | None = None
    workflow_run_id: str | None = None
    resume_query: ClassVar[dict[str, Any]] = {}  # what the operation that follows a run is asked after a cut

    def opened(self, payload: bytes) -> bytes:
        """An event without what it is wrapped in; a failure as an `error` event, or with its reason in `error`."""
        return payload

    @abstractmethod
    def feed(self, event: E) -> str:
        """Take in an event; answers the text it adds."""

    @abstractmethod
    def result(self) -> R:
        """The answer as far as it has come."""

    @abstractmethod
    def whole(self, reply: R) -> str:
        """Take in the answer as the blocking call gives it, from a server that did not stream; answers its text."""

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

"""Scripts: whatever talks to the outside is a generator of steps, written once and driven by both twins.

A step is a request (answered with its response), a pause (answered with None), a question to another operation
(answered with its result), several scripts side by side, or a script that nobody else may drive meanwhile (answered with
its result); on the asynchronous twin also anything awaitable. Middleware, retries, flows and the
endpoints themselves are scripts; the only code that differs between the twins is the loop that performs a step.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Generator, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ParamSpec, TypeAlias, TypeVar

if TYPE_CHECKING:
    import httpx

    from ._endpoint import Declaration, Streamed
    from ._turns import Turn

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True)
class Pause:
    """Wait: by blocking or by awaiting, whichever fits."""

    seconds: float


@dataclass(frozen=True)
class Ask:
    """Call another operation."""

    declaration: Declaration[..., Any]
    args: tuple[Any, ...] = field(repr=False)
    kwargs: dict[str, Any] = field(repr=False)


@dataclass(frozen=True)
class Together:
    """Drive several scripts side by side, at most `limit` at a time.

    `told` hears of each result as it comes, always from where the flow itself is driven. The first exception ends them all.
    """

    scripts: Iterable[Steps[Any]]
    limit: int
    told: Callable[[Any], Any]


@dataclass(frozen=True)
class Alone:
    """Drive a script in a turn of its own: who comes meanwhile waits."""

    turn: Turn
    script: Steps[Any]


Step: TypeAlias = "httpx.Request | Pause | Ask | Together | Alone | Awaitable[Any]"
if TYPE_CHECKING:
    Steps: TypeAlias = Generator[Step, Any, R]
else:
    Steps = Generator[Any, Any, R]  # signatures are resolved at run time, where a step is not a type
Middleware: TypeAlias = "Callable[[httpx.Request], Generator[httpx.Request | Pause | Awaitable[Any], Any, httpx.Response]]"


def ask(declaration: Declaration[P, R], *args: P.args, **kwargs: P.kwargs) -> Steps[R]:
    """Call another operation in a flow, by `yield from`."""
    answer: R = yield Ask(declaration, args, kwargs)
    return answer


def finished(declaration: Streamed[P, Any, R], *args: P.args, **kwargs: P.kwargs) -> Steps[R]:
    """Call a streaming operation in a flow, by `yield from`, and read its stream to the end."""
    answer: R = yield Ask(declaration, args, kwargs)
    return answer


def together(scripts: Iterable[Steps[R]], limit: int, told: Callable[[R], Any]) -> Steps[None]:
    """Drive several scripts side by side in a flow, by `yield from`."""
    yield Together(scripts, limit, told)


def alone(turn: Turn, script: Steps[R]) -> Steps[R]:
    """Drive a script while nobody else has the turn, by `yield from`."""
    answer: R = yield Alone(turn, script)
    return answer


def pause(seconds: float) -> Steps[None]:
    """Wait in a flow, by `yield from`."""
    yield Pause(seconds)


def through(links: Sequence[Middleware], request: httpx.Request) -> Steps[httpx.Response]:
    """Send the request through the links, the first one outermost."""
    if not links:
        response: httpx.Response = yield request
        return response
    import httpx

    script, reply, error = links[0](request), None, None
    while True:
        try:
            step = script.send(reply) if error is None else script.throw(error)
        except StopIteration as done:
            if not isinstance(done.value, httpx.Response):
                msg = f"the middleware {links[0]} answered {done.value!r}: it must return a response"
                raise TypeError(msg) from None
            return done.value
        finally:
            reply = error = None
        try:
            reply = (yield from through(links[1:], step)) if isinstance(step, httpx.Request) else (yield step)
        except BaseException as raised:  # also a cancellation: the link's `finally` must see it
            error = raised

"""One story for both twins: the asynchronous client behind the face of the blocking one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from inspect import iscoroutine
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar, cast

from anyio.from_thread import BlockingPortal, start_blocking_portal

from dify_sdk._call import RawResponse
from dify_sdk._endpoint import Resource
from dify_sdk._files import AsyncBinary
from dify_sdk._pages import AsyncPage, AsyncPages
from dify_sdk._streams import AsyncEventStream

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from typing import Self

C = TypeVar("C")


class Bridge:
    """An event loop in a thread, and asynchronous things as blocking ones."""

    def __init__(self, backend: str = "asyncio") -> None:
        self._starting: AbstractContextManager[BlockingPortal] = start_blocking_portal(backend)
        self._portal = self._starting.__enter__()

    def close(self) -> None:
        """End the loop."""
        self._starting.__exit__(None, None, None)

    def blocking(self, client: Any, like: type[C]) -> C:  # noqa: ARG002  # it names the type
        """An asynchronous client that answers as its blocking twin does."""
        return cast("C", _Facade(client, self))

    def run(self, function: Callable[..., Any], *args: Any) -> Any:
        """Call on the loop and wait; what comes is turned into its blocking face."""

        async def waited() -> Any:
            answer = function(*args)
            if isinstance(answer, AsyncPages):
                return await cast("AsyncPages[Any]", answer)
            return await answer if iscoroutine(answer) else answer

        return self.faced(self._portal.call(waited))

    def faced(self, value: Any) -> Any:
        """A value as the blocking twin would give it."""
        if isinstance(value, (AsyncBinary, AsyncEventStream, AsyncPage, RawResponse, Resource)):
            return _Facade(cast("Any", value), self)
        if hasattr(value, "__aiter__"):
            return self._walked(value)
        return value

    def _walked(self, source: Any) -> Iterator[Any]:
        iterator = source.__aiter__()
        try:
            while True:
                try:
                    item = self._portal.call(iterator.__anext__)
                except StopAsyncIteration:
                    return
                yield self.faced(item)
        finally:
            if hasattr(iterator, "aclose"):
                self._portal.call(iterator.aclose)


class _Facade:
    """Attributes and calls of an asynchronous object, waited for."""

    def __init__(self, target: Any, bridge: Bridge) -> None:
        self._target, self._bridge = target, bridge

    def __repr__(self) -> str:
        return repr(self._target)

    def __getattr__(self, name: str) -> Any:
        name = "aclose" if name == "close" else name
        found = getattr(self._target, name)
        if not callable(found):
            return self._bridge.faced(found)

        def call(*args: Any, **kwargs: Any) -> Any:
            return self._bridge.run(lambda: found(*args, **kwargs))

        return call

    def __iter__(self) -> Iterator[Any]:
        faced: Iterator[Any] = self._bridge._walked(self._target)
        return faced

    def __next__(self) -> Any:
        try:
            return self._bridge.run(self._target.__anext__)
        except StopAsyncIteration:
            raise StopIteration from None

    def __enter__(self) -> Self:
        self._bridge.run(self._target.__aenter__)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._bridge.run(self._target.__aexit__, kind, error, trace)

"""One at a time, whoever they are."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Final

import anyio

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

_SECONDS: Final = 0.005


class Turn:
    """A lock that threads, tasks and event loops share: `with` waits by blocking, `async with` by awaiting."""

    def __init__(self) -> None:
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        self._lock.acquire()
        return self

    async def __aenter__(self) -> Self:
        while not self._lock.acquire(blocking=False):  # noqa: ASYNC110  # an event cannot be set from another thread or loop
            await anyio.sleep(_SECONDS)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._lock.release()

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._lock.release()

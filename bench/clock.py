"""How a variant is timed, in its own process: CPU seconds of a unit, the median of a few runs after a first one."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from statistics import median

_RUNS = 3


def cpu(once: Callable[[], object], units: int) -> float:
    """For something that blocks."""
    once()  # connects, and builds what is built on first use
    taken: list[float] = []
    for _ in range(_RUNS):
        begin = time.process_time()
        once()
        taken.append(time.process_time() - begin)
    return median(taken) / units


async def async_cpu(once: Callable[[], Awaitable[object]], units: int) -> float:
    """For something that is awaited."""
    await once()
    taken: list[float] = []
    for _ in range(_RUNS):
        begin = time.process_time()
        await once()
        taken.append(time.process_time() - begin)
    return median(taken) / units

"""How often somebody may ask."""

from __future__ import annotations

from .clock import Clock


class Limits:
    """When each thing was lately asked for."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._calls: dict[str, list[float]] = {}

    def admits(self, what: str, most: int, seconds: float) -> bool:
        """Whether one more call is within so many in so many seconds; it counts, even if it is not."""
        now = self._clock.now()
        calls = self._calls.setdefault(what, [])
        calls[:] = [*(one for one in calls if one > now - seconds), now]
        return len(calls) <= most

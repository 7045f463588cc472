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
        self.note(what)
        return self.lately(what, seconds) <= most

    def note(self, what: str) -> None:
        """Count a call."""
        self._calls.setdefault(what, []).append(self._clock.now())

    def lately(self, what: str, seconds: float) -> int:
        """How many there were in the last seconds."""
        calls = self._calls.setdefault(what, [])
        calls[:] = [one for one in calls if one > self._clock.now() - seconds]
        return len(calls)

    def forget(self, what: str) -> None:
        """Begin to count anew."""
        self._calls.pop(what, None)

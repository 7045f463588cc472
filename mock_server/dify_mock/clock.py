"""Time in the mock: it stands still unless something takes time or a test moves it."""

from __future__ import annotations

import datetime
from typing import Final

_BEGIN: Final = datetime.datetime(2026, 1, 5, 9, tzinfo=datetime.UTC).timestamp()


class Clock:
    """A clock that every world has for itself.

    What takes time in the simulated platform moves it on by that time. `pace` says how much of it is really waited:
    1 is as on a real server, 0 does not wait at all.
    """

    def __init__(self, pace: float = 1.0) -> None:
        self.pace = pace
        self._now = _BEGIN

    def now(self) -> float:
        """Seconds since the epoch."""
        return self._now

    def seconds(self) -> int:
        """Whole seconds since the epoch, as most of the wire has them."""
        return int(self._now)

    def iso(self, at: float | None = None) -> str:
        """A time as ISO 8601 without a zone, in UTC, as a few replies have it; this one where none is given."""
        return datetime.datetime.fromtimestamp(self._now if at is None else at, datetime.UTC).replace(tzinfo=None).isoformat()

    def zoned(self, at: float | None = None) -> str:
        """A time as ISO 8601 in UTC, and says so; this one where none is given."""
        return datetime.datetime.fromtimestamp(self._now if at is None else at, datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def advance(self, seconds: float) -> None:
        """Move on."""
        if seconds < 0:
            raise ValueError(f"time does not run backwards: {seconds}")
        self._now += seconds

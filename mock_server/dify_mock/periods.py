"""Stretches of time, as the console asks for them: minutes in the time zone of whoever asks."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from .refusals import bad_request

_FORM = "%Y-%m-%d %H:%M"
_MINUTE = 60


@dataclass(frozen=True)
class Period:
    """From a moment on, and before another one, in seconds since 1970; open where it is None."""

    start: float | None
    end: float | None

    def __contains__(self, moment: float) -> bool:
        return (self.start is None or self.start <= moment) and (self.end is None or moment < self.end)

    def with_last_minute(self) -> Period:
        """The period and the minute that it ends before."""
        return self if self.end is None else replace(self, end=self.end + _MINUTE)


def period(start: str | None, end: str | None, timezone: str) -> Period:
    """What the console names by two minutes."""
    zone = ZoneInfo(timezone)
    found = Period(_moment(start, "start", zone), _moment(end, "end", zone))
    if found.start is not None and found.end is not None and found.start > found.end:
        raise bad_request("start must be earlier than or equal to end")
    return found


def _moment(text: str | None, which: str, zone: ZoneInfo) -> float | None:
    """A time that a clock shows twice, or never, is the later of the two that it may be."""
    if not text:
        return None
    try:
        shown = datetime.datetime.strptime(text, _FORM).replace(tzinfo=zone)
    except ValueError as error:
        raise bad_request(f"Invalid {which} time format: {error}") from None
    return max(shown.replace(fold=fold).timestamp() for fold in (0, 1))

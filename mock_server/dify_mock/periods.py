"""Stretches of time, as the console asks for them: minutes in the time zone of whoever asks."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from .refusals import bad_request

_FORM = "%Y-%m-%d %H:%M"


@dataclass(frozen=True)
class Period:
    """From a minute to another one, in seconds since 1970; open where it is None."""

    start: float | None
    end: float | None

    def __contains__(self, moment: float) -> bool:
        """Whether a moment is in it; the last minute is."""
        return (self.start is None or self.start <= moment) and (self.end is None or moment < self.end + 60)


def period(start: str | None, end: str | None, timezone: str) -> Period:
    """What the console names by its first and its last minute."""
    found = Period(_moment(start, "start", timezone), _moment(end, "end", timezone))
    if found.start is not None and found.end is not None and found.start > found.end:
        raise bad_request("start must be earlier than or equal to end")
    return found


def _moment(text: str | None, which: str, timezone: str) -> float | None:
    if not text:
        return None
    try:
        told = datetime.datetime.strptime(text, _FORM)  # noqa: DTZ007  # the time zone is the account's
    except ValueError as error:
        raise bad_request(f"Invalid {which} time format: {error}") from None
    return max(told.replace(tzinfo=ZoneInfo(timezone), fold=fold).timestamp() for fold in (0, 1))

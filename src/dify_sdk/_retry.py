"""What is sent again, and when.

Repeating a run costs money and says things twice, so an operation that is not repeatable is sent again only when the
server cannot have begun it: no connection was made, or the server said so itself.
"""

from __future__ import annotations

import datetime
import email.utils
import re
import time
from collections.abc import Generator, Mapping
from typing import TYPE_CHECKING, Any, Final

from ._steps import Pause
from .errors import APIConnectionError

if TYPE_CHECKING:
    import httpx
    from tenacity import RetryCallState

    from ._steps import Middleware

LONGEST: Final = 60.0
_TRANSIENT: Final = frozenset({408, 429, 502, 503, 504})
_LOCKED: Final = re.compile(r"quota|_error$|_limit$|_exceeded$")  # codes of a 429 that no short wait cures
_FIRST_WAIT: Final = 0.5
_LONGEST_WAIT: Final = 8.0


def retrying(retries: int, *, repeatable: bool, relayed: bool = False, until: float | None = None) -> Middleware:
    """The outermost link.

    `relayed` says that an answer, also a refusal, may be that of somebody behind the server, who has begun. Tenacity says how long to wait, the twin's driver does the waiting. `until` is the moment (`time.monotonic`) after
    which nothing is begun any more.
    """

    def link(request: httpx.Request) -> Generator[httpx.Request | Pause, Any, httpx.Response]:
        books: RetryCallState | None = None  # opened after a first failure: a good call has no time for tenacity
        perhaps_done = False
        for left in range(retries, -1, -1):
            request.extensions["dify_attempt"] = retries - left + 1
            try:
                response: httpx.Response = yield request
            except APIConnectionError as error:
                if not left or (error.sent and not repeatable):
                    raise
                told: float | None = None
                outcome: httpx.Response | APIConnectionError = error
                perhaps_done = perhaps_done or error.sent
            else:
                if perhaps_done and response.status_code == 404 and request.method == "DELETE":
                    return _gone(response)
                if not left or relayed or not _again(response, repeatable=repeatable):
                    return response
                told, outcome = retry_after(response.headers), response
                perhaps_done = perhaps_done or response.status_code >= 500
            books = books or _books()
            wait = min(told, LONGEST) if told is not None else _backoff(books)
            if until is not None and time.monotonic() + wait > until:
                if isinstance(outcome, APIConnectionError):
                    raise outcome
                return outcome
            yield Pause(wait)
            books.prepare_for_next_attempt()
        raise AssertionError("the last attempt answers or raises")

    return link


def _again(response: httpx.Response, *, repeatable: bool) -> bool:
    """Whether a refusal is one that waiting cures. Lockouts and quotas are not."""
    status = response.status_code
    if status not in _TRANSIENT:
        return False
    if status == 429:
        code = _code(response)
        return code == "too_many_requests" or (repeatable and not _LOCKED.search(code))
    return repeatable or (status == 503 and retry_after(response.headers) is not None)


def _code(response: httpx.Response) -> str:
    from ._refusals import decoded, read, word_of

    return word_of(read(decoded(response.content)).code)


def _gone(response: httpx.Response) -> httpx.Response:
    """A deletion whose earlier attempt had an unknown end has succeeded when there is nothing left to delete."""
    import httpx

    return httpx.Response(204, headers={"x-version": response.headers.get("x-version", "")}, request=response.request)


def _books() -> RetryCallState:
    from tenacity import RetryCallState, Retrying

    return RetryCallState(Retrying(), None, (), {})


def _backoff(books: RetryCallState) -> float:
    from tenacity import wait_random_exponential

    return wait_random_exponential(multiplier=_FIRST_WAIT, max=_LONGEST_WAIT)(books)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds to wait, from `retry-after-ms` or from either form of `retry-after`."""
    for name, unit in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        written = headers.get(name)
        if written is None:
            continue
        try:
            seconds = float(written) * unit
        except ValueError:
            continue
        if 0 <= seconds < float("inf"):
            return seconds
    try:
        moment = email.utils.parsedate_to_datetime(headers.get("retry-after") or "")
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=datetime.UTC)
    return max(0.0, (moment - datetime.datetime.now(datetime.UTC)).total_seconds())

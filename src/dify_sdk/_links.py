"""Links that surround every attempt: redirects within the origin, and a line in the log."""

from __future__ import annotations

import time
from collections.abc import Generator
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urljoin

from ._logging import logger

if TYPE_CHECKING:
    import httpx

_MOST_REDIRECTS: Final = 5


def following(request: httpx.Request) -> Generator[httpx.Request, Any, httpx.Response]:
    """Follow a 307 or 308 of a GET as long as it stays on its origin: credentials go nowhere else."""
    response: httpx.Response = yield request
    for _ in range(_MOST_REDIRECTS):
        if response.status_code not in {307, 308} or request.method != "GET":
            break
        if (url := _within(request.url, response.headers.get("location", ""))) is None:
            break
        request = type(request)(request.method, url, headers=request.headers, extensions=request.extensions)
        response = yield request
    return response


def logging_attempts(request: httpx.Request) -> Generator[httpx.Request, Any, httpx.Response]:
    """One line for each attempt; it names the operation, never what travelled."""
    begin = time.perf_counter()
    declaration = request.extensions["dify"].declaration
    what = (declaration.id, declaration.route.verb, declaration.route.path, request.extensions.get("dify_attempt", 1))
    try:
        response: httpx.Response = yield request
    except Exception as error:
        logger.info("%s %s %s attempt %d: %s after %.3f s", *what, type(error).__name__, time.perf_counter() - begin)
        raise
    logger.info("%s %s %s attempt %d: %d after %.3f s", *what, response.status_code, time.perf_counter() - begin)
    return response


def _within(here: httpx.URL, location: str) -> httpx.URL | None:
    """Where a redirect leads, if it names an address and stays on its origin."""
    import httpx

    try:
        there = httpx.URL(urljoin(str(here), location))
    except (ValueError, httpx.InvalidURL):
        return None
    return there if location and _origin(there) == _origin(here) else None


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port

"""Operations that servers know under several spellings: the modern one first, the older ones where a server says there is no such route."""

from __future__ import annotations

import re
from collections.abc import Generator, MutableMapping
from typing import TYPE_CHECKING, Any, Final

from ._refusals import decoded, read

if TYPE_CHECKING:
    import httpx

    from ._call import Call
    from ._steps import Middleware

_OF_THE_HANDLER: Final = re.compile(r"(?!The requested)\w+( \w+)? (not found|Not Exists)", re.IGNORECASE)


def respelling(call: Call, known: MutableMapping[str, int]) -> Middleware:
    """The link that finds the spelling a server knows. `known` remembers it by operation, for all calls of the client."""
    operation = call.declaration.id
    aliases = call.declaration.route.aliases

    def link(request: httpx.Request) -> Generator[httpx.Request, Any, httpx.Response]:
        spelling = known.get(operation)
        if spelling is not None:
            response: httpx.Response = yield _spelled(call, request, spelling)
            return response
        first: httpx.Response = yield request
        if not _no_such_route(first):
            if first.status_code < 400:
                known[operation] = 0
            return first
        for spelling in range(1, len(aliases) + 1):
            response = yield _spelled(call, request, spelling)
            if not _no_such_route(response):
                known[operation] = spelling
                return response
        return first

    return link


def _spelled(call: Call, request: httpx.Request, spelling: int) -> httpx.Request:
    """The request under one of the operation's spellings; 0 is the modern one."""
    if spelling == 0:
        return request
    import httpx

    declaration = call.declaration
    verb, path = declaration.route.spellings[spelling]
    url = call.core.address(declaration.plan.path_of(path, call.given))
    again = httpx.Request(verb, url, headers=request.headers, stream=request.stream, extensions=request.extensions)
    if isinstance(request.stream, httpx.ByteStream):
        again.read()  # as the first one was: middleware may look at it
    return again


def _no_such_route(response: httpx.Response) -> bool:
    """Whether the server has no such route, as opposed to a handler that finds nothing."""
    if response.status_code == 405:
        return True
    return response.status_code == 404 and not _OF_THE_HANDLER.match(read(decoded(response.content)).message)

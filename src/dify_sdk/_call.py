"""One call: everything between its arguments and a good response, as a script that either twin drives."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from ._aliases import respelling
from ._envelopes import unwrapped
from ._folds import IDS
from ._refusals import decoded, error_from
from ._retry import retrying
from ._steps import Steps, through
from .errors import APIStatusError, DifyError, ResponseValidationError

if TYPE_CHECKING:
    import httpx
    from pydantic import TypeAdapter

    from ._core import Core
    from ._endpoint import Route

R = TypeVar("R")
X = TypeVar("X", bound=BaseException)


@dataclass(frozen=True)
class Call:
    """One call of an operation, twin and arguments bound."""

    core: Any
    declaration: Any
    given: Mapping[str, Any] = field(repr=False)
    until: float | None = None  # the moment (`time.monotonic`) at which the time for the whole call is over

    def with_given(self, **changes: Any) -> Call:
        """The same operation again, as a call of its own."""
        core: Core = self.core
        return core.call_of(self.declaration, {**self.given, **changes})

    def steps(self) -> Steps[httpx.Response]:
        """Everything between the arguments and a good response."""
        core: Core = self.core
        options = core.options
        with ExitStack() as opened:
            try:
                request = core.request(self, opened)
                route, relayed = self.declaration.route, self.declaration.relays
                trying = retrying(options.max_retries, repeatable=route.repeatable, relayed=relayed, until=self.until)
                links = [trying, *core.links(follows=route.verb == "GET" and not relayed)]
                if route.aliases:
                    links.insert(0, respelling(self, core.spellings))
                response = yield from through(links, request)
                if not response.is_success and response.status_code != route.status:
                    error = error_from(response.status_code, response.content, response.headers, reason=response.reason_phrase)
                    if error.status_code in {404, 405} and (note := missing(route, error)):
                        error.add_note(note)
                    raise error
            except DifyError as error:
                self.noted(error)
                raise
        return response

    def read(self, response: httpx.Response) -> Any:
        """The answer in the shape of the call's twin."""
        return self.declaration.read(self, response)

    def parse(self, adapter: TypeAdapter[R], response: httpx.Response) -> R:
        """The answer as the declared type."""
        from pydantic import ValidationError

        from ._models import Failing

        content = unwrapped(response.content)
        if self.declaration.plan.result is type(None) or (not content and self.declaration.plan.may_be_empty):
            return None  # type: ignore[return-value]  # R is None here, or may be
        try:
            answer: R = adapter.validator.validate_json(content)
        except ValidationError as error:
            raise self.noted(unreadable(content, error.errors(include_url=False, include_input=False))) from None
        if isinstance(answer, Failing) and (failure := answer.failure):
            raise self.noted(failure)
        return answer

    def noted(self, error: X) -> X:
        """The error with a note that names the operation."""
        route = self.declaration.route
        note = f"while calling {self.declaration.id} ({route.verb} {route.path})"
        if note not in getattr(error, "__notes__", ()):
            error.add_note(note)
        return error


def missing(route: Route, error: APIStatusError) -> str | None:
    """What to say of a route that is not there, if the server is one that cannot have it."""
    if not route.documented:
        return too_new(route.since, error.headers.get("x-version", ""))
    body: Any = error.body
    if isinstance(body, dict) and "code" not in body:
        return None  # an envelope of the documents: such a server has the route
    return "no release of Dify has this operation, only servers that keep to the platform's founding documents"


def too_new(since: str, server: str) -> str | None:
    """What to say of a route if the server is older than the operation."""
    wanted, have = (tuple(int(part) for part in version.split(".")[:2] if part.isdecimal()) for version in (since, server))
    return f"the server is {server}; the operation came with {since}" if have and have < wanted else None


def unreadable(content: bytes, complaints: Any) -> ResponseValidationError:
    """An answer of another shape, with the ids that can be found in it."""
    where = "; ".join(f"{'.'.join(map(str, one['loc'])) or 'the body'}: {one['msg']}" for one in complaints[:5])
    body = decoded(content)
    error = ResponseValidationError(f"the answer is not of the declared shape: {where}", body=body)
    for name in IDS:
        if isinstance(body, dict) and isinstance(found := cast("dict[str, Any]", body).get(name), str):
            setattr(error, name, found)
    return error


class RawResponse(Generic[R]):
    """The response itself; `parse` gives what the plain call would have."""

    def __init__(self, call: Call, response: httpx.Response) -> None:
        self._call = call
        self.http_response = response

    def __repr__(self) -> str:
        return f"<RawResponse {self.status_code} of {self._call.declaration.id}>"

    @property
    def status_code(self) -> int:
        """The HTTP status."""
        return self.http_response.status_code

    @property
    def headers(self) -> httpx.Headers:
        """The reply's headers."""
        return self.http_response.headers

    @property
    def request_id(self) -> str | None:
        """The server's name for this exchange, where it gives one."""
        written: str | None = self.http_response.headers.get("x-request-id")
        return written

    @property
    def content(self) -> bytes:
        """The body, where it was read: not of streams and downloads."""
        return self.http_response.content

    def parse(self) -> R:
        """Validate the answer."""
        answer: R = self._call.read(self.http_response)
        return answer

"""How a handler says no."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pydantic import ValidationError

NO_SUCH_PAGE: Final = (
    "The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again."
)
NO_PERMISSION: Final = (
    "You don't have the permission to access the requested resource. It is either read-protected or not readable by the server."
)


class Refusal(Exception):  # noqa: N818  # it is an answer, not an error of the mock
    """An answer with a status of 4xx or 5xx, in the envelope of its tier.

    `param` names the argument that is refused. `details` are pydantic's complaints, where the arguments do not validate.
    `hint` says what to do, where a tier does. `body` is what Dify answers where an operation does not keep to the envelope.
    """

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        headers: Mapping[str, str] | None = None,
        *,
        param: str = "",
        details: Sequence[Any] = (),
        body: Mapping[str, Any] | str | None = None,
        hint: str = "",
    ) -> None:
        super().__init__(message)
        self.status, self.code, self.message, self.headers = status, code, message, dict(headers or {})
        self.param, self.details, self.body, self.hint = param, details, body, hint
        self.cookies: list[str] = []


class NoEntry(Refusal):
    """Whoever asks is not let in: the key is missing, unknown, or opens nothing."""


class SignedOut(NoEntry):
    """Whoever asks is let in no more: the reply takes the cookies of their session away."""

    def __init__(self, code: str, message: str, cookies: Sequence[str]) -> None:
        super().__init__(401, code, message)
        self.cookies = list(cookies)


class WrongRole(Refusal):
    """Whoever asks is let in, and is not what the operation asks for in the workspace."""


class QuotaReached(Refusal):
    """The plan of the workspace has no room for more."""

    def __init__(self, resource: str) -> None:
        super().__init__(403, "forbidden", f"The number of {resource} has reached the limit of your subscription.")
        self.resource = resource


class AppGone(NoEntry):
    """The key is good, but its app is no more."""


class PageRefusal(Refusal):
    """A no of a route that is outside its tier's framework: a page for browsers."""


class PageNotFound(Exception):  # noqa: N818  # the same
    """No such path."""


class Cut(Exception):  # noqa: N818  # the same
    """The connection is lost in the middle of an answer."""


def invalid(message: str, *, param: str = "", details: Sequence[Any] = ()) -> Refusal:
    """The server's word for a value it cannot take."""
    return Refusal(400, "invalid_param", message, param=param, details=details)


def unfit(payload: str, reason: str, given: Any, at: str = "") -> Refusal:
    """The server's word for arguments that do not go together, or for the one `at` a place, in the form of its library."""
    message = (
        f"1 validation error for {payload}{at and chr(10)}{at}\n"
        f"  Value error, {reason} [type=value_error, input_value={given!r}, input_type={type(given).__name__}]\n"
        "    For further information visit https://errors.pydantic.dev/2.12/v/value_error"
    )
    where = [int(step) if step.isdecimal() else step for step in at.split(".") if step]
    complaint: dict[str, Any] = {"type": "value_error", "loc": where, "msg": f"Value error, {reason}", "input": given}
    return invalid(message, details=[complaint])


def unprocessable(reason: str, given: Any, at: str = "") -> Refusal:
    """The server's word for arguments that do not go together, or for the one `at` a place, where a list of complaints is its form."""
    complaint: dict[str, Any] = {
        "type": "value_error",
        "loc": [at] if at else [],
        "msg": f"Value error, {reason}",
        "input": given,
        "ctx": {"error": reason},
        "url": "https://errors.pydantic.dev/2.12/v/value_error",
    }
    return Refusal(422, "unprocessable_entity", json.dumps([complaint], separators=(",", ":")), details=[complaint])


def complaints(error: ValidationError) -> list[Any]:
    """What pydantic complains of, for a refusal's details."""
    found: list[Any] = json.loads(error.json(include_url=False, include_context=False))
    return found


def bad_request(message: str) -> Refusal:
    """The server's word for a request it cannot follow."""
    return Refusal(400, "bad_request", message)


def not_found(message: str, code: str = "not_found") -> Refusal:
    """No such thing, or not for this user."""
    return Refusal(404, code, message)


def forbidden(message: str, code: str = "forbidden") -> Refusal:
    """Not allowed."""
    return Refusal(403, code, message)

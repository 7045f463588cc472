"""How a handler says no."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class Refusal(Exception):  # noqa: N818  # it is an answer, not an error of the mock
    """An answer with a status of 4xx or 5xx, in the envelope of its tier."""

    def __init__(
        self, status: int, code: str, message: str, headers: Mapping[str, str] | None = None, *, body: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(message)
        self.status, self.code, self.message, self.headers = status, code, message, dict(headers or {})
        self.body = body
        """What is answered where an operation does not keep to the envelope."""


class PageNotFound(Exception):  # noqa: N818  # the same
    """The framework's own page: no such route."""


class Cut(Exception):  # noqa: N818  # the same
    """The connection is lost in the middle of an answer."""


def invalid(message: str) -> Refusal:
    """The server's word for a value it cannot take."""
    return Refusal(400, "invalid_param", message)


def unfit(payload: str, reason: str, given: Any, at: str = "") -> Refusal:
    """The server's word for arguments that do not go together, or for the one `at` a place, in the form of its library."""
    return invalid(
        f"1 validation error for {payload}{at and chr(10)}{at}\n"
        f"  Value error, {reason} [type=value_error, input_value={given!r}, input_type={type(given).__name__}]\n"
        "    For further information visit https://errors.pydantic.dev/2.12/v/value_error"
    )


def bad_request(message: str) -> Refusal:
    """The server's word for a request it cannot follow."""
    return Refusal(400, "bad_request", message)


def not_found(message: str, code: str = "not_found") -> Refusal:
    """No such thing, or not for this user."""
    return Refusal(404, code, message)


def forbidden(message: str, code: str = "forbidden") -> Refusal:
    """Not allowed."""
    return Refusal(403, code, message)


def unauthorized(message: str) -> Refusal:
    """No credentials, or wrong ones."""
    return Refusal(401, "unauthorized", message)


NOT_FOUND_PAGE = (
    b"<!doctype html>\n<html lang=en>\n<title>404 Not Found</title>\n<h1>Not Found</h1>\n"
    b"<p>The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again.</p>\n"
)

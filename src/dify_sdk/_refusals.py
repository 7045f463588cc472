"""From what a server says when it refuses to the error that says so: every envelope that a Dify server, or a proxy before it, uses."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Final, cast

from .errors import APIStatusError, InternalServerError

_LONGEST_PAGE: Final = 500
_LONGEST_LOOK: Final = 20_000
_PYDANTIC_TEXT: Final = re.compile(r"\d+ validation errors? for ")
_PYDANTIC_NOISE: Final = re.compile(r" \[type=.*", re.DOTALL)
_WORD: Final = re.compile(r"[a-z][a-z0-9_]*")
_CAPITAL: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_TAG: Final = re.compile(r"<(script|style|title)\b.*?</\1>|<[^>]*>", re.DOTALL | re.IGNORECASE)
_HINTS: Final = {
    "Agent Chat App does not support blocking mode": "agents only stream: `chat.stream(...).result()` answers the same",
    "Access token is invalid": "the server does not know this key, or it is a key of the other kind (app- or dataset-)",
}


@dataclass
class Refusal:
    """What a refusal's body tells, whichever form it came in."""

    code: str = ""
    message: str = ""
    params: dict[str, str] = field(default_factory=dict[str, str])
    request_id: str | None = None


def error_from(status: int, content: bytes, headers: Mapping[str, str], *, reason: str = "") -> APIStatusError:
    """The narrowest error for a refusal whose body has been read."""
    body = decoded(content)
    told = read(body)
    error = kind_of(status, told.code)(
        told.message or reason or _reason(status),
        status_code=status,
        code=told.code,
        params=told.params,
        body=body,
        headers=headers,
        request_id=headers.get("x-request-id") or told.request_id,
    )
    if hint := _HINTS.get(told.message):
        error.add_note(hint)
    return error


def kind_of(status: int, code: str) -> type[APIStatusError]:
    """The narrowest class for a status and a code. Some servers give the name of their own class as the code."""
    by_status = APIStatusError.by_status.get(status, InternalServerError if status >= 500 else APIStatusError)
    word = word_of(code)
    found = (APIStatusError.by_code.get(one, by_status) for one in (code, word, word.removesuffix("_error")))
    return next((one for one in found if one is not by_status and issubclass(one, by_status)), by_status)


def word_of(code: str) -> str:
    """A code as Dify would spell it, from the name of a class too."""
    return _CAPITAL.sub("_", code).lower()


def decoded(content: bytes) -> Any:
    """A body as JSON where it is JSON, else as text; None where there is none."""
    if not content:
        return None
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return content.decode("utf-8", "replace")


def read(body: Any) -> Refusal:
    """What a decoded body says."""
    if isinstance(body, str):
        return Refusal(message=_page_text(body) if "<" in body else body[:_LONGEST_PAGE])
    if not isinstance(body, dict):
        return Refusal()
    told = cast("dict[str, Any]", body)
    nested: Any = told.get("error")
    if isinstance(nested, dict):
        told = {"request_id": told.get("request_id"), **cast("dict[str, Any]", nested)}
        nested = None
    refusal = Refusal(
        code=_text(told.get("error_code") or told.get("code") or told.get("custom") or told.get("type")),
        message=_text(told.get("message") or nested or (told.get("data") if told.get("result") == "fail" else "")),
        request_id=_text(told.get("request_id") or told.get("error_id") or _inner(told, "details", "request_id")) or None,
    )
    if isinstance(nested, str) and not refusal.code:
        word = nested.lower().replace(" ", "_") if "message" in told else nested
        refusal.code = word if _WORD.fullmatch(word) else ""
    refusal.params = _params(told, refusal.message)
    if refusal.params and _is_machine_text(refusal.message):
        refusal.message = "; ".join(f"{name}: {why}" if name else why for name, why in refusal.params.items())
    return refusal


def _inner(told: Mapping[str, Any], outer: str, name: str) -> Any:
    inner: Any = told.get(outer)
    return cast("dict[str, Any]", inner).get(name) if isinstance(inner, dict) else None


def _params(told: Mapping[str, Any], message: str) -> dict[str, str]:
    """The fields that are complained about, by name."""
    if isinstance(named := told.get("params") or told.get("param"), str):
        return {named: message}
    if isinstance(named, dict):
        return _texts(cast("dict[str, Any]", named))
    if isinstance(listed := told.get("errors"), dict):
        return _texts(cast("dict[str, Any]", listed))
    for listed in (told.get("details"), told.get("errors"), _json_list(message)):
        if isinstance(listed, list):
            return _located(cast("list[Any]", listed))
    return _pydantic_text(message) if _PYDANTIC_TEXT.match(message) else {}


def _located(errors: Sequence[Any]) -> dict[str, str]:
    """Pydantic's list of errors, without the input it quotes."""
    found: dict[str, str] = {}
    for error in errors:
        if isinstance(error, dict):
            one = cast("dict[str, Any]", error)
            where = one.get("loc") or one.get("field") or ()
            name = ".".join(map(str, cast("list[Any]", where))) if isinstance(where, list) else _text(where)
            found[name] = _joined(found.get(name), _text(one.get("msg") or one.get("message")))
    return found


def _pydantic_text(message: str) -> dict[str, str]:
    """Pydantic's multi-line text: a line with the field, then an indented line with the reason."""
    found: dict[str, str] = {}
    name = ""
    for line in message.splitlines()[1:]:
        if not line.startswith(" "):
            name = line.strip()
        elif not line.startswith("    "):
            found[name] = _joined(found.get(name), _PYDANTIC_NOISE.sub("", line.strip()))
    return found


def _is_machine_text(message: str) -> bool:
    return bool(_PYDANTIC_TEXT.match(message)) or _json_list(message) is not None


def _json_list(message: str) -> list[Any] | None:
    if not message.startswith("["):
        return None
    try:
        found: Any = json.loads(message)
    except (ValueError, RecursionError):
        return None
    return cast("list[Any]", found) if isinstance(found, list) else None


def _page_text(page: str) -> str:
    words = " ".join(_TAG.sub(" ", page[:_LONGEST_LOOK]).split())  # bounded: a tag without end is looked for to the end
    return words[:_LONGEST_PAGE]


def _texts(named: Mapping[str, Any]) -> dict[str, str]:
    return {name: _text(why) for name, why in named.items()}


def _joined(before: str | None, more: str) -> str:
    return f"{before}; {more}" if before else more


def _text(value: Any) -> str:
    return value if isinstance(value, str) else "" if value is None else json.dumps(value)


def _reason(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "an answer without a body"

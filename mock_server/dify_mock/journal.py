"""What was asked: one entry for each request, without the secrets."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, cast, overload

_SECRET_HEADERS: Final = frozenset({"authorization", "cookie", "x-app-passport", "x-csrf-token", "x-inner-api-key"})
_SECRET_FIELDS: Final = re.compile(
    r"passw|secret|token|api_?key|credential|device_code|yaml_content|^code$|invitation_code|tracing_config|env_text", re.IGNORECASE
)
_SERVER_CODE: Final = re.compile(r"(?<=^/mcp/server/)[^/]+")
_SECRET_ARGUMENTS: Final = re.compile(r"((?:^|&)(?:sign|sso_assertion|code|state|token|invite_token)=)[^&]+")
MASK: Final = "***"


@dataclass(frozen=True)
class Entry:
    """One request and the status it was answered with."""

    operation: str | None
    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: Any
    status: int


class Journal(Sequence[Entry]):
    """All requests in their order."""

    def __init__(self) -> None:
        self._entries: list[Entry] = []

    def add(self, entry: Entry) -> None:
        """Write an entry."""
        self._entries.append(entry)

    def of(self, operation: str) -> list[Entry]:
        """The requests of one operation, by its id without or with the tier."""
        return [one for one in self._entries if one.operation and operation in {one.operation, one.operation.partition(".")[2]}]

    def clear(self) -> None:
        """Begin anew."""
        self._entries.clear()

    @overload
    def __getitem__(self, index: int) -> Entry: ...
    @overload
    def __getitem__(self, index: slice) -> list[Entry]: ...
    def __getitem__(self, index: int | slice) -> Entry | list[Entry]:
        return self._entries[index]

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries)


def masked_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """Headers without what proves who sends them."""
    return {name: MASK if name.lower() in _SECRET_HEADERS else value for name, value in headers.items()}


def masked_path(path: str) -> str:
    """A path without the code that opens an app to whoever has it."""
    return _SERVER_CODE.sub(MASK, path)


def masked_query(query: str) -> str:
    """A query without what makes an address good, or lets somebody in."""
    return _SECRET_ARGUMENTS.sub(rf"\1{MASK}", query)


def masked_body(body: bytes, media_type: str) -> Any:
    """A JSON body without its secrets, decoded; of other bodies the size."""
    if "json" not in media_type:
        return f"{len(body)} bytes" if body else None
    try:
        return masked(json.loads(body))
    except ValueError:
        return f"{len(body)} bytes that are not JSON"


def masked(value: Any) -> Any:
    """A value without its secrets, at any depth."""
    if isinstance(value, dict):
        named = cast("dict[str, Any]", value)
        return {name: MASK if _SECRET_FIELDS.search(name) else masked(one) for name, one in named.items()}
    if isinstance(value, list):
        return [masked(one) for one in cast("list[Any]", value)]
    return value

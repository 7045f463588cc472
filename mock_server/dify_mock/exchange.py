"""What comes in and what goes out, without any network."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeAlias, cast
from urllib.parse import parse_qsl

from dify_sdk._files import File
from dify_sdk._plan import Parts
from dify_sdk._steps import Pause

from . import multipart
from .refusals import Refusal


@dataclass
class Request:
    """One request. `raw_path` is still quoted; header names are lower case; `host` is how the client reached the server."""

    method: str
    raw_path: str
    query: str = ""
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    body: bytes = b""

    @property
    def media_type(self) -> str:
        return self.headers.get("content-type", "")

    @property
    def base_url(self) -> str:
        """The server's address as the client knows it."""
        return f"{self.headers.get('x-forwarded-proto', 'http')}://{self.headers.get('host', 'localhost')}"

    @property
    def address(self) -> str:
        """Where the request comes from, as a proxy tells it; from this machine, where none does."""
        return self.headers.get("x-forwarded-for", "").partition(",")[0].strip() or "127.0.0.1"

    @property
    def bearer(self) -> str:
        """The token in `Authorization`; empty where there is none."""
        scheme, _, token = self.headers.get("authorization", "").partition(" ")
        return token if scheme.lower() == "bearer" else ""

    @property
    def is_json(self) -> bool:
        return self.media_type.split(";")[0].strip().lower() == "application/json"

    @cached_property
    def json(self) -> Any:
        """The JSON body as the real server's framework reads it."""
        if not self.is_json:
            message = "Did not attempt to load JSON data because the request Content-Type was not 'application/json'."
            raise Refusal(415, "unsupported_media_type", message)
        try:
            return json.loads(self.body)
        except ValueError:
            message = "The browser (or proxy) sent a request that this server could not understand."
            raise Refusal(400, "bad_request", message) from None

    @property
    def _json_or_nothing(self) -> Any:
        try:
            return self.json
        except Refusal:
            return {}

    @cached_property
    def form(self) -> multipart.Form:
        """The body as a form; empty where it is none."""
        return multipart.parse(self.media_type, self.body)

    @cached_property
    def pairs(self) -> list[tuple[str, str]]:
        """The query."""
        return parse_qsl(self.query, keep_blank_values=True)

    def parts(self, *, json_expected: bool, silently: bool = False) -> Parts:
        """The request as the plan of a declaration reads it; silently, a body that cannot be read is an empty one."""
        body = (self._json_or_nothing if silently else self.json) if json_expected else None
        if json_expected and not isinstance(body, dict):
            raise Refusal(500, "unknown", "Internal Server Error")
        return Parts(
            query=self.pairs,
            headers=dict(self.headers),
            json=cast("dict[str, Any] | None", body),
            form=self.form.fields,
            files=self.form.files,
        )


@dataclass(frozen=True)
class Served(File):
    """A file as a handler wants it to go out; a chunked one does not tell its length."""

    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    chunked: bool = False


@dataclass
class Reply:
    """One answer; a streamed body is pieces and pauses, and an abandoned one is closed."""

    status: int
    headers: dict[str, str] = field(default_factory=dict[str, str])
    body: bytes | Iterator[bytes | Pause] = b""
    cookies: list[str] = field(default_factory=list[str])
    """What goes out as `Set-Cookie`, a header for each."""

    @property
    def written(self) -> list[tuple[str, str]]:
        """The headers as they go out."""
        return [*self.headers.items(), *(("set-cookie", one) for one in self.cookies)]


Answering: TypeAlias = Callable[[Request], Reply]
"""What answers one request."""

"""What a client can be told."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import EllipsisType
from typing import TYPE_CHECKING, Any, Final, TypeAlias
from urllib.parse import urlsplit

from ._sse import MAX_EVENT_BYTES
from .errors import ConfigurationError

if TYPE_CHECKING:
    from ._auth import Credentials
    from ._steps import Middleware

CONNECT_SECONDS: Final = 10.0
SECONDS: Final = 60.0
RUN_SECONDS: Final = 600.0
_HEADER_NAME: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_HOST: Final = re.compile(r"[\w.:-]+")
PREFIXES: Final = ("/v1", "/console/api", "/api", "/openapi/v1", "/files", "/mcp", "/inner/api", "/triggers")


@dataclass(frozen=True)
class Timeout:
    """How long to wait, each in seconds; None means for ever.

    Attributes:
        connect: For a connection; 10 where it is not given.
        read: For the next bytes; where it is not given, 600 for runs and 60 otherwise.
        write: For sending the next bytes; as `read` where it is not given.
        pool: For a free connection; as `connect` where it is not given.
        event: For the next event of a stream; pings do not count. It is noticed with the next bytes, or when none come.
        total: For the whole call, retries and the reading of a stream included.
    """

    connect: float | None = CONNECT_SECONDS
    read: float | EllipsisType | None = ...
    write: float | EllipsisType | None = ...
    pool: float | EllipsisType | None = ...
    event: float | None = None
    total: float | None = None

    def for_httpx(self, usual: float, *, streams: bool = False) -> dict[str, float | None]:
        """The form that travels with an httpx request."""
        read = usual if self.read is ... else self.read
        write = read if self.write is ... else self.write
        pool = self.connect if self.pool is ... else self.pool
        if streams and self.event is not None:
            read = self.event if read is None else min(read, self.event)
        return {"connect": self.connect, "read": read, "write": write, "pool": pool}


TimeoutTypes: TypeAlias = "float | Timeout | None"


def timeout_of(given: TimeoutTypes) -> Timeout:
    """A number of seconds bounds every single wait; None leaves the defaults."""
    if given is None:
        return Timeout()
    if isinstance(given, Timeout):
        return given
    if not given > 0:
        msg = f"timeout is a positive number of seconds or a Timeout, not {given!r}"
        raise ConfigurationError(msg)
    return Timeout(given, given, given, given)


@dataclass(frozen=True)
class Options:
    """The settings of a client; a copy with changes shares the connections."""

    url: str
    credentials: Credentials = field(repr=False)
    user: str | None = None
    timeout: Timeout = field(default_factory=Timeout)
    max_retries: int = 2
    headers: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    middleware: tuple[Middleware, ...] = ()
    resume: bool = False
    max_event_bytes: int = MAX_EVENT_BYTES

    def __post_init__(self) -> None:
        for name in ("max_retries", "max_event_bytes"):
            number: Any = getattr(self, name)
            if not isinstance(number, int) or number < 0:
                msg = f"{name} is a whole number from 0 on, not {number!r}"
                raise ConfigurationError(msg)
        for name, value in self.headers.items():
            checked_header(name, value)

    @cached_property
    def root(self) -> str:
        """The server's own address, without the prefix of the tier."""
        return without_prefix(self.url)


def checked_header(name: str, value: str) -> tuple[str, str]:
    """A header as it can travel."""
    if not _HEADER_NAME.fullmatch(name) or not is_header_value(value):
        msg = f"the header {name!r} cannot travel: a value is printable ASCII without blanks around it"
        raise ConfigurationError(msg)
    return name, value


def is_header_value(text: str) -> bool:
    """Whether a text can travel as the value of a header, and as nothing but that."""
    return text.isascii() and text.isprintable() and text == text.strip()


def follower_url(base_url: str | None, *, variable: str) -> str:
    """The root of a server for a tier that follows the service tier's address, unless that is the cloud: there it lives elsewhere."""
    if base_url is not None or os.environ.get(variable):
        return server_url(base_url, variable=variable, default="")
    followed = os.environ.get("DIFY_BASE_URL")
    if not followed or urlsplit(followed).hostname == "api.dify.ai":
        msg = f"base_url is needed here, or {variable} in the environment" + (": api.dify.ai has the service API only" if followed else "")
        raise ConfigurationError(msg)
    return server_url(None, variable="DIFY_BASE_URL", default="")


def server_url(base_url: str | None, *, variable: str, default: str, argument: str = "base_url") -> str:
    """The root of a server, from the argument, the environment or the default; without the prefix of any tier."""
    given = base_url if base_url is not None else os.environ.get(variable) or default
    source = argument if base_url is not None else variable
    try:
        parts = urlsplit(given)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme not in {"http", "https"} or not parts.hostname or not _HOST.fullmatch(parts.hostname):
        msg = f"{source} is not an address such as http://localhost:5001"
        raise ConfigurationError(msg)
    if parts.username or parts.password:
        msg = f"{source} must not hold a name or a password: give credentials to the client"
        raise ConfigurationError(msg)
    if parts.query or parts.fragment:
        msg = f"{source} must end with the path: nothing may follow it"
        raise ConfigurationError(msg)
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}{f':{port}' if port else ''}{without_prefix(parts.path.rstrip('/'))}"


def without_prefix(url: str) -> str:
    """An address or a path without the prefix of the tier that it ends in."""
    prefix = next((one for one in sorted(PREFIXES, key=len, reverse=True) if url.endswith(one)), "")
    return url.removesuffix(prefix).rstrip("/")

"""`MockServer`: a world behind a socket, or behind a transport in this process."""

from __future__ import annotations

import socket
import threading
import time
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from .exchange import Reply, Request
from .seed import sow
from .server import Server
from .world import World

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

    import httpx
    import uvicorn

    from .clock import Clock
    from .faults import Faults
    from .journal import Journal
    from .transport import AsyncMockTransport, MockTransport

Profile: TypeAlias = Literal["dify", "documented"]
Seed: TypeAlias = Literal["demo", "empty"]
LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})
_START_SECONDS: Final = 10.0
_KEEP_ALIVE_SECONDS: Final = 65  # as the proxy has it that stands before real servers


@dataclass(frozen=True)
class Credentials:
    """What opens the world of a mock. `app_keys`, `app_codes` and `mcp_codes` are by mode of the app."""

    email: str = ""
    password: str = field(default="", repr=False)
    app_keys: dict[str, str] = field(default_factory=dict[str, str], repr=False)
    dataset_key: str = field(default="", repr=False)
    openapi_token: str = field(default="", repr=False)
    app_codes: dict[str, str] = field(default_factory=dict[str, str])
    inner_key: str = field(default="", repr=False)
    inner_plugin_key: str = field(default="", repr=False)
    mcp_codes: dict[str, str] = field(default_factory=dict[str, str], repr=False)

    def as_dict(self) -> dict[str, Any]:
        """The same as JSON has it."""
        return dict(vars(self))


class MockServer:
    """A Dify server of your own.

    As a context manager it listens on a real socket; its transports work without one.

    Args:
        profile: The wire of Dify, or the one of the founding documents.
        seed: A world with an app of every mode, or a server before its first set-up.
        host: The address to listen on; only this machine unless `allow_remote`.
        port: The port; a free one where it is 0.
        pace: How much of the simulated waiting is really waited: 1 as a real server, 0 nothing.
        allow_remote: Whether others than this machine may connect.
    """

    def __init__(
        self,
        profile: Profile = "dify",
        seed: Seed = "demo",
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        pace: float = 1.0,
        allow_remote: bool = False,
    ) -> None:
        if host not in LOOPBACK and not allow_remote:
            raise ValueError(f"{host} can be reached from other machines: say allow_remote=True if you mean it")
        self._seed, self._host, self._port, self._pace = seed, host, port, pace
        self._profile: Profile = profile
        self._server = Server(World(pace=pace), profile)
        self.credentials = Credentials(**sow(self._server.world, seed))
        self._thread: threading.Thread | None = None
        self._web: uvicorn.Server | None = None
        self._url: str | None = None

    def __repr__(self) -> str:
        return f"<MockServer {self._url or 'in process'}>"

    @property
    def url(self) -> str:
        """The server's root, for `base_url`."""
        return self._url or "http://mock.localhost"

    @property
    def profile(self) -> Profile:
        """The wire that it speaks."""
        return self._profile

    @property
    def world(self) -> World:
        """The state."""
        return self._server.world

    @property
    def clock(self) -> Clock:
        """The world's time, to be moved."""
        return self._server.world.clock

    @property
    def faults(self) -> Faults:
        """What is to go wrong with the next requests."""
        return self._server.faults

    @property
    def journal(self) -> Journal:
        """What was asked."""
        return self._server.journal

    @cached_property
    def transport(self) -> MockTransport:
        """For `httpx.Client(transport=...)`: no socket."""
        from .transport import MockTransport

        return MockTransport(self.reply)

    @cached_property
    def async_transport(self) -> AsyncMockTransport:
        """For `httpx.AsyncClient(transport=...)`: no socket."""
        from .transport import AsyncMockTransport

        return AsyncMockTransport(self.reply)

    def respond(self, request: httpx.Request) -> httpx.Response:
        """Answer an httpx request, as `httpx.MockTransport` and `respx` want it of a side effect."""
        from .transport import to_request, to_response

        return to_response(self.reply(to_request(request, request.read())), request)

    def reply(self, request: Request) -> Reply:
        """Answer one request."""
        return self._server.reply(request)

    def reset(self) -> None:
        """Begin anew: the seed's world, an empty journal, no faults. Keys and ids are those of the first beginning."""
        self._server.world = World(pace=self._pace)
        self.credentials = Credentials(**sow(self._server.world, self._seed))
        self.journal.clear()
        self.faults.clear()

    def start(self) -> Self:
        """Listen on the socket; `stop` ends it."""
        try:
            import uvicorn
        except ImportError as error:
            raise RuntimeError("a socket needs uvicorn: pip install 'dify-sdk-py[mock]'; the transports work without") from error
        from .asgi import application

        family = socket.AF_INET6 if ":" in self._host else socket.AF_INET
        listening = socket.socket(family)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((self._host, self._port))
        except OSError:
            listening.close()
            raise
        config = uvicorn.Config(
            application(self.reply),
            log_config=None,
            log_level="critical",
            lifespan="off",
            server_header=False,
            http="h11",
            ws="none",
            timeout_graceful_shutdown=1,
            timeout_keep_alive=_KEEP_ALIVE_SECONDS,
        )
        self._web = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._web.run, kwargs={"sockets": [listening]}, daemon=True)
        self._thread.start()
        until = time.monotonic() + _START_SECONDS
        while not self._web.started:
            if time.monotonic() > until or not self._thread.is_alive():
                raise RuntimeError(f"the mock does not listen on {self._host}:{self._port}")
            time.sleep(0.005)
        host = f"[{self._host}]" if ":" in self._host else self._host
        self._url = f"http://{host}:{listening.getsockname()[1]}"
        return self

    def stop(self) -> None:
        """Hang up and listen no more."""
        if self._web is not None and self._thread is not None:
            self._web.should_exit = True
            self._thread.join()
        self._web = self._thread = self._url = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()

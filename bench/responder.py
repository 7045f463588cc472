"""The server that the clients are measured against: `responder.c` where there is a C compiler, else the same in Python."""

from __future__ import annotations

import shutil
import socketserver
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Timer
from typing import NamedTuple

from . import wire

_HERE = Path(__file__).parent
_LIFE_SECONDS = 600
_TICK_SECONDS = 0.01
_MOST = 100_000


class Responder(NamedTuple):
    """A server that runs."""

    url: str
    kind: str


@contextmanager
def running() -> Iterator[Responder]:
    """Serve until the block is left."""
    with TemporaryDirectory(prefix="dify-bench-") as made:
        folder = Path(made)
        wire.write(folder)
        compiled = _compiled(folder / "responder")
        command = [compiled] if compiled else [sys.executable, "-m", "bench.responder"]
        with subprocess.Popen([*command, folder], stdout=subprocess.PIPE, text=True, cwd=_HERE.parent) as process:
            try:
                assert process.stdout is not None
                port = int(process.stdout.readline())
                yield Responder(f"http://127.0.0.1:{port}", "responder.c" if compiled else "responder.py, for want of a C compiler")
            finally:
                process.terminate()


def _compiled(target: Path) -> Path | None:
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None:
        return None
    done = subprocess.run([compiler, "-O2", "-pthread", _HERE / "responder.c", "-o", target], capture_output=True, check=False)
    return target if done.returncode == 0 else None


class _Connection(socketserver.StreamRequestHandler):
    disable_nagle_algorithm = True
    folder: Path

    def handle(self) -> None:
        while line := self.rfile.readline():
            length = 0
            while (header := self.rfile.readline().lower()) not in {b"\r\n", b""}:
                if header.startswith(b"content-length:"):
                    length = int(header.partition(b":")[2])
            self.rfile.read(length)
            _, kind, name, *more = line.split()[1].decode().split("/")
            self._answer(kind, name, more)

    def _answer(self, kind: str, name: str, more: list[str]) -> None:
        if kind == "whole":
            self.wfile.write(self._part(name, "whole"))
            return
        count = min(int(more[0]), _MOST)
        self.wfile.write(self._part(name, "head"))
        if kind == "ticks":
            self._tick(self._part(name, "tick"), count)
        else:
            block = self._part(name, "block")
            for _ in range(count):
                self.wfile.write(block)
        self.wfile.write(self._part(name, "tail"))

    def _tick(self, tick: bytes, count: int) -> None:
        due = time.monotonic()
        for _ in range(count):
            due += _TICK_SECONDS
            time.sleep(max(0.0, due - time.monotonic()))
            self.wfile.write(tick.replace(wire.STAMP.encode(), b"%019d" % time.monotonic_ns()))

    def _part(self, name: str, part: str) -> bytes:
        return (self.folder / f"{name}.{part}").read_bytes()


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """A client that hangs up is no news."""


def main() -> None:
    """Serve a folder, as the C responder does."""
    _Connection.folder = Path(sys.argv[1])
    with _Server(("127.0.0.1", 0), _Connection) as server:
        print(server.server_address[1], flush=True)
        end = Timer(_LIFE_SECONDS, server.shutdown)
        end.daemon = True
        end.start()
        server.serve_forever()


if __name__ == "__main__":
    main()

"""`python -m dify_mock serve`: a mock Dify for anything that speaks HTTP."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import threading
from collections.abc import Sequence
from types import FrameType
from typing import Final

from .mock import LOOPBACK, Credentials, MockServer

_MODE: Final = 0o600


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until Ctrl-C; answers the exit status."""
    parser = _parser()
    told = parser.parse_args(arguments)
    if told.host not in LOOPBACK and not told.allow_remote:
        parser.error(f"{told.host} can be reached from other machines: say --allow-remote if you mean it")
    try:
        mock = MockServer(told.profile, told.seed, host=told.host, port=told.port, pace=told.pace, allow_remote=told.allow_remote)
        mock.start()
    except ModuleNotFoundError as error:
        return _failed(f"{error.name} is missing: pip install 'dify-sdk-py[mock]'")
    except (OSError, ValueError, RuntimeError) as error:
        return _failed(str(error))
    try:
        if told.credentials:
            _hand_out(mock.credentials, mock.url, told.credentials)
        _greet(mock, told.credentials)
        _wait()
    except OSError as error:
        return _failed(f"the credentials cannot be written: {error}")
    finally:
        mock.stop()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m dify_mock", description="A mock of the Dify platform, with real state.")
    commands = parser.add_subparsers(required=True, metavar="serve")
    serve = commands.add_parser("serve", help="listen on a socket until Ctrl-C")
    serve.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: %(default)s)")
    serve.add_argument("--port", type=int, default=5001, help="the port; 0 takes a free one (default: %(default)s)")
    serve.add_argument("--profile", choices=["dify", "documented"], default="dify", help="whose wire to speak (default: %(default)s)")
    serve.add_argument("--seed", choices=["demo", "empty"], default="demo", help="the world to begin with (default: %(default)s)")
    serve.add_argument("--pace", type=float, default=1.0, help="how much of the simulated waiting is really waited (default: %(default)s)")
    serve.add_argument("--credentials", metavar="FILE.json", help="where to write what opens the world; - prints it")
    serve.add_argument("--allow-remote", action="store_true", help="listen on an address that other machines can reach")
    return parser


def _hand_out(credentials: Credentials, url: str, path: str) -> None:
    """Write the credentials where only their owner reads them, or print them."""
    text = json.dumps({"url": url, **credentials.as_dict()}, indent=2)
    if path == "-":
        print(text, flush=True)
        return
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _MODE)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        os.chmod(path, _MODE)  # of a file that was there before
        file.write(text + "\n")


def _greet(mock: MockServer, path: str | None) -> None:
    keys = {None: "start it with --credentials FILE.json for the keys", "-": "the keys are above"}.get(path, f"the keys are in {path}")
    print(f"Dify mock on {mock.url} (Ctrl-C stops it); {keys}", file=sys.stderr)
    print(f'  ServiceClient("app-...", base_url="{mock.url}", user="me").chat.send(query="Hello")', file=sys.stderr)
    print(f"  curl -H 'Authorization: Bearer app-...' {mock.url}/v1/info", file=sys.stderr, flush=True)


def _wait() -> None:
    """Until Ctrl-C, or until somebody asks the process to end."""
    ended = threading.Event()

    def end(_signal: int, _frame: FrameType | None) -> None:
        ended.set()

    before = {one: signal.signal(one, end) for one in (signal.SIGINT, signal.SIGTERM)}
    try:
        while not ended.wait(1.0):  # some platforms deliver signals only between waits
            pass
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def _failed(why: str) -> int:
    print(f"python -m dify_mock: {why}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())

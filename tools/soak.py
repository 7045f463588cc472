"""`python tools/soak.py [seconds]`: both clients at work for a while, against a mock in another process.

Chats, streams that are read, left, cut and stopped, lists, uploads and downloads, on threads and on tasks. Every few
seconds it prints what this process holds: resident memory, open files, threads. It fails where an answer is not what
it should be, where files or threads pile up, or where memory goes on growing after the first third of the time.
"""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import os
import random
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from dify_sdk import AsyncServiceClient, ServiceClient, StreamInterruptedError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

THREADS: Final = 4
TASKS: Final = 16
EVERY: Final = 5.0  # seconds between two looks
MOST_REQUESTS: Final = 1000  # of one world
MOST_GROWTH: Final = 8.0  # megabytes of resident memory after the first third
MOST_FILES: Final = 20  # more open files than after the first third: connections that were not given back


@dataclass(frozen=True)
class Held:
    """What the process holds."""

    megabytes: float
    files: int
    threads: int

    @classmethod
    def now(cls) -> Held:
        """Ask the system; Linux tells."""
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
        return cls(pages * os.sysconf("SC_PAGE_SIZE") / 2**20, len(list(Path("/proc/self/fd").iterdir())), threading.active_count())


def serve(pipe: Connection) -> None:
    """The mock: cuts some streams, and begins anew before its world fills up."""
    from dify_mock import MockServer

    logging.disable()  # asyncio says a line for every peer that hangs up
    with MockServer(pace=0.05) as mock:
        pipe.send((mock.url, mock.credentials.app_keys["chat"]))
        while not pipe.poll(0.2):
            if len(mock.journal) > MOST_REQUESTS:
                mock.reset()
            mock.faults.clear()
            mock.faults.cut(after=3, on="chat.stream")


def work(client: ServiceClient, until: float, done: Counter[str]) -> None:
    """One thread's share."""
    while time.monotonic() < until:
        kind = random.choice(("send", "stream", "leave", "stop", "list", "upload"))  # noqa: S311
        try:
            if kind == "send":
                assert client.chat.send(query="Hello").answer.startswith("Hello")
            elif kind == "stream":
                assert "".join(client.chat.stream(query="Hello").text_deltas()).startswith("Hello")
            elif kind == "leave":
                next(client.chat.stream(query="[[long]]"))
            elif kind == "stop":
                with client.chat.stream(query="[[long]]") as stream:
                    next(stream)
                    stream.stop()
                    stream.result()
            elif kind == "list":
                list(client.conversations.list(limit=2).data)
            else:
                client.files.upload(file=("notes.txt", b"x" * 10_000))
        except StreamInterruptedError:
            kind = "cut"
        done[kind] += 1


async def work_too(client: AsyncServiceClient, until: float, done: Counter[str]) -> None:
    """One task's share."""
    while time.monotonic() < until:
        kind = random.choice(("asend", "astream", "aleave", "alist"))  # noqa: S311
        try:
            if kind == "asend":
                assert (await client.chat.send(query="Hello")).answer.startswith("Hello")
            elif kind == "astream":
                assert (await client.chat.stream(query="Hello").result()).answer.startswith("Hello")
            elif kind == "aleave":
                async with client.chat.stream(query="[[long]]") as stream:
                    await anext(aiter(stream))
            else:
                await client.conversations.list(limit=2)
        except StreamInterruptedError:
            kind = "acut"
        done[kind] += 1


async def tasks(url: str, key: str, until: float, done: Counter[str]) -> None:
    """All tasks, and the looks."""
    async with AsyncServiceClient(key, base_url=url, user="soak") as client, asyncio.TaskGroup() as group:
        for _ in range(TASKS):
            group.create_task(work_too(client, until, done))


def main() -> int:
    """Work for the time, look in between, judge at the end."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 60.0
    context = multiprocessing.get_context("spawn")
    pipe, other = context.Pipe()
    server = context.Process(target=serve, args=(other,), daemon=True)
    server.start()
    url, key = pipe.recv()
    begin = time.monotonic()
    done: Counter[str] = Counter()
    failures: list[BaseException] = []
    threading.excepthook = lambda told: failures.append(told.exc_value or RuntimeError())
    with ServiceClient(key, base_url=url, user="soak") as client:
        until = begin + seconds
        workers = [threading.Thread(target=work, args=(client, until, done)) for _ in range(THREADS)]
        workers.append(threading.Thread(target=lambda: asyncio.run(tasks(url, key, until, done))))
        for worker in workers:
            worker.start()
        looks: list[tuple[float, Held]] = []
        while time.monotonic() < until and not failures:
            time.sleep(min(EVERY, max(0.1, until - time.monotonic())))
            looks.append((time.monotonic() - begin, Held.now()))
            held = looks[-1][1]
            print(
                f"{looks[-1][0]:6.0f} s  {held.megabytes:7.1f} MB  {held.files:4d} files  {held.threads:3d} threads  {done.total():7d} done"
            )
        for worker in workers:
            worker.join()
    pipe.send(None)
    server.join(10)
    print("  ".join(f"{kind} {count}" for kind, count in sorted(done.items())))
    settled = next((held for at, held in looks if at >= seconds / 3), looks[-1][1])
    last = looks[-1][1]
    if failures:
        print(f"failed: {failures[0]!r}")
    grown = last.megabytes - settled.megabytes
    good = not failures and grown < MOST_GROWTH and last.files <= settled.files + MOST_FILES and last.threads <= settled.threads
    print(f"{grown:+.1f} MB, {last.files - settled.files:+d} files since the first third: {'good' if good else 'not good'}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())

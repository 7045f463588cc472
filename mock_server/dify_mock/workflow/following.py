"""How runs are followed: live, beside others, after a hang-up, after a pause, or when all is over.

A run goes on by being pulled: by whoever reads it, and by whoever looks at it while nobody reads. Simulated time that has passed
elsewhere has passed for the run as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from dify_sdk._models import Model
from dify_sdk._steps import Pause
from dify_sdk.shared.events import WorkflowFinishedEvent, WorkflowPausedEvent

from ..sse import PING, spaced_frame
from ..visit import Visit
from ..world import World
from .run import Pieces, Run
from .telling import Teller, waiting_forms

_PATIENCE: Final = 300.0  # seconds that a reader of a silent run is kept
_LONGEST_PAUSE: Final = 7 * 24 * 3600.0
_ENDS: Final = (WorkflowFinishedEvent, WorkflowPausedEvent)


def launch(run: Run, source: Pieces) -> None:
    """Let a run begin, or go on: its events come from here."""
    run.source = source


def pull(run: Run) -> Model | Pause | None:
    """The next event, or a wait; None while nothing runs."""
    if run.source is None:
        return None
    piece = next(run.source, None)
    if piece is None:
        run.source = None
        if run.is_over:
            run.told = []  # who still reads has the old list
    elif isinstance(piece, Pause):
        run.seconds += piece.seconds
    else:
        run.told.append(piece)
    return piece


def wake(world: World, run: Run) -> None:
    """Let a paused run go on whose form was filled, or whose time is over."""
    if run.status != "paused" or run.resume is None:
        return
    while pull(run) is not None:  # a reader that was told of the pause reads no further
        pass
    now, forms = world.clock.now(), waiting_forms(world, run)
    if any(form.submitted is not None or form.expires_at <= now for form in forms):
        run.status, run.began, run.seconds = "running", now, 0.0
        world.tasks[run.task_id].over = False
        launch(run, run.resume())
    elif now - run.paused_at >= _LONGEST_PAUSE:
        run.status, run.error = "stopped", f"Human input global timeout at node {forms[0].node_id}"
        run.finished_at = int(now)
        run.told.append(Teller(world, run).finished(run.created_at))


def finish(visit: Visit, run: Run) -> None:
    """Let a run come to its end or to a pause before the answer goes out."""
    wake(visit.world, run)
    while pull(run) is not None:
        pass
    visit.waited = max(visit.waited, run.now - visit.world.clock.now())


def look(visit: Visit, run: Run) -> Run:
    """A run as it stands: one that somebody reads is as far as they have read, any other has got on by itself."""
    if not run.readers:
        finish(visit, run)
    return run


def begun(world: World, run: Run) -> Iterator[Any]:
    """The stream of a run that begins."""
    yield PING
    yield from live(world, run, run.told, 0)


def followed(world: World, run: Run, *, snapshot: bool, waits: bool) -> Iterator[Any]:
    """The stream of a run that goes on already, or is over. What is told while the snapshot goes out comes after it."""
    if run.is_over:
        return iter([spaced_frame(Teller(world, run).ended())])
    return _followed(world, run, run.told, len(run.told), snapshot=snapshot, waits=waits)


def refused(events: list[Model]) -> Iterator[Any]:
    """The stream of a run that never began."""
    yield PING
    yield from events


def _followed(world: World, run: Run, told: list[Model], at: int, *, snapshot: bool, waits: bool) -> Iterator[Any]:
    yield PING
    if not snapshot:
        yield from live(world, run, told, at, closes=not waits)
        return
    is_paused = run.status == "paused"
    yield from Teller(world, run).snapshot()
    if waits or not is_paused:
        yield from live(world, run, told, at, waits=waits)


def live(world: World, run: Run, told: list[Model], at: int, *, waits: bool = False, closes: bool = True) -> Iterator[Any]:
    """What is told of a run, from there on.

    It closes after the end, and after a pause unless it waits; without closing it goes on until nothing was told for long.
    """
    silence = 0.0
    run.readers += 1
    try:
        while True:
            if at < len(told):
                event = told[at]
                at, silence = at + 1, 0.0
                yield event
                if closes and isinstance(event, _ENDS) and not (waits and isinstance(event, WorkflowPausedEvent)):
                    return
                continue
            wake(world, run)
            piece = pull(run)
            if isinstance(piece, Pause) and run.now > world.clock.now():
                yield Pause(run.now - world.clock.now())
            elif piece is None:
                if silence >= _PATIENCE:
                    return
                silence += 1.0
                yield Pause(1.0)
    finally:
        run.readers -= 1

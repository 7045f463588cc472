"""One run from its beginning to its end, or to a pause and on from there.

It does no I/O: it yields events, and pauses where something takes time.
"""

from __future__ import annotations

from typing import Any, Final

from ..state import Conversation, Task, Workflow
from ..world import World
from .graph import Drawing, Graph, Node
from .pool import Pool, Selector
from .responses import Chunk
from .run import Pieces, Run, Status
from .step import NodeError, Round
from .telling import Teller
from .walk import Walk

STOPPED: Final = "Aborted: User requested stop"


class Stopped(Exception):  # noqa: N818  # nothing is wrong
    """Somebody has ended the run."""


class Engine:
    """What the walks of one run share: its variables, what it has put out, and what it has used."""

    def __init__(
        self,
        world: World,
        workflow: Workflow,
        run: Run,
        pool: Pool,
        conversation: Conversation | None = None,
        at: str | None = None,
    ) -> None:
        self.world, self.run, self.pool, self.conversation = world, run, pool, conversation
        self.tell = Teller(world, run)
        self.usages: list[dict[str, Any]] = []
        self.resources: list[dict[str, Any]] = []
        self.reasoning: dict[str, str] = {}
        self.first_text: float | None = None
        self._drawing = Drawing(workflow.graph)
        self._walk = Walk(self, self._drawing.outermost(at))
        self._outputs: dict[str, Any] = {}

    @property
    def task(self) -> Task:
        """What a stop ends."""
        return self.world.tasks[self.run.task_id]

    def clock(self) -> int:
        """The second that the run has come to."""
        return int(max(self.run.now, self.world.clock.now()))

    def begin(self) -> Pieces:
        """From the start."""
        yield self.tell.started("initial", self.run.created_at)
        yield from self._go(self.run.created_at)

    def resume(self) -> Pieces:
        """On from a pause."""
        created_at = self.clock()
        yield self.tell.started("resumption", created_at)
        yield from self._go(created_at)

    def _go(self, created_at: int) -> Pieces:
        run = self.run
        try:
            yield from self._walk.go()
        except Stopped:
            self._end("stopped", STOPPED)
        except NodeError as error:
            self._end("failed", error.message)
        else:
            if self._walk.waiting:
                yield from self._pause()
                return
            self._end("partial-succeeded" if run.exceptions_count else "succeeded", None)
        yield self.tell.finished(created_at)

    def _pause(self) -> Pieces:
        run = self.run
        run.status, run.outputs, run.resume, run.paused_at = "paused", {}, self.resume, max(run.now, self.world.clock.now())
        run.waiting = [execution.id for execution in self._walk.waiting.values()]
        self.task.over = True
        for form_id in run.waiting:
            yield self.tell.form_required(self.world.forms[form_id])
        yield self.tell.paused(round(run.seconds, 6))

    def _end(self, status: Status, error: str | None) -> None:
        run = self.run
        run.status, run.error, run.outputs = status, error, self._outputs
        run.elapsed_time, run.finished_at = round(run.seconds + 0.0001 * run.total_steps, 6), self.clock()
        for execution in run.executions:
            if execution.status == "running":
                execution.status, execution.finished_at = status, run.finished_at
        self.task.over = True

    def inside(self, container: Node) -> Graph:
        """The level inside a container."""
        return self._drawing.inside(container)

    def walk(self, graph: Graph, round_: Round) -> Walk:
        """A walk through a round of a container."""
        return Walk(self, graph, round_)

    def check_stop(self) -> None:
        """Give up if somebody wants it."""
        if self.task.stopped:
            raise Stopped

    def heard(self, chunk: Chunk) -> None:
        """A text goes out."""
        if self.first_text is None and chunk.text:
            self.first_text = self.run.seconds

    def used(self, usage: dict[str, Any]) -> None:
        """A model was asked."""
        self.usages.append(usage)
        self.run.total_tokens += usage["total_tokens"]

    def put_out(self, outputs: dict[str, Any]) -> None:
        """An answer or an end was reached; answers add up."""
        for name, value in outputs.items():
            before = self._outputs.get(name)
            self._outputs[name] = f"{before}{value}" if name == "answer" and before else value

    def assign(self, selector: Selector, value: Any) -> None:
        """Give a variable a value; the conversation remembers its own."""
        self.pool.put(selector[0], {selector[1]: value})
        if selector[0] != "conversation" or self.conversation is None:
            return
        variable = next((one for one in self.conversation.variables.values() if one.name == selector[1]), None)
        if variable is not None:
            variable.value, variable.updated_at = value, self.clock()

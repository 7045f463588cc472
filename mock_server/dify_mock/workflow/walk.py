"""The walk over one level of a graph, node by node, as the edges lead."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Generator, Iterable
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from dify_sdk._steps import Pause

from .graph import CONTAINERS, HIDDEN, RESPONSES, Edge, Graph, Node
from .nodes import NODES, extras_of
from .responses import Chunk, Responses
from .run import NodeExecution, Pieces
from .step import NodeError, Outcome, Performing, Round, Step, Waits
from .values import part

if TYPE_CHECKING:
    from .engine import Engine

_AT_ONCE: Final = 0.0001  # what a node takes that waits for nothing


class Walk:
    """Goes through a level until nothing is left to do; nodes that wait for forms are kept in `waiting`."""

    def __init__(self, engine: Engine, graph: Graph, round_: Round | None = None) -> None:
        self.engine, self.graph, self.round = engine, graph, round_
        self.responses = Responses(graph, engine.pool)
        self.waiting: dict[str, NodeExecution] = {}
        self.reached_end = False
        self._queue: deque[Node] = deque()
        self._resolved: dict[Edge, bool] = {}
        self._begun = False

    def go(self) -> Pieces:
        """Begin, or go on with the nodes that waited."""
        if not self._begun:
            self._begun = True
            if self.graph.root not in self.graph.nodes:
                raise NodeError("No root node was found", "ValueError")
            self._queue.append(self.graph.nodes[self.graph.root])
            yield from self._said(self.responses.begin())
        self._queue.extend(self.graph.nodes[node_id] for node_id in self.waiting)
        while self._queue:
            self.engine.check_stop()
            yield from self._turn(self._queue.popleft())

    def _turn(self, node: Node) -> Pieces:
        engine = self.engine
        execution = self.waiting.pop(node.id, None) or self._execution(node)
        execution.created_at, execution.status = engine.clock(), "running"
        if self.round is None:
            engine.run.total_steps += 1
        begun, attempt = engine.run.seconds, 0
        shown = node.type not in CONTAINERS | HIDDEN
        if shown:
            yield engine.tell.node_started(execution, extras_of(node, engine.run.base_url))
        while True:
            try:
                outcome = yield from self._performed(Step(engine, self, node, execution))
                self.close(execution, outcome, begun=begun)
                break
            except Waits:
                self.close(execution, Outcome(), begun=begun, status="paused")
                self.waiting[node.id] = execution
                return
            except NodeError as error:
                engine.run.exceptions_count += 1
                failed = Outcome({}, error.inputs, {}, error.metadata)
                retries = _retries(node)
                if attempt < retries.most:
                    attempt += 1
                    self.close(execution, failed, begun=begun, status="retry", error=error.message)
                    yield engine.tell.node_retry(execution, attempt)
                    yield Pause(retries.seconds)
                    engine.check_stop()
                    if self.round is None:
                        engine.run.total_steps += 1
                    continue
                if node.error_strategy not in {"fail-branch", "default-value"}:
                    if node.type not in CONTAINERS:
                        self.close(execution, failed, begun=begun, status="failed", error=error.message)
                        yield engine.tell.node_finished(execution)
                    raise
                outcome = _handled(node, error)
                self.close(execution, outcome, begun=begun, status="exception", error="Unknown error")
                break
        yield from self._succeeded(node, outcome)
        if shown:
            yield engine.tell.node_finished(execution)

    def _succeeded(self, node: Node, outcome: Outcome) -> Pieces:
        self.engine.pool.put(node.id, outcome.outputs)
        yield from self._said(self.responses.flush())
        for edge in self.graph.leaving(node.id):
            taken = not node.branches or edge.is_taken_by(outcome.handle)
            yield from self._resolve(edge, taken=taken)
        if node.type in RESPONSES:
            self.engine.put_out(outcome.outputs)
        if node.type == "loop-end":
            self.reached_end = True
            self._queue.clear()

    def _resolve(self, edge: Edge, *, taken: bool) -> Pieces:
        """An edge is taken or left; a node is next when all its edges are decided, and left itself when none was taken."""
        self._resolved[edge] = taken
        if taken:
            yield from self._said(self.responses.take(edge))
        ways = [self._resolved.get(way) for way in self.graph.arriving(edge.target)]
        if None in ways:
            return
        if any(ways):
            self._queue.append(self.graph.nodes[edge.target])
            return
        for further in self.graph.leaving(edge.target):
            yield from self._resolve(further, taken=False)

    def _performed(self, step: Step) -> Generator[Any, None, Outcome]:
        """Let a node do its work; its texts go where the responses have a place for them."""
        perform = NODES.get(step.node.type)
        if perform is None:
            raise NodeError(f"No class mapping found for node type: {step.node.type}", "ValueError")
        try:
            performing = perform(step)
            return performing if isinstance(performing, Outcome) else (yield from self._streamed(performing))
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:  # settings or values that do not fit
            raise NodeError(str(error), type(error).__name__) from error

    def _streamed(self, performing: Performing) -> Generator[Any, None, Outcome]:
        while True:
            try:
                piece = next(performing)
            except StopIteration as done:
                outcome: Outcome = done.value
                return outcome
            if isinstance(piece, Chunk):
                yield from self._said(self.responses.stream(piece))
                continue
            yield piece
            if isinstance(piece, Pause):
                self.engine.check_stop()

    def _said(self, chunks: Iterable[Chunk]) -> Pieces:
        for chunk in chunks:
            self.engine.heard(chunk)
            yield self.engine.tell.chunk(chunk)

    def _execution(self, node: Node) -> NodeExecution:
        engine = self.engine
        execution = NodeExecution(engine.world.ids.uuid(), node.id, node.type, node.title, len(engine.run.executions) + 1, engine.clock())
        if self.round:
            setattr(execution, f"{self.round.container.type}_id", self.round.container.id)
        if node.type not in HIDDEN:
            engine.run.executions.append(execution)
        return execution

    def close(
        self, execution: NodeExecution, outcome: Outcome, *, begun: float, status: str = "succeeded", error: str | None = None
    ) -> None:
        """Write down what a node came to."""
        execution.status, execution.error = status, error
        execution.inputs, execution.process_data, execution.outputs = outcome.inputs, outcome.process_data, outcome.outputs
        within = self.round.ids if self.round else {}
        execution.execution_metadata = {**(outcome.metadata or {}), **within} if outcome.metadata or within else None
        execution.elapsed_time = round(self.engine.run.seconds - begun + _AT_ONCE, 6)
        execution.finished_at = self.engine.clock()


class _Retries(NamedTuple):
    most: int
    seconds: float


def _retries(node: Node) -> _Retries:
    config = part(node.data, "retry_config")
    if not config.get("retry_enabled"):
        return _Retries(0, 0.0)
    return _Retries(int(config.get("max_retries", 0)), float(config.get("retry_interval", 0)) / 1000)


def _handled(node: Node, error: NodeError) -> Outcome:
    """An error that the graph takes care of."""
    told: dict[str, Any] = {"error_message": error.message, "error_type": error.kind}
    metadata = {**(error.metadata or {}), "error_strategy": node.error_strategy}
    if node.error_strategy == "fail-branch":
        return Outcome(told, error.inputs, {}, metadata, handle="fail-branch")
    ready = {one["key"]: _typed(one) for one in node.data.get("default_value", [])}
    return Outcome({**ready, **told}, error.inputs, {}, metadata)


def _typed(default: dict[str, Any]) -> Any:
    """A default value; what is not a text may be given as one."""
    value = default.get("value")
    return json.loads(value) if isinstance(value, str) and default.get("type") != "string" else value

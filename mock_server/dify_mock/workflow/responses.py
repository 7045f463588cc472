"""Which text goes out while a run is walked: the templates of answers and ends, filled as their variables come.

A response is begun once it is certain to be reached, one after the other. Its fixed texts go out at once, a variable as it is
streamed, or whole when its node is done.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

from .graph import CONTAINERS, RESPONSES, Edge, Graph, Node
from .pool import Pool
from .templates import parts
from .values import markdown

Selector: TypeAlias = tuple[str, ...]


class Chunk(NamedTuple):
    """A piece of a variable's text; the last one is `final`."""

    selector: Selector
    text: str
    final: bool = False


@dataclass
class _Response:
    node: Node
    parts: list[str | Selector]
    at: int = 0


class Responses:
    """The answers and ends of one level of a graph."""

    def __init__(self, graph: Graph, pool: Pool) -> None:
        self._graph, self._pool = graph, pool
        self._coming = {node.id: _Response(node, _template(node)) for node in graph.nodes.values() if node.type in RESPONSES}
        self._certain: deque[_Response] = deque()
        self._taken: set[Edge] = set()
        self._pieces: dict[Selector, deque[str]] = {}
        self._closed: set[Selector] = set()
        self._assigned = {node.id: _assigned(node) for node in graph.nodes.values() if node.type == "assigner"}

    def begin(self) -> Iterator[Chunk]:
        """What can be said before anything ran."""
        self._admit()
        yield from self.flush()

    def take(self, edge: Edge) -> Iterator[Chunk]:
        """What can be said once the walk goes this way."""
        self._taken.add(edge)
        self._admit()
        yield from self.flush()

    def stream(self, chunk: Chunk) -> Iterator[Chunk]:
        """What can be said with another piece of a variable."""
        self._pieces.setdefault(chunk.selector, deque()).append(chunk.text)
        if chunk.final:
            self._closed.add(chunk.selector)
        yield from self.flush()

    def flush(self) -> Iterator[Chunk]:
        """What can be said now."""
        while self._certain:
            response = self._certain[0]
            while response.at < len(response.parts):
                part = response.parts[response.at]
                if isinstance(part, str):
                    yield Chunk((response.node.id, "answer"), part)
                else:
                    yield from self._streamed(part)
                    if part not in self._closed:
                        found, value = self._pool.find(part)
                        if not found:
                            return
                        yield Chunk(part, markdown(value))
                response.at += 1
            self._certain.popleft()

    def _streamed(self, selector: Selector) -> Iterator[Chunk]:
        waiting = self._pieces.get(selector, deque())
        while waiting:
            yield Chunk(selector, waiting.popleft())

    def _admit(self) -> None:
        for node_id in [node_id for node_id, response in self._coming.items() if self._is_certain(response)]:
            self._certain.append(self._coming.pop(node_id))

    def _is_certain(self, response: _Response) -> bool:
        """Whether a way leads there on which nothing is left to decide."""
        seen, left = {self._graph.root}, [self._graph.root]
        while left:
            node_id = left.pop()
            if node_id == response.node.id:
                return True
            for edge in self._graph.leaving(node_id):
                if edge.target not in seen and (edge in self._taken or not self._holds_up(self._graph.nodes[node_id], response)):
                    seen.add(edge.target)
                    left.append(edge.target)
        return False

    def _holds_up(self, node: Node, response: _Response) -> bool:
        assigned = self._assigned.get(node.id, set())
        return node.branches or node.type in CONTAINERS | RESPONSES or any(part in assigned for part in response.parts)


def _template(node: Node) -> list[str | Selector]:
    if node.type == "answer":
        return parts(node.data.get("answer", ""))
    selectors: list[Selector] = [tuple(one["value_selector"]) for one in node.data.get("outputs", [])]
    listed: list[str | Selector] = []
    for selector in selectors:
        listed += ["\n", selector] if listed else [selector]
    return listed


def _assigned(node: Node) -> set[Any]:
    if "assigned_variable_selector" in node.data:
        return {tuple(node.data["assigned_variable_selector"])}
    return {tuple(item["variable_selector"]) for item in node.data.get("items", [])}

"""A graph as a walk sees it: nodes, edges, and the graphs inside containers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

CONTAINERS: Final = frozenset({"iteration", "loop"})
RESPONSES: Final = frozenset({"answer", "end"})
HIDDEN: Final = frozenset({"iteration-start", "loop-start"})
_BRANCHES: Final = frozenset({"if-else", "question-classifier", "human-input"})


@dataclass(frozen=True)
class Node:
    """A node; `parent` is the container it stands in."""

    id: str
    type: str
    title: str
    data: dict[str, Any]
    parent: str | None = None

    @property
    def error_strategy(self) -> str | None:
        """What is done about an error: `fail-branch`, `default-value`, or nothing."""
        return self.data.get("error_strategy")

    @property
    def branches(self) -> bool:
        """Whether only some of its edges are taken."""
        return self.type in _BRANCHES or self.error_strategy == "fail-branch"


@dataclass(frozen=True)
class Edge:
    """From one node to another; `handle` names the branch."""

    source: str
    target: str
    handle: str

    def is_taken_by(self, handle: str) -> bool:
        """Whether this is the way of a branch."""
        return self.handle == handle or (handle == "source" and self.handle == "success-branch")


class Graph:
    """The nodes at one level, beginning at `root`."""

    def __init__(self, nodes: dict[str, Node], edges: list[Edge], root: str) -> None:
        self.nodes, self.edges, self.root = nodes, edges, root

    def leaving(self, node_id: str) -> list[Edge]:
        """The edges that begin at a node."""
        return [edge for edge in self.edges if edge.source == node_id]

    def arriving(self, node_id: str) -> list[Edge]:
        """The edges that end at a node."""
        return [edge for edge in self.edges if edge.target == node_id]


class Drawing:
    """A whole graph as the console saved it."""

    def __init__(self, drawn: dict[str, Any]) -> None:
        self._nodes = [_node(one) for one in drawn.get("nodes", [])]
        self._edges = [Edge(one["source"], one["target"], one.get("sourceHandle") or "source") for one in drawn.get("edges", [])]

    def outermost(self, at: str | None = None) -> Graph:
        """The level that a run begins on, at the start or at a trigger."""
        return self._level(None, at)

    def inside(self, container: Node) -> Graph:
        """The level inside a container."""
        return self._level(container.id, container.data.get("start_node_id"))

    def _level(self, parent: str | None, start: str | None = None) -> Graph:
        nodes = {node.id: node for node in self._nodes if node.parent == parent}
        edges = [edge for edge in self._edges if edge.source in nodes and edge.target in nodes]
        led_to = {edge.target for edge in edges}
        begins = [node.id for node in nodes.values() if node.type == "start" or node.type.endswith("-start")]
        loose = [node_id for node_id in nodes if node_id not in led_to]
        root = start if start in nodes else next(iter([*begins, *loose]), "")
        return Graph(nodes, edges, root or "")


def _node(drawn: dict[str, Any]) -> Node:
    data: dict[str, Any] = drawn["data"]
    parent = drawn.get("parentId") or data.get("iteration_id") or data.get("loop_id")
    return Node(drawn["id"], data["type"], data.get("title", ""), data, parent)

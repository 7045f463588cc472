"""One node's turn: what its function is given, and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from dify_sdk._models import Model
from dify_sdk._steps import Pause

from .graph import Node
from .pool import Pool
from .responses import Chunk
from .run import NodeExecution

if TYPE_CHECKING:
    from .engine import Engine
    from .walk import Walk


@dataclass
class Outcome:
    """What a node came to. `handle` is the branch it takes."""

    outputs: dict[str, Any] = field(default_factory=dict[str, Any])
    inputs: dict[str, Any] = field(default_factory=dict[str, Any])
    process_data: dict[str, Any] = field(default_factory=dict[str, Any])
    metadata: dict[str, Any] | None = None
    handle: str = "source"


class NodeError(Exception):
    """A node failed. `kind` is the name of its error."""

    def __init__(
        self, message: str, kind: str = "", *, inputs: dict[str, Any] | None = None, metadata: dict[str, Any] | None = None
    ) -> None:
        super().__init__(message)
        self.message, self.kind, self.inputs, self.metadata = message, kind, inputs or {}, metadata


class Waits(Exception):  # noqa: N818  # it is an answer
    """A node waits for its form."""


@dataclass(frozen=True)
class Round:
    """The round of a container that a walk belongs to."""

    container: Node
    index: int

    @property
    def ids(self) -> dict[str, Any]:
        """What the metadata of nodes inside tell of it."""
        kind = self.container.type
        return {f"{kind}_id": self.container.id, f"{kind}_index": self.index}


@dataclass
class Step:
    """A node, where it stands, and the run around it."""

    engine: Engine
    walk: Walk
    node: Node
    execution: NodeExecution

    @property
    def data(self) -> dict[str, Any]:
        """The node's settings."""
        return self.node.data

    @property
    def pool(self) -> Pool:
        """The variables of the run."""
        return self.engine.pool


Performing: TypeAlias = Generator[Model | Pause | Chunk, None, Outcome]
Perform: TypeAlias = Callable[[Step], Outcome | Performing]

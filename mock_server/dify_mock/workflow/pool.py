"""The variables of a run, by node and name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from .values import attribute

Selector: TypeAlias = Sequence[str]


class Pool:
    """What nodes have put out, and the variables of the system, the environment and the conversation."""

    def __init__(self) -> None:
        self._values: dict[str, dict[str, Any]] = {}

    def put(self, node_id: str, outputs: Mapping[str, Any]) -> None:
        """Keep what a node puts out."""
        self._values.setdefault(node_id, {}).update(outputs)

    def forget(self, node_ids: Iterable[str]) -> None:
        """Drop what nodes have put out: another round begins."""
        for node_id in node_ids:
            self._values.pop(node_id, None)

    def find(self, selector: Selector) -> tuple[bool, Any]:
        """Whether there is such a variable, and its value."""
        if len(selector) < 2:
            return False, None
        found, value = attribute(self._values.get(selector[0], {}), selector[1])
        for name in selector[2:]:
            if not found:
                break
            found, value = attribute(value, name)
        return found, value

    def has(self, selector: Selector) -> bool:
        """Whether there is such a variable."""
        return self.find(selector)[0]

    def get(self, selector: Selector) -> Any:
        """The value of a variable; None where there is none."""
        return self.find(selector)[1]

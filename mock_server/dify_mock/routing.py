"""A trie of path segments: any of a thousand routes in as many steps as it has segments."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final, Generic, TypeVar

from dify_sdk._plan import PLACEHOLDER

T = TypeVar("T")

UUID: Final = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


@dataclass
class _Node(Generic[T]):
    names: dict[str, _Node[T]] = field(default_factory=lambda: {})  # noqa: PIE807  # a type for the checkers
    mixed: dict[str, tuple[re.Pattern[str], _Node[T]]] = field(default_factory=lambda: {})  # noqa: PIE807  # the same; {name}.{other}
    uuid: _Node[T] | None = None  # {name:uuid}
    one: _Node[T] | None = None  # {name}
    many: _Node[T] | None = None  # {name:path}
    found: dict[str, tuple[T, tuple[str, ...]]] = field(default_factory=lambda: {})  # noqa: PIE807  # the same


class Router(Generic[T]):
    """Fixed names before placeholders, the narrower placeholder before the wider; a segment may hold several."""

    def __init__(self) -> None:
        self._root: _Node[T] = _Node()

    def add(self, verb: str, path: str, target: T) -> None:
        """Put a route in; its placeholders are those of declarations."""
        node, names = self._root, list[str]()
        for segment in path[1:].split("/"):
            placeholder = PLACEHOLDER.fullmatch(segment)
            if placeholder is None:
                found = PLACEHOLDER.findall(segment)
                names += [name for name, _ in found]
                node = node.mixed.setdefault(segment, (_pattern(segment), _Node()))[1] if found else node.names.setdefault(segment, _Node())
                continue
            names.append(placeholder[1])
            kind = {"path": "many", "uuid": "uuid"}.get(placeholder[2] or "", "one")
            child: _Node[T] = getattr(node, kind) or _Node[T]()
            setattr(node, kind, child)
            node = child
        node.found[verb] = (target, tuple(names))

    def find(self, verb: str, segments: list[str]) -> tuple[T, dict[str, str]] | set[str]:
        """The target and its path arguments, or the verbs that the path does have."""
        if end := self._walk(self._root, segments, 0, verb):
            target, names = end[0].found[verb]
            return target, dict(zip(names, end[1], strict=True))
        other = self._walk(self._root, segments, 0, None)
        return set(other[0].found) if other else set()

    def _walk(self, node: _Node[T], segments: list[str], at: int, verb: str | None) -> tuple[_Node[T], list[str]] | None:
        if at == len(segments):
            return (node, []) if (verb in node.found if verb else node.found) else None
        here = segments[at]
        if (child := node.names.get(here)) and (end := self._walk(child, segments, at + 1, verb)):
            return end
        for pattern, child in node.mixed.values():
            if (found := pattern.fullmatch(here)) and (end := self._walk(child, segments, at + 1, verb)):
                return end[0], [*found.groups(), *end[1]]
        narrow = node.uuid if UUID.fullmatch(here) else None
        for child in (narrow, node.one):
            if child and here and (end := self._walk(child, segments, at + 1, verb)):
                return end[0], [here, *end[1]]
        if node.many:
            for upto in range(len(segments), at, -1):
                if end := self._walk(node.many, segments, upto, verb):
                    return end[0], ["/".join(segments[at:upto]), *end[1]]
        return None


def _pattern(segment: str) -> re.Pattern[str]:
    """A segment that holds more than a placeholder."""
    written, at = "", 0
    for found in PLACEHOLDER.finditer(segment):
        written += f"{re.escape(segment[at : found.start()])}({UUID.pattern if found[2] == 'uuid' else '.+'})"
        at = found.end()
    return re.compile(written + re.escape(segment[at:]))

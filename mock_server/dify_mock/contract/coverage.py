"""How much of the route table is declared, answered by the mock, and called by a story."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from importlib import import_module
from typing import Any, Final

from dify_sdk import _registry

from . import upstream

TIERS: Final = ("service", "web", "console", "openapi", "files", "mcp", "inner", "triggers", "bisheng")


@dataclass(frozen=True)
class Tally:
    """The operations of a tier by what is there of them. All but the first are parts of the first."""

    operations: frozenset[str]
    declared: frozenset[str]
    handwritten: frozenset[str]
    sampled: frozenset[str]
    stories: frozenset[str]


def tally(tier: str) -> Tally:
    """The operations of a tier, by contract id."""
    known = frozenset(upstream.operations(tier))
    declared = known & _declared(tier)
    handwritten, sampled = _answered(tier)
    told = frozenset(one.partition(".")[2] for one in upstream.stories() if one.startswith(f"{tier}."))
    return Tally(known, declared, known & handwritten, known & sampled, known & told)


def as_json() -> str:
    """The numbers, for machines."""
    return json.dumps({"tiers": {tier: _counts(tier) for tier in TIERS}})


def as_table() -> str:
    """The numbers, to be read."""
    names = ("tier", *Tally.__dataclass_fields__)
    rows = [names, *((tier, *map(str, _counts(tier).values())) for tier in TIERS)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(names))]
    return "\n".join("  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)


def missing() -> str:
    """What is not there yet, one operation a line."""
    lines: list[str] = []
    for tier in TIERS:
        found = tally(tier)
        answered = found.handwritten | found.sampled
        for operation in sorted(found.operations):
            lacks = [
                word
                for word, there in (("declaration", found.declared), ("answer of the mock", answered), ("story", found.stories))
                if operation not in there
            ]
            if lacks:
                lines.append(f"{tier}.{operation}: no {', no '.join(lacks)}")
    return "\n".join(lines)


def _counts(tier: str) -> dict[str, int]:
    sets: dict[str, Any] = asdict(tally(tier))
    return {name: len(found) for name, found in sets.items()}


def _declared(tier: str) -> frozenset[str]:
    """Operations that a client has a method for; where the server only streams, the other method is a flow."""
    if tier not in _registry.tiers():
        return frozenset()
    return frozenset((*(one.contract_id for one in _registry.operations(tier)), *(one.path for one in _registry.flows(tier))))


def _answered(tier: str) -> tuple[frozenset[str], frozenset[str]]:
    """Operations of which every declaration, the streaming twin too, has a handler: one written by hand, or a sample."""
    from ..registry import HANDLERS
    from ..server import PREFIXES

    if tier not in PREFIXES:
        return frozenset(), frozenset()
    import_module(f"dify_mock.{tier}")  # registers its handlers
    declared = _registry.operations(tier)
    without = {one.contract_id for one in declared if one.declaration.id not in HANDLERS}
    sampled = {one.contract_id for one in declared if one.contract_id not in without and HANDLERS[one.declaration.id].sampled}
    return frozenset(one.contract_id for one in declared) - without - sampled, frozenset(sampled)

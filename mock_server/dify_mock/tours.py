"""How far newcomers have come on the tour that shows them around."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Tour:
    """The tour of an account."""

    is_skipped: bool = False
    completed: list[str] = field(default_factory=list[str])
    """The parts that were done, in their order."""
    enabled: list[str] = field(default_factory=list[str])
    """The workspaces where it was switched on."""
    disabled: list[str] = field(default_factory=list[str])
    updated_at: float | None = None


def put(one: str, into: list[str], out_of: list[str] | None = None) -> None:
    """Put something into a list once, and take it out of another."""
    if one not in into:
        into.append(one)
    if out_of and one in out_of:
        out_of.remove(one)

"""News that a cloud has for everybody, until they want to see them no more."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Notice:
    """Something that is new."""

    id: str
    title: str
    body: str
    subtitle: str = ""
    picture: str = ""
    """The address of a picture beside the title."""
    frequency: str = "once"
    dismissed_by: set[str] = field(default_factory=set[str])
    """The ids of accounts."""

"""What the inner tier knows beside the world: the keys that the parts of a server share, and mail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .ids import Ids


@dataclass(frozen=True)
class Mail:
    """A mail that went out."""

    to: tuple[str, ...]
    subject: str
    body: str
    substitutions: Mapping[str, Any] = field(default_factory=dict[str, Any], repr=False)


@dataclass
class Interior:
    """The keys, for an enterprise's management and for plugins; and the mail, the newest last."""

    key: str = field(repr=False)
    plugin_key: str = field(repr=False)
    is_open: bool = True
    """Whether an enterprise's management may ask at all."""
    mail: list[Mail] = field(default_factory=list[Mail])

    @classmethod
    def of(cls, ids: Ids) -> Interior:
        """With keys of its own."""
        return cls(f"inner-{ids.token(24)}", f"plugin-{ids.token(24)}")

"""A mock of the Dify platform, with real state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .mock import Credentials, MockServer

__all__ = ["Credentials", "MockServer"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    from . import mock

    return getattr(mock, name)

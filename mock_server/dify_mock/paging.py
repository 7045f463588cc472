"""Pages, cut as the real server cuts them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol, TypeVar

from dify_sdk._models import Listing

from .refusals import not_found


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=_Identified)
R = TypeVar("R")


def after(rows: Sequence[T], last_id: str | None, limit: int, *, missing: str) -> tuple[Sequence[T], bool]:
    """The rows that follow one, and whether more follow them."""
    begin = 0
    if last_id:
        begin = next((at + 1 for at, one in enumerate(rows) if one.id == last_id), 0)
        if not begin:
            raise not_found(missing)
    return rows[begin : begin + limit], begin + limit < len(rows)


def before(rows: Sequence[T], first_id: str | None, limit: int, *, missing: str) -> tuple[Sequence[T], bool]:
    """The rows just before one (or the last rows), oldest first, and whether there are older ones."""
    end = len(rows)
    if first_id:
        end = next((at for at, one in enumerate(rows) if one.id == first_id), -1)
        if end < 0:
            raise not_found(missing)
    begin = max(0, end - limit)
    return rows[begin:end], begin > 0


def numbered(rows: Sequence[R], page: int, limit: int, *, most: int = 100, exact: bool = True) -> Listing[Any]:
    """A page by its number. Where the server is not exact, a full page always promises another."""
    size = min(limit, most)
    cut = list(rows[(page - 1) * size : page * size])
    has_more = page * size < len(rows) if exact else len(cut) == limit
    return Listing(data=cut, has_more=has_more, limit=limit, page=page, total=len(rows))

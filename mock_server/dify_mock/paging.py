"""Pages, cut as the real server cuts them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, Protocol, TypeVar

from pydantic import PrivateAttr

from dify_sdk._models import Listing

from .refusals import not_found


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


_MOST: Final = 100  # items of a page

T = TypeVar("T", bound=_Identified)
R = TypeVar("R")


@dataclass(frozen=True)
class Slice(Generic[R]):
    """The rows of a page, and where in the list they lie. Pages are numbered as they are walked, from 1."""

    rows: Sequence[R]
    total: int
    page: int
    limit: int
    has_next: bool

    def listing(self, data: Iterable[Any], **told: Any) -> Listing[Any]:
        """The page as the wire has it: the items, and what the operation tells of the page."""
        listing = _Placed(data=list(data), **told)
        listing._slice = self
        return listing


class _Placed(Listing[Any]):
    """A page that knows where it lies."""

    _slice: Slice[Any] = PrivateAttr()


def slice_of(listing: Listing[Any]) -> Slice[Any]:
    """Where a page lies in its list; by its own words, where it was not cut here. The total counts more than a promise of more."""
    if isinstance(listing, _Placed):
        return listing._slice
    count, page = len(listing.data), listing.page or 1
    limit = listing.limit or count
    has_next = bool(listing.has_more) if listing.total is None else page * min(limit, _MOST) < listing.total
    return Slice(listing.data, listing.total or count, page, limit, has_next)


def after(rows: Sequence[T], last_id: str | None, limit: int, *, missing: str) -> Slice[T]:
    """The rows that follow one."""
    begin = 0
    if last_id:
        begin = next((at + 1 for at, one in enumerate(rows) if one.id == last_id), 0)
        if not begin:
            raise not_found(missing)
    return Slice(rows[begin : begin + limit], len(rows), _page(begin, limit), limit, begin + limit < len(rows))


def before(rows: Sequence[T], first_id: str | None, limit: int, *, missing: str) -> Slice[T]:
    """The rows just before one (or the last rows), oldest first; the older ones are the next page."""
    end = len(rows)
    if first_id:
        end = next((at for at, one in enumerate(rows) if one.id == first_id), -1)
        if end < 0:
            raise not_found(missing)
    begin = max(0, end - limit)
    return Slice(rows[begin:end], len(rows), _page(len(rows) - end, limit), limit, begin > 0)


def at(rows: Sequence[R], page: int, limit: int, *, most: int = _MOST) -> Slice[R]:
    """The rows of a page by its number."""
    size = min(limit, most)
    return Slice(rows[(page - 1) * size : page * size], len(rows), page, limit, page * size < len(rows))


def numbered(rows: Sequence[R], page: int, limit: int, *, most: int = _MOST, exact: bool = True) -> Listing[Any]:
    """A page by its number. Where the server is not exact, a full page always promises another."""
    cut = at(rows, page, limit, most=most)
    return cut.listing(cut.rows, has_more=cut.has_next if exact else len(cut.rows) == limit, limit=limit, page=page, total=cut.total)


def _page(skipped: int, limit: int) -> int:
    """The number of the page that begins after so many rows."""
    return -(-skipped // limit) + 1

"""Pages, and the walk from one to the next."""

from __future__ import annotations

from collections.abc import AsyncIterator, Generator, Iterator
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from ._call import Call
    from ._core import AsyncCore, SyncCore
    from ._models import Listing

T = TypeVar("T")


class _Page(Generic[T]):
    """One page, without I/O. What else the reply holds is an attribute too."""

    def __init__(self, call: Call, listing: Listing[T]) -> None:
        self._call = call
        self.listing = listing
        self._walked: frozenset[object] = frozenset()  # the marks of the pages before

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._call.declaration.id}: {len(self.data)} items, has_more={self.has_more}>"

    def __getattr__(self, name: str) -> Any:
        if name in {"_call", "listing"}:  # a copy in the making has none yet
            raise AttributeError(name)
        return getattr(self.listing, name)

    @property
    def data(self) -> list[T]:
        """The items of this page."""
        return self.listing.data

    @property
    def has_more(self) -> bool:
        """Whether the server says that there are more; a walk also looks at the numbers."""
        return bool(self.listing.has_more)

    @property
    def total(self) -> int | None:
        """The number of items on all pages, where the server tells it."""
        return self.listing.total

    def _next_call(self) -> Call | None:
        """The call for the page after this one, within what the server takes. The signature tells how the list is paged."""
        if not self.data:
            return None
        arguments, given = self._call.declaration.plan.arguments, self._call.given
        changes: dict[str, Any] = {}
        limit = given.get("limit")
        most = arguments["limit"].most if "limit" in arguments else None
        if limit and most and limit > most:
            limit = changes["limit"] = most
        if "cursor" in arguments:
            return self._call_from("cursor", getattr(self.listing, "next_cursor", None), changes)
        if "first_id" in arguments:
            return self._call_from("first_id", _id(self.data[0]) if self.has_more else None, changes)
        if "last_id" in arguments:
            return self._call_from("last_id", _id(self.data[-1]) if self.has_more else None, changes)
        if "page" not in arguments:
            return None
        first = 0 if arguments["page"].default == 0 else 1
        page = int(given.get("page") or self.listing.page or first)
        size = self.listing.limit or limit or arguments["limit"].default
        if self.listing.total is not None:
            more = (page + 1 - first) * min(size, most or size) < self.listing.total
        else:
            more = self.has_more if self.listing.has_more is not None else len(self.data) >= size
        return self._call.with_given(**changes, page=page + 1) if more else None

    def _call_from(self, name: str, cursor: str | None, changes: dict[str, Any]) -> Call | None:
        """The call that goes on from a cursor; none where it leads nowhere, or back to this page."""
        if not cursor or self._call.given.get(name) == cursor:
            return None
        return self._call.with_given(**changes, **{name: cursor})

    def _mark(self) -> object:
        """What tells this page from others, where nothing but the server's word ends the walk."""
        if not self.data or self.total is not None:
            return None
        return hash(tuple(_id(item) or str(item) for item in self.data))

    def _follows(self, before: _Page[T]) -> bool:
        """Whether this page is a new one. A server that repeats itself would keep us walking for ever."""
        self._walked = before._walked | {before._mark()}
        return self._mark() is None or self._mark() not in self._walked


class Page(_Page[T]):
    """One page of a list; iterating it goes on through all that follow."""

    def next_page(self) -> Page[T] | None:
        """Ask for the page after this one; None where this is the last."""
        core: SyncCore = self._call.core
        if (call := self._next_call()) is None:
            return None
        page: Page[T] = call.read(core.run(call.steps()))
        return page if page._follows(self) else None

    def pages(self) -> Iterator[Page[T]]:
        """Walk through this page and all that follow."""
        page: Page[T] | None = self
        while page is not None:
            yield page
            page = page.next_page()

    def __iter__(self) -> Iterator[T]:
        for page in self.pages():
            yield from page.data


class AsyncPage(_Page[T]):
    """One page of a list; iterating it goes on through all that follow."""

    async def next_page(self) -> AsyncPage[T] | None:
        """Ask for the page after this one; None where this is the last."""
        core: AsyncCore = self._call.core
        if (call := self._next_call()) is None:
            return None
        page: AsyncPage[T] = call.read(await core.run(call.steps()))
        return page if page._follows(self) else None

    async def pages(self) -> AsyncIterator[AsyncPage[T]]:
        """Walk through this page and all that follow."""
        page: AsyncPage[T] | None = self
        while page is not None:
            yield page
            page = await page.next_page()

    async def __aiter__(self) -> AsyncIterator[T]:
        async for page in self.pages():
            for item in page.data:
                yield item


class AsyncPages(Generic[T]):
    """A list not yet asked for: `page = await it`, or `async for item in it`."""

    def __init__(self, call: Call) -> None:
        self._call = call

    async def _first(self) -> AsyncPage[T]:
        core: AsyncCore = self._call.core
        page: AsyncPage[T] = self._call.read(await core.run(self._call.steps()))
        return page

    def __await__(self) -> Generator[Any, Any, AsyncPage[T]]:
        return self._first().__await__()

    async def __aiter__(self) -> AsyncIterator[T]:
        async for item in await self._first():
            yield item


def _id(item: object) -> str | None:
    found: str | None = getattr(item, "id", None)
    return found

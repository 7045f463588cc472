"""Pages, and the walk from one to the next."""

import copy
import pickle

import pytest

from dify_sdk import APIStatusError, AsyncConsoleClient, ConsoleClient
from unit.twins import ROOT, UUID, Server, Twin, all_of, answer, close, got, on_trio_too

pytestmark = pytest.mark.anyio


def rows(*names):
    return [{"id": name, "name": name, "conversation_id": "c", "query": "q", "answer": "a", "rating": "like"} for name in names]


def page(*names, **more):
    return lambda _: answer({"data": rows(*names)} | more)


def ids(items):
    return [item.id for item in items]


def console(twin, server):
    """A client of the console, where lists are paged in more ways than elsewhere."""
    made = AsyncConsoleClient if twin.is_async else ConsoleClient
    return made(access_token="token", base_url=ROOT, http_client=twin.http(server))


async def walk(twin, server, **given):
    """The ids of all conversations."""
    return ids(await all_of(twin.client(server).conversations.list(**given)))


class TestCursors:
    async def test_a_walk_by_last_id_goes_on_from_the_last_item(self, twin):
        server = Server(page("a", "b", has_more=True), page("c", has_more=False))

        assert await walk(twin, server, limit=2) == ["a", "b", "c"]
        assert server.routes == ["GET /v1/conversations?user=ada&limit=2", "GET /v1/conversations?user=ada&last_id=b&limit=2"]

    async def test_a_walk_by_first_id_goes_back_from_the_first_item(self, twin):
        server = Server(page("c", "d", has_more=True), page("a", "b", has_more=False))

        messages = await all_of(twin.client(server).messages.list(conversation_id=UUID))

        assert ids(messages) == ["c", "d", "a", "b"]
        assert server.asked[1].url.params["first_id"] == "c"

    async def test_an_empty_page_ends_the_walk_whatever_the_server_says(self, twin):
        server = Server(page("a", has_more=True), page(has_more=True))

        assert await walk(twin, server) == ["a"]

    async def test_the_other_arguments_stay(self, twin):
        server = Server(page("a", has_more=True), page("b", has_more=False))

        await walk(twin, server, user="bob", sort_by="created_at")

        assert dict(server.asked[1].url.params) == {"user": "bob", "last_id": "a", "sort_by": "created_at"}

    async def test_a_server_that_gives_the_same_page_again_ends_the_walk(self, twin):
        server = Server(page("a", "b", has_more=True), page("a", "b", has_more=True))

        assert await walk(twin, server) == ["a", "b"]

    async def test_a_server_that_goes_in_circles_ends_the_walk(self, twin):
        server = Server(page("a", has_more=True), page("b", has_more=True), page("a", has_more=True))

        assert await walk(twin, server) == ["a", "b"]

    async def test_a_cursor_that_leads_to_itself_is_not_asked_for(self, twin):
        server = Server(page("b", has_more=True))

        assert await walk(twin, server, last_id="b") == ["b"]


class TestCursorsOfTheServer:
    """The server says where the next page begins."""

    def page(self, *names, **more):
        apps = [{"id": name, "app": {"id": name, "name": name, "mode": "chat"}} for name in names]
        return lambda _: answer({"installed_apps": apps} | more)

    async def walk(self, twin, server, **given):
        return ids(await all_of(console(twin, server).installed_apps.list(**given)))

    async def test_a_walk_goes_on_from_where_the_server_says(self, twin):
        server = Server(self.page("a", "b", has_more=True, next_cursor="after b"), self.page("c", has_more=False, next_cursor=None))

        assert await self.walk(twin, server, limit=2, name="x") == ["a", "b", "c"]
        assert [dict(one.url.params) for one in server.asked] == [
            {"name": "x", "limit": "2"},
            {"name": "x", "cursor": "after b", "limit": "2"},
        ]

    async def test_a_server_without_cursors_has_one_page(self, twin):
        assert await self.walk(twin, Server(self.page("a", "b"))) == ["a", "b"]

    async def test_an_empty_page_ends_the_walk_whatever_the_server_says(self, twin):
        server = Server(self.page("a", has_more=True, next_cursor="1"), self.page(has_more=True, next_cursor="2"))

        assert await self.walk(twin, server) == ["a"]

    async def test_a_cursor_that_leads_to_itself_is_not_asked_for(self, twin):
        server = Server(self.page("b", has_more=True, next_cursor="1"))

        assert await self.walk(twin, server, cursor="1") == ["b"]

    async def test_a_server_that_gives_the_same_page_again_ends_the_walk(self, twin):
        server = Server(self.page("a", has_more=True, next_cursor="1"), self.page("a", has_more=True, next_cursor="2"))

        assert await self.walk(twin, server) == ["a"]


class TestNumbers:
    async def logs(self, twin, server, **given):
        return ids(await all_of(twin.client(server).workflows.logs.list(**given)))

    async def test_a_walk_by_page_counts_on(self, twin):
        server = Server(page("a", "b", page=1, limit=2, total=3, has_more=True), page("c", page=2, limit=2, total=3, has_more=False))

        assert await self.logs(twin, server, limit=2) == ["a", "b", "c"]
        assert server.routes == ["GET /v1/workflows/logs?limit=2", "GET /v1/workflows/logs?page=2&limit=2"]

    async def test_it_may_begin_anywhere(self, twin):
        server = Server(page("c", page=3, limit=1, total=4), page("d", page=4, limit=1, total=4))

        assert await self.logs(twin, server, page=3, limit=1) == ["c", "d"]

    async def test_the_total_is_believed_more_than_has_more(self, twin):
        too_early = Server(page("a", page=1, limit=1, total=2, has_more=False), page("b", page=2, limit=1, total=2, has_more=False))
        too_late = Server(page("a", page=1, limit=1, total=1, has_more=True))

        assert await self.logs(twin, too_early, limit=1) == ["a", "b"]
        assert await self.logs(twin, too_late, limit=1) == ["a"]

    async def test_later_pages_ask_for_no_more_than_the_server_gives(self, twin):
        """The first request is sent as it is; a server that cuts it to 100 says `has_more: false`."""
        names = [f"{number:03}" for number in range(150)]
        server = Server(
            page(*names[:100], page=1, limit=200, total=150, has_more=False),
            page(*names[100:], page=2, limit=100, total=150, has_more=False),
        )

        found = ids(await all_of(twin.client(server).annotations.list(limit=200)))

        assert found == names
        assert server.routes == ["GET /v1/apps/annotations?limit=200", "GET /v1/apps/annotations?page=2&limit=100"]

    async def test_without_any_sign_a_full_page_has_a_next_one(self, twin):
        server = Server(page("a", "b"), page("c"))

        assert ids(await all_of(twin.client(server).app.feedbacks.list(limit=2))) == ["a", "b", "c"]

    async def test_without_any_sign_a_server_that_ignores_the_number_ends_the_walk(self, twin):
        server = Server(page("a", "b"), page("a", "b"))

        assert ids(await all_of(twin.client(server).app.feedbacks.list(limit=2))) == ["a", "b"]

    async def test_items_that_moved_by_one_page_do_not_end_a_counted_walk(self, twin):
        server = Server(page("a", limit=1, total=2), page("a", limit=1, total=3), page("b", limit=1, total=3))

        assert await self.logs(twin, server, limit=1) == ["a", "a", "b"]


class TestNumbersFromZero:
    async def schools(self, twin, server):
        return await all_of(console(twin, server).account.education.autocomplete(keywords="s", limit=2))

    async def test_the_page_after_the_first_is_number_one(self, twin):
        server = Server(
            answer({"data": ["a", "b"], "curr_page": 0, "has_next": True}), answer({"data": ["c"], "curr_page": 1, "has_next": False})
        )

        assert await self.schools(twin, server) == ["a", "b", "c"]
        assert [one.url.params.get("page") for one in server.asked] == [None, "1"]

    async def test_a_server_that_says_nothing_of_pages_is_counted_along(self, twin):
        server = Server(answer({"data": ["a", "b"]}), answer({"data": ["c", "d"]}), answer({"data": ["e"]}))

        assert await self.schools(twin, server) == ["a", "b", "c", "d", "e"]
        assert [one.url.params.get("page") for one in server.asked] == [None, "1", "2"]

    async def test_a_total_ends_the_walk(self, twin):
        server = Server(answer({"data": ["a", "b"], "total": 4}), answer({"data": ["c", "d"], "total": 4}))

        assert await self.schools(twin, server) == ["a", "b", "c", "d"]


class TestOnePage:
    @on_trio_too
    async def test_a_call_answers_the_first_page_alone(self, twin):
        server = Server(page("a", has_more=True, limit=1, extra="kept"))

        first = await got(twin.client(server).conversations.list(limit=1))

        assert ids(first.data) == ["a"]
        assert (first.has_more, first.total, first.limit, first.extra) == (True, None, 1, "kept")
        assert len(server.asked) == 1

    async def test_a_page_leads_to_the_next_and_the_last_to_none(self, twin):
        first = await got(twin.client(Server(page("a", has_more=True), page("b", has_more=False))).conversations.list())

        second = await got(first.next_page())

        assert ids(second.data) == ["b"]
        assert await got(second.next_page()) is None

    async def test_pages_can_be_walked_as_pages(self, twin):
        first = await got(twin.client(Server(page("a", has_more=True), page("b", has_more=False))).conversations.list())

        assert [ids(one.data) for one in await all_of(first.pages())] == [["a"], ["b"]]

    async def test_a_page_that_was_awaited_can_still_be_walked(self, twin):
        first = await got(twin.client(Server(page("a", has_more=True), page("b", has_more=False))).conversations.list())

        assert ids(await all_of(first)) == ["a", "b"]

    async def test_a_refusal_on_the_way_ends_the_walk_with_its_error(self, twin):
        server = Server(page("a", has_more=True), lambda _: answer({"code": "not_found", "message": "gone"}, 404))

        with pytest.raises(APIStatusError, match="gone") as caught:
            await walk(twin, server)

        assert caught.value.__notes__ == ["while calling service.conversations.list (GET /conversations)"]

    async def test_an_asynchronous_list_is_asked_for_only_when_it_is_wanted(self):
        server = Server()

        Twin("async").client(server).conversations.list()

        assert server.asked == []

    async def test_it_says_what_it_is(self, twin):
        first = await got(twin.client(Server(page("a", has_more=False))).conversations.list())

        assert repr(first) == f"<{type(first).__name__} of service.conversations.list: 1 items, has_more=False>"

    async def test_an_attribute_that_no_reply_has_is_an_error(self, twin):
        first = await got(twin.client(Server(page("a"))).conversations.list())

        with pytest.raises(AttributeError, match="nonsense"):
            first.nonsense  # noqa: B018  # reading is the test

    async def test_its_listing_survives_pickle_and_copy_and_the_page_says_why_it_does_not(self, twin):
        first = await got(twin.client(Server(page("a", has_more=False))).conversations.list())

        assert copy.copy(first).listing is first.listing
        assert pickle.loads(pickle.dumps(first.listing)) == copy.deepcopy(first.listing) == first.listing
        with pytest.raises(TypeError, match="holds connections and keys and cannot be pickled"):
            pickle.dumps(first)

    async def test_a_closed_client_walks_no_further(self, twin):
        client = twin.client(Server(page("a", has_more=True)))
        first = await got(client.conversations.list())
        await close(client)

        with pytest.raises(ValueError, match="is closed; make a new one"):
            await got(first.next_page())

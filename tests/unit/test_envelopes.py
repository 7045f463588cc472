"""Envelopes come off whole, and nothing else is touched."""

import json
from itertools import permutations

import hypothesis.strategies as st
import pytest
from hypothesis import given

from dify_sdk import ResponseValidationError, StreamError
from dify_sdk._envelopes import unwrapped, unwrapped_event
from unit.twins import UUID, Server, all_of, answer, got, next_of, streamed

NAMES = ["object", "data", "created", "usage", "pagination", "total", "page", "limit", "has_next", "has_prev"]
ENVELOPE = {"object": "list", "data": {"name": "app"}, "created": 1767603600}
FOR_PAGES = {"success": True, "data": {"name": "app"}, "timestamp": 1767603600.5}
OF_THE_CONSOLE = {**FOR_PAGES, "request_id": "59f9d59a-4750-450f-8923-95571dc4f3b7"}
CHUNK = {"event": "message", "data": {"answer": "hi", "task_id": "t"}, "timestamp": 1767603600.5}
PAGINATION = {"total": 3, "page": 2, "limit": 1, "has_next": True, "has_prev": True}
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.sampled_from(["list", "completion"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES) | st.text(), inner, max_size=6),
)


def opened(body):
    return json.loads(unwrapped(json.dumps(body).encode()))


def is_page(value):
    return isinstance(value, dict) and "pagination" in value


def is_envelope(value):
    return isinstance(value, dict) and {"object", "data", "created"} <= value.keys()


class TestUnwrapped:
    @given(value=json_values.filter(lambda value: not is_page(value)), usage=st.none() | st.just({"total_tokens": 3}), name=st.text())
    def test_a_value_comes_out_as_it_went_in(self, value, usage, name):
        envelope = {"object": "completion" if isinstance(value, str) else "list", "data": value, "created": 1767603600}

        assert opened({**envelope, "usage": usage} if usage else envelope) == value

    @given(value=json_values.filter(lambda value: not is_page(value)), message=st.none() | st.text(), time=st.integers() | st.just(1.5))
    def test_a_value_for_a_page_comes_out_as_it_went_in(self, value, message, time):
        envelope = {"success": True, "data": value, "timestamp": time}

        assert opened({**envelope, "message": message} if message else envelope) == value

    @given(value=json_values.filter(lambda value: not is_page(value)), metadata=st.none() | st.dictionaries(st.text(), json_values))
    def test_a_value_of_the_console_comes_out_as_it_went_in(self, value, metadata):
        envelope = {**OF_THE_CONSOLE, "data": value}

        assert opened({**envelope, "metadata": metadata} if metadata else envelope) == value

    @given(items=st.lists(json_values), beside=st.dictionaries(st.text(min_size=1), json_values, max_size=3))
    def test_a_page_keeps_its_items_and_what_stands_beside_them(self, items, beside):
        beside = {name: value for name, value in beside.items() if name not in {*NAMES, "has_more"}}

        plain = opened({"data": items, "pagination": PAGINATION, **beside})

        assert plain == {"data": items, "has_more": True, "total": 3, "page": 2, "limit": 1, **beside}

    @pytest.mark.parametrize("order", list(permutations(["object", "data", "created", "usage"])))
    def test_the_order_and_the_length_do_not_matter(self, order):
        envelope = {**ENVELOPE, "data": ["x" * 100] * 10_000, "usage": {"total_tokens": 3}}

        assert opened({name: envelope[name] for name in order}) == envelope["data"]
        assert opened({"data": envelope["data"], "pagination": PAGINATION})["total"] == 3

    def test_a_page_of_the_console_is_a_page_like_others(self):
        told = {"success": True, "data": [1], "pagination": PAGINATION, "timestamp": 1767603600.5}

        assert opened(told) == {"data": [1], "has_more": True, "total": 3, "page": 2, "limit": 1}
        assert opened({**told, "success": False})["success"] is False

    @pytest.mark.parametrize("order", list(permutations(OF_THE_CONSOLE)))
    def test_the_order_does_not_matter_to_the_console_either(self, order):
        assert opened({name: OF_THE_CONSOLE[name] for name in order}) == {"name": "app"}

    def test_a_page_may_come_in_an_envelope(self):
        assert opened({**ENVELOPE, "data": {"data": [1], "pagination": PAGINATION}})["total"] == 3

    @given(json_values.filter(lambda value: not is_page(value) and not is_envelope(value)))
    def test_what_is_in_no_envelope_stays_to_the_byte(self, value):
        content = json.dumps(value, indent=1).encode()

        assert unwrapped(content) is content

    @given(st.binary() | st.binary().map(lambda content: b'"pagination" "object" "created"' + content))
    def test_what_is_no_json_stays_too(self, content):
        assert unwrapped(content) is content

    @pytest.mark.parametrize(
        "body",
        [
            {**ENVELOPE, "more": 1},
            {**ENVELOPE, "object": "model"},
            {**ENVELOPE, "object": ["list"]},
            {**ENVELOPE, "created": "2026-01-05"},
            {**ENVELOPE, "created": True},
            {"object": "list", "created": 1, "usage": {}},
            {**FOR_PAGES, "success": False},
            {**FOR_PAGES, "success": 1},
            {**FOR_PAGES, "timestamp": "2026-01-05"},
            {**FOR_PAGES, "timestamp": True},
            {**FOR_PAGES, "trace": "t"},
            {**OF_THE_CONSOLE, "success": None},
            {**OF_THE_CONSOLE, "timestamp": None},
            {"success": True, "timestamp": 1, "request_id": "r"},
            {"success": True, "timestamp": 1},
            {"data": {}, "pagination": PAGINATION},
            {"data": [], "pagination": {**PAGINATION, "more": 1}},
            {"data": [], "pagination": {"has_next": True}},
            {"data": [], "pagination": [1]},
            {"pagination": PAGINATION},
            [ENVELOPE],
            '"object" "created"',
        ],
    )
    def test_what_only_looks_like_one_stays(self, body):
        content = json.dumps(body).encode()

        assert unwrapped(content) is content

    def test_a_body_nested_beyond_reason_stays(self):
        content = b'{"object": "list", "created": 1, "data": ' + b"[" * 100_000

        assert unwrapped(content) is content


class TestUnwrappedEvent:
    @given(st.dictionaries(st.text(), json_values))
    def test_an_event_comes_out_with_its_name(self, data):
        payload = json.dumps({"event": "message", "data": data, "timestamp": 1}).encode()

        assert json.loads(unwrapped_event(payload)) == {**data, "event": "message"}

    @pytest.mark.parametrize("order", list(permutations(CHUNK)))
    def test_the_order_does_not_matter(self, order):
        assert json.loads(unwrapped_event(json.dumps({name: CHUNK[name] for name in order}).encode()))["answer"] == "hi"

    @pytest.mark.parametrize(
        "body",
        [
            {**CHUNK, "task_id": "t"},
            {**CHUNK, "data": "words"},
            {**CHUNK, "timestamp": "now"},
            {**CHUNK, "timestamp": False},
            {"event": "message", "timestamp": 1},
            ["timestamp"],
            "timestamp",
        ],
    )
    def test_what_only_looks_like_one_stays(self, body):
        payload = json.dumps(body).encode()

        assert unwrapped_event(payload) is payload

    @given(st.binary() | st.binary().map(lambda content: b'"timestamp"' + content))
    def test_what_is_no_json_stays_too(self, content):
        assert unwrapped_event(content) is content


@pytest.mark.anyio
class TestClient:
    async def test_events_in_chunks_are_events(self, twin):
        end = {"event": "message_end", "data": {"message_id": "m"}, "timestamp": 2}
        stream = twin.client(Server(streamed(CHUNK, end))).chat.stream(query="hi")

        assert (await got(stream.result())).answer == "hi"

    async def test_a_value_is_a_model(self, twin):
        assert (await got(twin.client(Server(answer(ENVELOPE))).app.info())).name == "app"

    async def test_a_walk_goes_on_where_the_pagination_says_that_there_is_more(self, twin):
        first = answer({"data": [{"id": "a", "name": "a"}], "pagination": PAGINATION})
        second = answer({"data": [{"id": "b", "name": "b"}], "pagination": {**PAGINATION, "page": 3, "has_next": False}})
        server = Server(first, second)

        page = await got(twin.client(server).conversations.list(limit=1))

        assert (page.has_more, page.total, page.page, page.limit) == (True, 3, 2, 1)
        assert [one.id for one in await all_of(page)] == ["a", "b"]
        assert server.asked[1].url.params["last_id"] == "a"

    async def test_a_walk_by_numbers_goes_by_the_total(self, twin):
        logs = [{"id": name, "created_at": 1} for name in "ab"]
        server = Server(
            *(answer({"data": [log], "pagination": {**PAGINATION, "total": 2, "page": page}}) for page, log in enumerate(logs, 1))
        )

        assert [one.id for one in await all_of(twin.client(server).workflows.logs.list(limit=1))] == ["a", "b"]

    async def test_an_answer_instead_of_a_stream_is_a_stream_of_one(self, twin):
        said = {"event": "message", "task_id": "t", "message_id": "m", "conversation_id": "c", "answer": "hi", "mode": "chat"}
        stream = twin.client(Server(answer({**ENVELOPE, "data": said, "usage": {"total_tokens": 3}}))).chat.stream(query="hi")

        assert (await next_of(stream)).answer == "hi"
        assert (await got(stream.result())).message_id == "m"

    async def test_the_raw_response_is_what_came(self, twin):
        raw = await got(twin.client(Server(answer(ENVELOPE))).with_raw_response.app.info())

        assert json.loads(raw.content) == ENVELOPE
        assert raw.parse().name == "app"

    async def test_a_value_of_another_shape_is_told_as_the_value(self, twin):
        with pytest.raises(ResponseValidationError, match="name: Field required") as caught:
            await got(twin.client(Server(answer({**ENVELOPE, "data": {"task_id": "t"}}))).app.info())

        assert (caught.value.body, caught.value.task_id) == ({"task_id": "t"}, "t")

    async def test_a_stream_that_fails_in_words_raises_with_what_had_come(self, twin):
        server = Server(streamed({"event": "message", "answer": "Hel", "task_id": "t"}, {"error": "the model went away"}))

        with pytest.raises(StreamError, match="the model went away") as caught:
            await got(twin.client(server).chat.stream(query="hi").result())

        assert (caught.value.partial.answer, caught.value.task_id) == ("Hel", "t")


DOCUMENTED = [
    lambda client: client.messages.get(UUID),
    lambda client: client.files.get(UUID),
    lambda client: client.files.delete(UUID),
]
NOTE = "no release of Dify has this operation, only servers that keep to the platform's founding documents"


@pytest.mark.anyio
@pytest.mark.parametrize("ask", DOCUMENTED)
class TestWhatOnlyTheDocumentsHave:
    @pytest.mark.parametrize("status", [404, 405])
    @pytest.mark.parametrize("body", [{"code": "not_found", "message": "m"}, "<!doctype html><h1>Not Found</h1>", None])
    async def test_a_server_that_does_not_have_it_is_told(self, twin, ask, status, body):
        with pytest.raises(Exception, match=str(status)) as caught:
            await got(ask(twin.client(Server(answer(body, status)))))

        assert NOTE in caught.value.__notes__

    async def test_a_server_that_has_it_found_nothing(self, twin, ask):
        body = {"error": {"code": "NotFound", "message": "m", "request_id": "r", "type": "api_error"}}

        with pytest.raises(Exception, match="404") as caught:
            await got(ask(twin.client(Server(answer(body, 404)))))

        assert NOTE not in caught.value.__notes__

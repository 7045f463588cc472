"""Event streams: what they come to, how they are read, how they fail, and how they are taken up again."""

import json
import zlib

import anyio
import httpx
import pytest

from dify_sdk import (
    APIStatusError,
    ConfigurationError,
    ResponseValidationError,
    StreamInterruptedError,
    UnknownEvent,
)
from dify_sdk.errors import EventTooLargeError
from dify_sdk.shared.events import AgentThoughtEvent, MessageEvent
from unit.events import (
    PING,
    RUN,
    chat,
    completion,
    error,
    finished,
    kinds,
    message,
    message_end,
    paused,
    replaced,
    started,
    text_chunk,
    thought,
    workflow,
)
from unit.twins import Body, Server, Twin, all_of, answer, close, got, inside, next_of, on_trio_too, sse, streamed

pytestmark = pytest.mark.anyio


class TestReading:
    @on_trio_too
    async def test_events_are_typed_and_come_in_order(self, twin):
        events = await all_of(chat(twin, thought("a", 1), message("x"), PING, ": comment\n\n", message_end()))

        assert kinds(events) == ["agent_thought", "message", "message_end"]
        assert [type(one) for one in events[:2]] == [AgentThoughtEvent, MessageEvent]

    async def test_the_text_comes_piece_by_piece(self, twin):
        stream = chat(twin, message("Hel"), thought("a", 1), message(""), message("lo"), replaced("Hello!"), replaced("No."), message_end())

        assert await all_of(stream.text_deltas()) == ["Hel", "lo", "!"]
        assert (await got(stream.result())).answer == "No."

    async def test_the_text_of_a_workflow_comes_piece_by_piece_too(self, twin):
        assert await all_of(workflow(twin, started(), text_chunk("a"), text_chunk("b"), finished()).text_deltas()) == ["a", "b"]

    async def test_nothing_is_sent_before_it_is_wanted(self, twin):
        server = Server(streamed(message("x"), message_end()))
        stream = twin.client(server).chat.stream(query="hi")
        assert server.asked == []

        async with inside(stream):
            assert len(server.asked) == 1
            assert stream.response.status_code == 200

    async def test_wrong_arguments_are_noticed_at_the_call(self, twin):
        with pytest.raises(
            TypeError, match=r"ServiceClient\.chat\.stream\(\) got an unexpected keyword argument 'qury'; did you mean 'query'\?"
        ):
            twin.client().chat.stream(qury="hi")

    async def test_it_can_be_read_in_parts(self, twin):
        stream = chat(twin, message("a"), message("b"), message("c"), message_end())

        await next_of(stream)
        async with inside(stream):
            events = stream.__aiter__() if twin.is_async else iter(stream)
            assert (await next_of(events)).answer == "b"
            assert (await got(stream.result())).answer == "abc"
            assert (await got(stream.result())).answer == "abc"

    async def test_an_event_of_a_newer_server_is_kept_with_its_raw_text(self, twin):
        new = {"event": "brand_new", "data": {"a": [1]}, "task_id": "t-9"}

        stream = chat(twin, new, message("x"), message_end())
        events = await all_of(stream)

        assert isinstance(events[0], UnknownEvent)
        assert (events[0].event, events[0].data) == ("brand_new", {"a": [1]})
        assert json.loads(events[0].raw) == new
        assert stream.task_id == "t-9"

    async def test_a_known_event_of_a_new_shape_is_kept_as_an_unknown_one(self, twin):
        odd = message({"parts": ["x"]})

        events = await all_of(chat(twin, odd, message_end()))

        assert isinstance(events[0], UnknownEvent)
        assert (events[0].event, json.loads(events[0].raw)) == ("message", odd)

    @pytest.mark.parametrize(
        ("follow", "odd"),
        [
            (chat, message_end(metadata="odd")),
            (completion, message_end(metadata="odd")),
            (workflow, finished(outputs="odd")),
            (workflow, paused() | {"data": 5}),
        ],
    )
    async def test_an_end_of_a_new_shape_is_an_end_all_the_same(self, twin, follow, odd):
        stream = follow(twin, started() if follow is workflow else message("x"), odd)

        assert isinstance((await all_of(stream))[-1], UnknownEvent)
        assert await got(stream.result()) == stream.partial

    @pytest.mark.parametrize("raw", ["5", "[]", '"text"', "not json", "", '{"event": 5}', '{"event":"x","raw":5}'])
    async def test_a_record_that_is_no_event_is_kept_as_it_came(self, twin, raw):
        events = await all_of(chat(twin, f"data: {raw}\n\n", message_end()))

        assert [events[0].raw, kinds(events)[1]] == [raw, "message_end"]

    async def test_half_an_event_at_the_end_is_no_event(self, twin):
        stream = chat(twin, message("x"), b'data: {"event":"mess')

        assert (await next_of(stream)).answer == "x"
        with pytest.raises(StreamInterruptedError):
            await next_of(stream)

    @pytest.mark.parametrize("end", ["", "\n\n"])
    async def test_a_record_nested_beyond_reason_harms_nothing(self, twin, end):
        nested = "[" * 100_000

        assert (await got(chat(twin, message("x"), message_end(), f"data: {nested}{end}").result())).answer == "x"

    async def test_a_compressed_stream_is_read_as_it_comes(self, twin):
        packer = zlib.compressobj(wbits=31)
        pieces = [packer.compress(sse(event)) + packer.flush(zlib.Z_SYNC_FLUSH) for event in (message("a"), message("b"), message_end())]
        stream = twin.client(Server(streamed(*pieces, content_encoding="gzip"))).chat.stream(query="hi")

        assert (await next_of(stream)).answer == "a"
        assert (await got(stream.result())).answer == "ab"

    async def test_a_done_record_ends_it(self, twin):
        server = Server(streamed(message("x"), message_end(), "data: [DONE]\n\n", message("never")))
        stream = twin.client(server).chat.stream(query="hi")

        assert kinds(await all_of(stream)) == ["message", "message_end"]

    async def test_a_done_record_does_not_make_half_a_run_whole(self, twin):
        with pytest.raises(StreamInterruptedError):
            await got(chat(twin, message("x"), "data: [DONE]\n\n").result())

    async def test_an_event_beyond_the_limit_is_an_error_that_says_how_to_raise_it(self, twin):
        client = twin.client(Server(streamed(message("x"), b"data: " + b"x" * 300))).with_options(max_event_bytes=200)

        with pytest.raises(EventTooLargeError, match="max_event_bytes") as caught:
            await got(client.chat.stream(query="hi").result())

        assert caught.value.partial.answer == "x"
        assert caught.value.task_id == "t-1"


class TestPlain:
    """A server, or a proxy before it, that answers JSON where a stream was asked for."""

    async def test_a_chat_is_a_stream_of_one_result(self, twin):
        body = {"event": "message", "answer": "whole", "task_id": "t-1", "message_id": "m-1", "conversation_id": "c-1", "mode": "chat"}
        stream = twin.client(Server(answer(body))).chat.stream(query="hi")

        assert await all_of(stream.text_deltas()) == ["whole"]
        assert (await got(stream.result())).answer == "whole"
        assert (stream.task_id, stream.conversation_id) == ("t-1", "c-1")

    async def test_a_workflow_is_a_stream_of_one_result(self, twin):
        body = {"task_id": "t-1", "workflow_run_id": RUN, "data": {"id": RUN, "status": "succeeded", "outputs": {"a": 1}}}
        stream = twin.client(Server(answer(body))).workflows.stream()

        events = await all_of(stream)

        assert len(events) == 1
        assert (await got(stream.result())).outputs == {"a": 1}
        assert stream.workflow_run_id == RUN

    async def test_an_answer_of_another_shape_is_an_error_that_keeps_it(self, twin):
        with pytest.raises(ResponseValidationError) as caught:
            await got(twin.client(Server(answer({"answer": ["odd"], "message_id": "m-1"}))).chat.stream(query="hi").result())

        assert caught.value.body == {"answer": ["odd"], "message_id": "m-1"}
        assert caught.value.message_id == "m-1"


class TestLeaving:
    async def test_leaving_the_block_hangs_up(self, twin):
        body = Body(sse(message("a")), sse(message("b")))
        stream = twin.client(Server(httpx.Response(200, stream=body))).chat.stream(query="hi")

        async with inside(stream):
            await next_of(stream)

        assert body.closed
        assert body.given == 1

    async def test_leaving_before_the_first_event_hangs_up(self, twin):
        body = Body(sse(message("a")))

        async with inside(twin.client(Server(httpx.Response(200, stream=body))).chat.stream(query="hi")):
            pass

        assert body.closed

    async def test_a_stream_that_was_never_opened_can_be_closed(self, twin):
        await close(twin.client(Server()).chat.stream(query="hi"))

    async def test_dropping_hangs_up(self, twin):
        body = Body(sse(message("a")), sse(message("b")))
        stream = twin.client(Server(httpx.Response(200, stream=body))).chat.stream(query="hi")
        await next_of(stream)

        del stream
        await anyio.wait_all_tasks_blocked()  # an asynchronous generator is closed by its event loop

        assert body.closed

    async def test_another_task_may_hang_up(self):
        waiting = anyio.Event()

        class Endless(httpx.AsyncByteStream):
            async def __aiter__(self):
                yield sse(message("a"))
                waiting.set()
                await lost.wait()
                raise httpx.ReadError("closed")

            async def aclose(self):
                lost.set()

        async def read():
            with pytest.raises(StreamInterruptedError) as caught:
                await stream.result()
            failures.append(caught.value)

        lost, failures = anyio.Event(), []
        stream = Twin("async").client(Server(httpx.Response(200, stream=Endless()))).chat.stream(query="hi")
        async with anyio.create_task_group() as group:
            group.start_soon(read)
            await waiting.wait()
            await stream.aclose()

        assert failures[0].partial.answer == "a"

    async def test_the_end_closes_the_body(self, twin):
        body = Body(sse(message("a"), message_end()))

        await got(twin.client(Server(httpx.Response(200, stream=body))).chat.stream(query="hi").result())

        assert body.closed


class TestStop:
    async def test_the_user_of_the_client_stops_too(self, twin):
        server = Server(streamed(message("a"), message_end()), answer({"result": "success"}))
        stream = twin.client(server).chat.stream(query="hi")
        await next_of(stream)

        await got(stream.stop())

        assert server.bodies[1] == {"user": "ada"}
        await close(stream)

    async def test_the_stream_goes_on_to_the_end_that_the_server_gives_it(self, twin):
        server = Server(streamed(message("half"), message_end()), answer({"result": "success"}))
        stream = twin.client(server).chat.stream(query="hi")
        await next_of(stream)
        await got(stream.stop())

        assert (await got(stream.result())).answer == "half"

    async def test_before_the_first_event_there_is_nothing_to_stop(self, twin):
        with pytest.raises(ConfigurationError, match="not known before the first event"):
            await got(chat(twin).stop())

    async def test_a_run_that_is_only_followed_has_no_task_to_stop(self, twin):
        with pytest.raises(ConfigurationError, match="no task to stop"):
            await got(twin.client(Server()).workflows.events(RUN).stop())


class TestRecords:
    """`iter_sse`: the events as they stand on the wire."""

    @on_trio_too
    async def test_they_come_as_they_are_pings_too(self, twin):
        stream = chat(twin, PING, message("x"), "id: 7\nevent: e\nretry: 9\ndata: a\ndata: b\n\n", "data: last")

        found = [(one.event, one.data, one.id, one.retry) for one in await all_of(stream.iter_sse())]

        assert found[0] == ("ping", "", "", None)
        assert json.loads(found[1][1]) == message("x")
        assert found[2:] == [("e", "a\nb", "7", 9), ("message", "last", "7", None)]

    async def test_an_error_event_is_a_record_like_any_other(self, twin):
        assert [json.loads(one.data)["event"] for one in await all_of(chat(twin, error("x", 400)).iter_sse())] == ["error"]

    async def test_a_plain_answer_is_one_record(self, twin):
        (found,) = await all_of(twin.client(Server(answer({"answer": "whole"}))).chat.stream(query="hi").iter_sse())

        assert json.loads(found.data) == {"answer": "whole"}

    async def test_a_cut_is_told_in_our_words(self, twin):
        with pytest.raises(StreamInterruptedError, match="reset"):
            await all_of(chat(twin, message("x"), httpx.ReadError("reset")).iter_sse())

    async def test_a_refusal_is_raised_as_ever(self, twin):
        with pytest.raises(APIStatusError, match="400"):
            await all_of(twin.client(Server(answer(status=400))).chat.stream(query="hi").iter_sse())

    async def test_the_end_closes_the_body(self, twin):
        body = Body(sse(message("x")))

        await all_of(twin.client(Server(httpx.Response(200, stream=body))).chat.stream(query="hi").iter_sse())

        assert body.closed


async def test_two_streams_of_one_client_do_not_mix():
    client = Twin("async").client(lambda _: streamed(message("a"), message("b"), message_end()))
    answers = []

    async def talk():
        answers.append((await client.chat.stream(query="hi").result()).answer)

    async with anyio.create_task_group() as group:
        for _ in range(20):
            group.start_soon(talk)

    assert answers == ["ab"] * 20

"""Event streams: what they come to, how they are read, how they fail, and how they are taken up again."""

import base64
import copy
import json
import pickle
import zlib

import anyio
import httpx
import pytest

from dify_sdk import (
    APIConnectionError,
    APIStatusError,
    APITimeoutError,
    ConfigurationError,
    NotFoundError,
    ResponseValidationError,
    StreamError,
    StreamInterruptedError,
    Timeout,
    UnknownEvent,
    WorkflowFailedError,
    errors,
)
from dify_sdk.errors import EventTooLargeError, StreamTimeoutError
from dify_sdk.shared.events import AgentThoughtEvent, MessageEvent
from dify_sdk.shared.runs import ChatReply, CompletionReply, WorkflowRun
from unit.events import (
    CHATFLOW,
    PING,
    RUN,
    agent_message,
    error,
    finished,
    form_required,
    made_file,
    message,
    message_end,
    node_finished,
    node_started,
    paused,
    reasoning,
    replaced,
    speech,
    started,
    text_chunk,
    text_replaced,
    thought,
)
from unit.twins import Body, Server, Twin, all_of, answer, close, got, inside, next_of, on_trio_too, sse, streamed

pytestmark = pytest.mark.anyio


def chat(twin, *pieces, **settings):
    return twin.client(Server(streamed(*pieces)), **settings).chat.stream(query="hi")


def completion(twin, *pieces, **settings):
    return twin.client(Server(streamed(*pieces)), **settings).completion.stream()


def workflow(twin, *pieces, **settings):
    return twin.client(Server(streamed(*pieces)), **settings).workflows.stream()


def kinds(events):
    return [event.event for event in events]


class TestChat:
    @on_trio_too
    async def test_it_comes_to_what_the_blocking_call_answers(self, twin):
        stream = chat(twin, message("Hel"), message("lo"), message_end())

        reply = await got(stream.result())

        assert type(reply) is ChatReply
        assert (reply.answer, reply.mode, reply.event) == ("Hello", "chat", "message")
        assert (reply.task_id, reply.id, reply.message_id, reply.conversation_id, reply.created_at) == ("t-1", "m-1", "m-1", "c-1", 5)
        assert reply.metadata.usage.total_tokens == 7
        assert reply.run is None

    async def test_the_ids_are_known_from_the_first_event_on(self, twin):
        stream = chat(twin, message("Hel"), message_end())
        assert (stream.task_id, stream.message_id, stream.conversation_id, stream.workflow_run_id) == (None, None, None, None)

        await next_of(stream)

        assert (stream.task_id, stream.message_id, stream.conversation_id, stream.workflow_run_id) == ("t-1", "m-1", "c-1", None)
        assert stream.partial.answer == "Hel"
        assert repr(stream).endswith("of service.chat.stream: task_id=t-1, message_id=m-1, conversation_id=c-1>")
        await close(stream)

    async def test_a_replacement_takes_the_place_of_what_was_said(self, twin):
        stream = chat(twin, message("some"), message("thing bad"), replaced("I cannot say that."), message(" Sorry."), message_end())

        assert (await got(stream.result())).answer == "I cannot say that. Sorry."

    async def test_a_piece_may_come_under_the_name_of_a_file(self, twin):
        odd = {"event": "message_file", "id": "m-1", "answer": "lo", "from_variable_selector": []}

        reply = await got(chat(twin, message("Hel"), made_file(), odd, message_end()).result())

        assert reply.answer == "Hello"
        assert [one.id for one in reply.made_files] == ["file-1"]

    async def test_speech_is_collected_also_after_the_end(self, twin):
        pieces = [base64.b64encode(b"ab").decode(), base64.b64encode(b"c").decode()]
        stream = chat(twin, message("x"), speech(pieces[0]), message_end(), speech(pieces[1]), {"event": "tts_message_end", "audio": ""})

        assert (await got(stream.result())).audio == b"abc"

    @pytest.mark.parametrize("audio", ["a", "\u00fc\u00fc\u00fc\u00fc"])
    async def test_speech_that_cannot_be_read_is_left_to_the_events(self, twin, audio):
        stream = chat(twin, message("x"), speech(audio), message_end())

        assert (await all_of(stream))[1].audio == audio
        assert stream.partial.audio == b""

    async def test_the_files_of_the_end_are_the_files_of_the_reply(self, twin):
        files = [{"related_id": "r", "filename": "cat.png"}, {"dify_model_identity": "__dify__file__", "id": "g", "type": "image"}]

        reply = await got(chat(twin, message_end(files=files)).result())

        assert [type(one).__name__ for one in reply.files] == ["AnswerFile", "RunFile"]


class TestCompletion:
    async def test_it_comes_to_what_the_blocking_call_answers(self, twin):
        reply = await got(completion(twin, message("Hel"), message("lo"), message_end()).result())

        assert type(reply) is CompletionReply
        assert (reply.answer, reply.mode, reply.message_id, reply.metadata.usage.total_price) == ("Hello", "completion", "m-1", "0.001")


class TestAgent:
    async def test_thoughts_with_the_same_id_replace_each_other(self, twin):
        stream = chat(
            twin,
            thought("b", 2),
            thought("a", 1),
            thought("a", 1, "I need the weather", tool="weather", tool_input='{"city":"Oslo"}'),
            thought(
                "a", 1, "I need the weather", tool="weather", tool_input='{"city":"Oslo"}', observation="rain", message_files=["file-1"]
            ),
            made_file(),
            agent_message("It "),
            agent_message("rains."),
            thought("b", 2, "It rains."),
            message_end(),
        )

        reply = await got(stream.result())

        assert (reply.mode, reply.answer) == ("agent-chat", "It rains.")
        assert [(one.id, one.thought, one.tool, one.observation) for one in reply.thoughts] == [
            ("a", "I need the weather", "weather", "rain"),
            ("b", "It rains.", None, None),
        ]
        assert reply.thoughts[0].message_files == ["file-1"]
        assert reply.made_files[0].url == "http://files.test/1"

    @pytest.mark.parametrize("whole", ["It rains.", "Let me see. It rains."])
    async def test_a_new_agent_repeats_its_whole_answer_which_is_not_said_twice(self, twin, whole):
        stream = chat(twin, agent_message("Let me see. "), agent_message("It rains."), message(whole), message_end())

        assert (await got(stream.result())).answer == whole

    async def test_an_agent_that_answers_directly_is_heard(self, twin):
        stream = chat(twin, thought("a", 1), message("I know "), message("that."), message_end())

        assert (await got(stream.result())).answer == "I know that."


class TestChatflow:
    @pytest.mark.parametrize("order", ["message_end first", "workflow_finished first"])
    async def test_it_is_whole_in_either_order_of_its_ends(self, twin, order):
        ends = [message_end(), finished(CHATFLOW)]
        if order == "workflow_finished first":
            ends.reverse()
        stream = chat(twin, PING, started(CHATFLOW), node_started("n-1", CHATFLOW), message("Hel"), message("lo"), *ends)

        reply = await got(stream.result())

        assert (reply.answer, reply.mode, reply.workflow_run_id, reply.conversation_id) == ("Hello", "advanced-chat", RUN, "c-1")
        assert reply.metadata.usage.total_tokens == 7
        assert (reply.run.status, reply.run.outputs, reply.run.data.total_steps) == ("succeeded", {"answer": "whole"}, 2)
        assert reply.raise_for_status() is reply

    async def test_the_end_of_the_message_is_not_the_end_of_the_run(self, twin):
        with pytest.raises(StreamInterruptedError):
            await got(chat(twin, started(CHATFLOW), message("x"), message_end()).result())

    async def test_an_answer_that_was_not_streamed_is_found_in_the_outputs(self, twin):
        assert (await got(chat(twin, started(CHATFLOW), finished(CHATFLOW)).result())).answer == "whole"

    async def test_a_run_that_failed_is_an_answer_that_complains_when_asked(self, twin):
        failed = finished(CHATFLOW, status="failed", outputs=None, error="node broke")

        reply = await got(chat(twin, started(CHATFLOW), message("half"), failed).result())

        assert (reply.answer, reply.run.status) == ("half", "failed")
        with pytest.raises(WorkflowFailedError, match="node broke") as caught:
            reply.raise_for_status()
        assert caught.value.run is reply.run

    async def test_an_answer_given_without_a_run_is_good_although_the_server_makes_up_a_failed_one(self, twin):
        """A ready answer, or moderation, ends the message before a run begins; some servers then add a pair of records."""
        made_up = [started({"workflow_run_id": RUN}), finished({"workflow_run_id": RUN}, status="failed", error="no terminal event")]

        reply = await got(chat(twin, message("Ready."), message_end(), *made_up).result())

        assert reply.answer == "Ready."
        assert reply.raise_for_status() is reply

    async def test_a_pause_tells_the_forms_it_waits_for(self, twin):
        reply = await got(chat(twin, started(CHATFLOW), message("Wait: "), form_required(CHATFLOW), paused(CHATFLOW)).result())

        assert reply.paused
        assert [form.form_token for form in reply.forms] == ["token"]
        assert (reply.data.status, reply.data.answer, reply.data.workflow_run_id, reply.data.paused_nodes) == (
            "paused",
            "Wait: ",
            RUN,
            ["n"],
        )
        assert reply.raise_for_status() is reply

    async def test_thinking_is_no_part_of_the_answer(self, twin):
        stream = chat(twin, started(CHATFLOW), reasoning("Hmm.", CHATFLOW), message("Yes."), message_end(), finished(CHATFLOW))

        assert (await got(stream.result())).answer == "Yes."


class TestWorkflow:
    @on_trio_too
    async def test_it_comes_to_what_the_blocking_call_answers(self, twin):
        stream = workflow(twin, PING, started(), node_started("n-1"), text_chunk("Hel"), text_chunk("lo"), node_finished("n-1"), finished())

        run = await got(stream.result())

        assert type(run) is WorkflowRun
        assert (run.task_id, run.workflow_run_id, run.status, run.outputs, run.error) == (
            "t-1",
            RUN,
            "succeeded",
            {"answer": "whole"},
            None,
        )
        assert (run.data.elapsed_time, run.data.total_tokens, run.data.finished_at) == (1.5, 7, 6)
        assert run.text == "Hello"
        assert run.raise_for_status() is run

    async def test_a_replacement_takes_the_place_of_the_text(self, twin):
        run = await got(workflow(twin, started(), text_chunk("bad"), text_replaced("good"), text_chunk("!"), finished()).result())

        assert run.text == "good!"

    @pytest.mark.parametrize(("status", "words"), [("failed", "failed: boom"), ("stopped", "was stopped: boom")])
    async def test_a_run_that_did_not_succeed_is_an_answer_that_complains_when_asked(self, twin, status, words):
        run = await got(workflow(twin, started(), finished(status=status, error="boom")).result())

        assert (run.status, run.error) == (status, "boom")
        with pytest.raises(WorkflowFailedError, match=words):
            run.raise_for_status()

    async def test_a_run_that_succeeded_in_part_does_not_complain(self, twin):
        run = await got(workflow(twin, started(), finished(status="partial-succeeded", exceptions_count=1)).result())

        assert (run.raise_for_status().status, run.data.exceptions_count) == ("partial-succeeded", 1)

    async def test_a_pause_tells_the_forms_it_waits_for(self, twin):
        run = await got(workflow(twin, started(), form_required(), paused()).result())

        assert run.raise_for_status().status == "paused"
        assert [(form.form_id, form.form_token) for form in run.forms] == [("form-1", "token")]
        assert run.data.workflow_id == "flow"

    async def test_before_its_end_it_is_running(self, twin):
        stream = workflow(twin, started(), finished())

        await next_of(stream)

        assert (stream.partial.status, stream.workflow_run_id, stream.task_id) == ("running", RUN, "t-1")
        await close(stream)

    async def test_a_run_that_is_over_is_followed_to_its_only_event(self, twin):
        run = await got(twin.client(Server(streamed(finished()))).workflows.events(RUN).result())

        assert (run.status, run.workflow_run_id) == ("succeeded", RUN)

    async def test_of_a_chatflow_that_is_followed_the_text_is_its_answer(self, twin):
        server = Server(streamed(started(CHATFLOW), replaced("So far"), message(" and on"), message_end(), finished(CHATFLOW)))

        assert (await got(twin.client(server).workflows.events(RUN).result())).text == "So far and on"


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


class TestErrors:
    @pytest.mark.parametrize(
        ("code", "status", "kind"),
        [
            ("invalid_param", 400, "InvalidParamError"),
            ("provider_not_initialize", 400, "ProviderNotInitializedError"),
            ("provider_quota_exceeded", 400, "ProviderQuotaExceededError"),
            ("model_currently_not_support", 400, "ModelNotSupportedError"),
            ("completion_request_error", 400, "CompletionRequestError"),
            ("agent_run_limit_exceeded", 400, "BadRequestError"),
            ("rate_limit_error", 429, "QuotaExceededError"),
            ("internal_server_error", 500, "InternalServerError"),
            ("rate_limit_error", None, "QuotaExceededError"),
            ("brand_new", None, "InternalServerError"),
        ],
    )
    async def test_an_error_event_raises_the_class_of_its_code_with_what_had_come(self, twin, code, status, kind):
        stream = chat(twin, message("Hel"), message("lo"), error(code, status, conversation_id="c-1"), message("never"))

        with pytest.raises(StreamError) as caught:
            await all_of(stream)

        failure = caught.value
        assert isinstance(failure, getattr(errors, kind))
        assert type(failure).__name__ == kind
        assert (failure.code, failure.message) == (code, "it failed")
        assert failure.partial.answer == "Hello"
        assert (failure.task_id, failure.message_id, failure.conversation_id) == ("t-1", "m-1", "c-1")
        assert failure.body["event"] == "error"
        assert failure.__notes__ == ["while calling service.chat.stream (POST /chat-messages)"]

    async def test_the_events_before_an_error_are_handed_out_first(self, twin):
        stream = chat(twin, sse(message("a"), message("b"), error("x", 400)))

        assert [(await next_of(stream)).answer, (await next_of(stream)).answer] == ["a", "b"]
        with pytest.raises(StreamError):
            await next_of(stream)

    async def test_it_survives_pickle_and_copy_with_its_partial_result(self, twin):
        with pytest.raises(StreamError) as caught:
            await got(chat(twin, message("Hel"), error("rate_limit_error", 429)).result())

        for again in (pickle.loads(pickle.dumps(caught.value)), copy.copy(caught.value), copy.deepcopy(caught.value)):
            assert type(again) is type(caught.value)
            assert (again.partial, again.task_id, str(again)) == (caught.value.partial, "t-1", str(caught.value))

    async def test_an_error_without_a_name_is_an_error_too(self, twin):
        with pytest.raises(StreamError, match="plugin broke"):
            await got(chat(twin, {"error": "plugin broke"}).result())

    @pytest.mark.parametrize("fault", [httpx.ReadError("reset"), httpx.RemoteProtocolError("incomplete chunked read")])
    @on_trio_too
    async def test_a_cut_stream_is_interrupted_and_carries_what_had_come(self, twin, fault):
        with pytest.raises(StreamInterruptedError, match=str(fault)) as caught:
            await got(chat(twin, message("Hel"), fault).result())

        failure = caught.value
        assert isinstance(failure, APIConnectionError)
        assert (failure.partial.answer, failure.task_id, failure.conversation_id) == ("Hel", "t-1", "c-1")
        assert failure.__cause__ is fault
        assert failure.__notes__ == ["while calling service.chat.stream (POST /chat-messages)"]

    async def test_a_connection_that_is_lost_after_the_end_of_the_run_harms_nothing(self, twin):
        stream = chat(twin, message("x"), message_end(), httpx.ReadError("reset"))

        assert (await got(stream.result())).answer == "x"

    @pytest.mark.parametrize("how", ["with", "first event", "result"])
    async def test_a_refusal_is_raised_when_the_stream_is_wanted(self, twin, how):
        stream = twin.client(Server(answer({"code": "not_chat_app", "message": "no"}, 400))).chat.stream(query="hi")

        with pytest.raises(errors.NotChatAppError) as caught:
            if how == "with":
                async with inside(stream):
                    pass
            else:
                await (next_of(stream) if how == "first event" else got(stream.result()))

        assert not isinstance(caught.value, StreamError)

    async def test_no_connection_is_no_interruption(self, twin):
        with pytest.raises(APIConnectionError) as caught:
            await got(twin.client(Server(httpx.ConnectError("refused")), max_retries=0).chat.stream(query="hi").result())

        assert not isinstance(caught.value, StreamError)
        assert caught.value.sent is False

    async def test_half_a_result_is_never_given_for_a_whole_one(self, twin):
        failed, left = chat(twin, message("Hel"), httpx.ReadError("reset")), chat(twin, message("Hel"), message_end())
        with pytest.raises(StreamInterruptedError):
            await got(failed.result())
        async with inside(left):
            await next_of(left)

        for stream in (failed, left):
            with pytest.raises(StreamInterruptedError):
                await got(stream.result())
            assert stream.partial.answer == "Hel"


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


SNAPSHOT = [PING, started(), node_started("n-1"), node_finished("n-1")]


class TestResume:
    """A run goes on at the server when its stream is cut: it can be taken up again."""

    @on_trio_too
    async def test_a_cut_run_is_taken_up_again_and_no_event_comes_twice(self, twin):
        server = Server(
            streamed(PING, started(), node_started("n-1"), node_finished("n-1"), node_started("n-2"), httpx.ReadError("reset")),
            streamed(*SNAPSHOT, node_started("n-2"), node_finished("n-2"), finished()),
        )
        stream = twin.client(server).with_options(resume=True).workflows.stream(user="bob")

        events = await all_of(stream)

        assert [(event.event, getattr(event.data, "id", None)) for event in events] == [
            ("workflow_started", RUN),
            ("node_started", "n-1"),
            ("node_finished", "n-1"),
            ("node_started", "n-2"),
            ("node_finished", "n-2"),
            ("workflow_finished", RUN),
        ]
        assert server.routes[1] == f"GET /v1/workflow/{RUN}/events?user=bob&include_state_snapshot=true"
        assert (await got(stream.result())).status == "succeeded"

    async def test_an_orderly_end_that_comes_too_early_is_a_cut_as_well(self, twin):
        server = Server(streamed(started()), streamed(*SNAPSHOT, finished()))

        assert (await got(twin.client(server).with_options(resume=True).workflows.stream().result())).status == "succeeded"

    async def test_a_chatflow_is_taken_up_with_the_answer_so_far(self, twin):
        server = Server(
            streamed(started(CHATFLOW), message("Hel"), httpx.ReadError("reset")),
            streamed(started(CHATFLOW), replaced("Hello"), message(" you"), message_end(), finished(CHATFLOW)),
        )
        stream = twin.client(server).with_options(resume=True).chat.stream(query="hi")

        assert await all_of(stream.text_deltas()) == ["Hel", "lo", " you"]
        assert (await got(stream.result())).answer == "Hello you"

    async def test_without_the_option_it_is_not_done(self, twin):
        server = Server(streamed(started(), httpx.ReadError("reset")))

        with pytest.raises(StreamInterruptedError):
            await got(twin.client(server).workflows.stream().result())

        assert len(server.asked) == 1

    async def test_it_is_done_five_times_at_most(self, twin):
        server = Server(*[lambda _: streamed(started(), httpx.ReadError("reset"))] * 6)

        with pytest.raises(StreamInterruptedError) as caught:
            await got(twin.client(server).with_options(resume=True).workflows.stream().result())

        assert len(server.asked) == 6
        assert caught.value.workflow_run_id == RUN

    async def test_a_run_that_is_followed_is_followed_on(self, twin):
        server = Server(streamed(started(), httpx.ReadError("reset")), streamed(*SNAPSHOT, finished()))

        assert (await got(twin.client(server).with_options(resume=True).workflows.events(RUN).result())).status == "succeeded"

    async def test_what_is_no_run_cannot_be_taken_up(self, twin):
        server = Server(streamed(message("Hel"), httpx.ReadError("reset")))

        with pytest.raises(StreamInterruptedError):
            await got(twin.client(server).with_options(resume=True).chat.stream(query="hi").result())

    async def test_a_run_that_is_over_is_not_asked_for_again(self, twin):
        server = Server(streamed(started(), finished(), httpx.ReadError("reset")))

        events = await all_of(twin.client(server).with_options(resume=True).workflows.stream())

        assert kinds(events) == ["workflow_started", "workflow_finished"]

    async def test_a_server_that_is_gone_leaves_what_had_come(self, twin, pauses):
        server = Server(streamed(started(), text_chunk("half"), httpx.ReadError("reset")), httpx.ConnectError("refused"))

        with pytest.raises(StreamInterruptedError) as caught:
            await got(twin.client(server, max_retries=0).with_options(resume=True).workflows.stream().result())

        assert (caught.value.partial.text, caught.value.workflow_run_id) == ("half", RUN)

    async def test_a_refusal_to_go_on_leaves_what_had_come(self, twin):
        server = Server(
            streamed(started(), text_chunk("half"), httpx.ReadError("reset")), answer({"code": "not_found", "message": "no run"}, 404)
        )

        with pytest.raises(NotFoundError) as caught:
            await got(twin.client(server).with_options(resume=True).workflows.stream().result())

        assert (caught.value.partial.text, caught.value.workflow_run_id) == ("half", RUN)
        assert "while calling service.workflows.events (GET /workflow/{workflow_run_id}/events)" in caught.value.__notes__

    @on_trio_too
    async def test_after_a_pause_the_run_is_taken_up_by_hand(self, twin):
        server = Server(
            streamed(started(), node_started("n-1"), form_required(), paused()),
            streamed(
                PING,
                started(),
                node_started("n-1"),
                started(reason="resumption", created_at=9),
                node_started("n-1"),
                node_finished("n-1"),
                finished(),
            ),
        )
        stream = twin.client(server).workflows.stream()
        assert (await got(stream.result())).status == "paused"

        resumed = stream.resume()
        events = await all_of(resumed)

        assert kinds(events) == ["workflow_started", "node_finished", "workflow_finished"]
        assert events[0].data.reason == "resumption"
        assert server.routes[1] == f"GET /v1/workflow/{RUN}/events?user=ada&include_state_snapshot=true&continue_on_pause=true"
        assert (await got(resumed.result())).raise_for_status().status == "succeeded"

    async def test_after_an_interruption_the_run_is_taken_up_by_hand(self, twin):
        server = Server(streamed(started(), text_chunk("a"), httpx.ReadError("reset")), streamed(*SNAPSHOT, text_chunk("b"), finished()))
        stream = twin.client(server).workflows.stream()
        with pytest.raises(StreamInterruptedError):
            await got(stream.result())

        assert (await got(stream.resume().result())).text == "ab"

    async def test_a_refusal_of_what_is_taken_up_by_hand_is_that_refusal(self, twin):
        server = Server(streamed(started(), paused()), answer({"code": "not_found", "message": "no run"}, 404))
        stream = twin.client(server).workflows.stream()
        await got(stream.result())

        with pytest.raises(NotFoundError, match="no run"):
            await got(stream.resume().result())

    async def test_a_plain_chat_cannot_be_taken_up(self, twin):
        stream = chat(twin, message("x"), message_end())
        await got(stream.result())

        with pytest.raises(ConfigurationError, match="only runs of workflows and chatflows"):
            stream.resume()


class TestTime:
    async def test_silence_of_the_network_is_a_timeout_that_carries_what_had_come(self, twin):
        with pytest.raises(StreamTimeoutError, match="no answer in time") as caught:
            await got(chat(twin, message("Hel"), httpx.ReadTimeout("")).result())

        assert isinstance(caught.value, APITimeoutError)
        assert caught.value.partial.answer == "Hel"

    async def test_pings_do_not_count_as_events(self, twin, clock):
        stream = chat(twin, message("Hel"), lambda: clock.pass_(4), PING, lambda: clock.pass_(4), PING, timeout=Timeout(event=5))

        with pytest.raises(StreamTimeoutError, match=r"no event for 5 s") as caught:
            await got(stream.result())

        assert caught.value.partial.answer == "Hel"

    async def test_events_in_time_are_no_silence_however_long_it_all_takes(self, twin, clock):
        stream = chat(
            twin, message("a"), lambda: clock.pass_(4), message("b"), lambda: clock.pass_(4), message_end(), timeout=Timeout(event=5)
        )

        assert (await got(stream.result())).answer == "ab"

    async def test_the_whole_of_a_stream_may_be_bounded(self, twin, clock):
        stream = chat(
            twin, message("a"), lambda: clock.pass_(4), message("b"), lambda: clock.pass_(4), message("c"), timeout=Timeout(total=5)
        )

        with pytest.raises(StreamTimeoutError, match="time for the whole call is over") as caught:
            await got(stream.result())

        assert caught.value.partial.answer == "ab"

    async def test_no_run_is_taken_up_after_its_time(self, twin, clock):
        server = Server(streamed(started(), lambda: clock.pass_(9), httpx.ReadError("reset")))

        with pytest.raises(StreamInterruptedError):
            await got(twin.client(server, timeout=Timeout(total=5)).with_options(resume=True).workflows.stream().result())

        assert len(server.asked) == 1


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

"""How streams fail, run out of time, and are taken up again."""

import copy
import pickle

import httpx
import pytest

from dify_sdk import (
    APIConnectionError,
    APITimeoutError,
    ConfigurationError,
    NotFoundError,
    StreamError,
    StreamInterruptedError,
    Timeout,
    errors,
)
from dify_sdk.errors import StreamTimeoutError
from unit.events import (
    CHATFLOW,
    PING,
    RUN,
    chat,
    error,
    finished,
    form_required,
    kinds,
    message,
    message_end,
    node_finished,
    node_started,
    paused,
    replaced,
    started,
    text_chunk,
)
from unit.twins import Server, all_of, answer, got, inside, next_of, on_trio_too, sse, streamed

pytestmark = pytest.mark.anyio


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

    async def test_an_error_that_comes_first_brings_its_ids_and_the_name_of_the_exchange(self, twin):
        for headers, request_id in (({"x_request_id": "outer"}, "outer"), ({}, "inner")):
            server = Server(streamed(error("x", 400, conversation_id="c-9", message_id="m-9", request_id="inner"), **headers))
            with pytest.raises(StreamError) as caught:
                await got(twin.client(server).chat.stream(query="hi").result())
            assert (caught.value.conversation_id, caught.value.message_id, caught.value.request_id) == ("c-9", "m-9", request_id)

    async def test_an_error_is_raised_as_often_as_the_result_is_asked_for(self, twin):
        stream = chat(twin, message("half"), error("rate_limit_error", 429))

        for _ in range(2):
            with pytest.raises(errors.QuotaExceededError):
                await got(stream.result())

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

    async def test_an_older_server_that_gives_no_reason_to_start_is_known_again(self, twin):
        server = Server(streamed(started(reason=None), httpx.ReadError("reset")), streamed(*SNAPSHOT, finished()))

        events = await all_of(twin.client(server).with_options(resume=True).workflows.stream())

        assert [event.event for event in events].count("workflow_started") == 1

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
        assert server.routes[1] == f"GET /v1/workflow/{RUN}/events?user=ada&include_state_snapshot=true"
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

    async def test_what_is_taken_up_by_hand_can_be_cut_too(self, twin):
        server = Server(streamed(started(), paused()), streamed(started(), started(reason="resumption")))
        stream = twin.client(server).workflows.stream()
        await got(stream.result())

        with pytest.raises(StreamInterruptedError):
            await got(stream.resume().result())

    async def test_a_pause_that_goes_on_is_no_end(self, twin):
        stream = twin.client(Server(streamed(started(), paused(), started(reason="resumption")))).workflows.events(RUN)

        with pytest.raises(StreamInterruptedError):
            await got(stream.result())

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

    async def test_pings_within_the_wait_for_an_event_are_no_silence(self, twin, clock):
        stream = chat(twin, message("a"), lambda: clock.pass_(4), PING, message_end(), timeout=Timeout(event=5))

        assert (await got(stream.result())).answer == "a"

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

    async def test_pings_within_the_time_of_the_whole_are_no_silence(self, twin):
        stream = chat(twin, PING, message("a"), PING, message_end(), timeout=Timeout(total=60))

        assert (await got(stream.result())).answer == "a"

    async def test_no_run_is_taken_up_after_its_time(self, twin, clock):
        server = Server(streamed(started(), lambda: clock.pass_(9), httpx.ReadError("reset")))

        with pytest.raises(StreamInterruptedError):
            await got(twin.client(server, timeout=Timeout(total=5)).with_options(resume=True).workflows.stream().result())

        assert len(server.asked) == 1

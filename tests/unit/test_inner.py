"""The inner tier: a key and a signature, answers in envelopes, and streams of binary frames."""

import base64
import hashlib
import hmac
import json

import httpx
import pytest

from dify_sdk import ConfigurationError, UnknownEvent
from dify_sdk.errors import (
    APIConnectionError,
    EventTooLargeError,
    InternalServerError,
    MalformedFrameError,
    NotFoundError,
    RateLimitError,
    ResponseValidationError,
    StreamError,
    StreamInterruptedError,
)
from dify_sdk.inner import AsyncInnerClient, InnerClient
from unit.test_frames import frame
from unit.twins import ROOT, Server, all_of, answer, close, each, got, streamed

pytestmark = pytest.mark.anyio

KEY = "inner-Secret"
WHO = {"tenant_id": "t", "user_id": "u"}
LLM = {**WHO, "provider": "p", "model": "m", "mode": "chat"}
TOOL = {**WHO, "tool_type": "builtin", "provider": "time", "tool": "now", "tool_parameters": {}}
SPEECH = {**WHO, "provider": "p", "model": "m", "content_text": "Hi", "voice": "v"}


def client_of(twin, server, **settings):
    kind = AsyncInnerClient if twin.is_async else InnerClient
    return kind(KEY, base_url=ROOT, http_client=twin.http(server), **settings)


def wrapped(data, error=""):
    """A frame as a server sends it."""
    return frame(json.dumps({"data": data, "error": error}).encode())


def chunk(text="", *, calls=(), usage=None, reason=None, **more):
    message = {"role": "assistant", "content": text, "name": None, "tool_calls": list(calls)}
    return {"model": "m", "prompt_messages": [], "delta": {"index": 0, "message": message, "usage": usage, "finish_reason": reason}, **more}


def call(id, name, arguments):
    return {"id": id, "type": "function", "function": {"name": name, "arguments": arguments}}


def framed(*pieces):
    """A reply in frames; dictionaries are the data of one each."""
    return streamed(*(wrapped(one) if isinstance(one, dict) else one for one in pieces))


class TestKey:
    async def test_the_key_is_shown(self, twin):
        server = Server(answer({"message": "sent"}))

        await got(client_of(twin, server).billing.send_mail(to=["a@example.org"], subject="Hi", body="Text"))

        assert server.routes == ["POST /inner/api/billing/mail"]
        assert server.bodies == [{"to": ["a@example.org"], "subject": "Hi", "body": "Text"}]
        assert server.asked[0].headers["x-inner-api-key"] == KEY
        assert "authorization" not in server.asked[0].headers

    async def test_a_user_is_signed_with_the_key(self, twin):
        server = Server(answer({"message": "sent"}))

        await got(client_of(twin, server, user_id="u-1").billing.send_mail(to=[], subject="", body=""))

        word, _, told = server.asked[0].headers["authorization"].partition(" ")
        user, _, signature = told.partition(":")
        expected = hmac.new(KEY.encode(), b"DIFY u-1", hashlib.sha1).digest()
        assert (word, user, base64.b64decode(signature)) == ("Bearer", "u-1", expected)

    @pytest.mark.parametrize(("key", "user"), [("", None), ("a b", None), (" k", None), ("k", ""), ("k", "a:b"), ("k", "a b")])
    def test_what_cannot_be_right_is_refused(self, key, user):
        with pytest.raises(ConfigurationError):
            InnerClient(key, user_id=user, base_url=ROOT)

    def test_the_key_stands_in_no_repr(self):
        client = InnerClient(KEY, user_id="u", base_url=ROOT)

        assert KEY not in repr(client) + repr(client._core.options) + repr(client.invoke)


class TestAnswers:
    async def test_what_was_asked_for_is_in_data(self, twin):
        docs = {"model": "m", "docs": [{"index": 1, "text": "b", "score": 0.5, "more": 1}]}
        server = Server(answer({"data": docs, "error": ""}))

        reply = await got(
            client_of(twin, server).invoke.rerank(**WHO, provider="p", model="m", query="q", docs=["a", "b"], score_threshold=0.0, top_n=1)
        )

        assert (reply.data.docs[0].text, reply.model_dump()) == ("b", {"data": docs, "error": ""})
        assert server.bodies == [
            {**WHO, "provider": "p", "model": "m", "query": "q", "docs": ["a", "b"], "score_threshold": 0.0, "top_n": 1}
        ]

    async def test_an_error_in_its_place_is_raised(self, twin):
        server = Server(answer({"data": None, "error": "no such model"}))

        with pytest.raises(InternalServerError, match="no such model") as failed:
            await got(client_of(twin, server).invoke.summary(**WHO, text="t", instruction="i"))

        assert any("inner.invoke.summary" in note for note in failed.value.__notes__)

    async def test_an_answer_of_another_shape_is_told_apart(self, twin):
        server = Server(answer({"data": {"result": "maybe"}, "error": ""}))

        with pytest.raises(ResponseValidationError, match=r"data\.result"):
            await got(client_of(twin, server).invoke.moderation(**WHO, provider="p", model="m", text="t"))

    async def test_a_run_that_may_have_begun_is_not_asked_for_again(self, twin, pauses):
        server = Server(httpx.ReadError("gone"))

        with pytest.raises(APIConnectionError):
            await got(client_of(twin, server).invoke.summary(**WHO, text="t", instruction="i"))

        assert (len(server.asked), pauses) == (1, [])

    async def test_names_with_an_underscore_are_read(self, twin):
        metadata = {
            "_source": "knowledge",
            "dataset_id": "d",
            "dataset_name": "D",
            "document_id": "c",
            "document_name": "C",
            "data_source_type": "upload_file",
        }
        server = Server(answer({"results": [{"metadata": metadata, "title": "C", "content": "text"}], "usage": None}))
        caller = {"tenant_id": "t", "user_id": "u", "app_id": "a", "user_from": "account", "invoke_from": "debugger"}

        found = await got(
            client_of(twin, server).knowledge.retrieve(caller=caller, dataset_ids=["d"], retrieval={"mode": "multiple"}, query="q")
        )

        assert found.results[0].metadata.source == "knowledge"
        assert metadata.items() <= found.results[0].metadata.model_dump(by_alias=True).items()


class TestFrames:
    @pytest.mark.parametrize("size", [1, 7, 1000])
    async def test_pieces_come_to_an_answer_however_they_are_cut(self, twin, size):
        calls = [[call("c1", "now", '{"a"')], [call("", "", ": 1}")], [call("c2", "then", "{}")]]
        told = [chunk("Hel"), chunk("lo"), *(chunk(calls=one) for one in calls), chunk(usage={"total_tokens": 5}, reason="stop")]
        body = b"".join(map(wrapped, told))
        server = Server(streamed(*(body[at : at + size] for at in range(0, len(body), size))))

        stream = client_of(twin, server).invoke.stream_llm(**LLM, stream=True)
        deltas = [one async for one in each(stream.text_deltas())]
        result = await got(stream.result())

        assert (deltas, result.text, result.model) == (["Hel", "lo"], "Hello", "m")
        assert [(one.id, one.function.name, one.function.arguments) for one in result.message.tool_calls] == [
            ("c1", "now", '{"a": 1}'),
            ("c2", "then", "{}"),
        ]
        assert (result.usage.total_tokens, result.finish_reason) == (5, "stop")
        assert server.bodies == [{**LLM, "stream": True}]

    async def test_the_other_method_reads_to_the_end(self, twin):
        server = Server(framed(chunk("Hel"), chunk("lo", structured_output={"a": 1})))

        result = await got(client_of(twin, server).invoke.llm_structured_output(**LLM, structured_output_schema={"type": "object"}))

        assert (result.text, result.structured_output) == ("Hello", {"a": 1})
        assert server.routes == ["POST /inner/api/invoke/llm/structured-output"]

    async def test_a_tool_speaks_in_messages_of_many_kinds(self, twin):
        told = [
            {"type": "text", "message": {"text": "It is "}, "meta": None},
            {"type": "json", "message": {"json_object": {"hour": 7}, "suppress_output": False}, "meta": None},
            {"type": "log", "message": {"id": "1", "label": "l", "status": "start", "data": {}}, "meta": {"a": 1}},
            {"type": "text", "message": {"text": "seven"}, "meta": None},
            {"type": "of tomorrow", "message": {"new": True}, "meta": None},
        ]

        result = await got(client_of(twin, Server(framed(*told))).invoke.tool(**TOOL))

        assert result.text == "It is seven"
        assert [type(one.message).__name__ for one in result.messages] == [
            "TextMessage",
            "JSONMessage",
            "LogMessage",
            "TextMessage",
            "dict",
        ]
        assert [one.model_dump(exclude_unset=True) for one in result.messages] == told

    async def test_speech_comes_in_pieces(self, twin):
        server = Server(framed({"result": b"RI".hex()}, {"result": b"FF".hex()}))

        assert (await got(client_of(twin, server).invoke.tts(**SPEECH))).audio == b"RIFF"

    async def test_an_app_comes_to_what_its_mode_comes_to(self, twin):
        ids = {"task_id": "k", "message_id": "m", "conversation_id": "c", "created_at": 1}
        events = [
            {"event": "message", "id": "m", "answer": "Hi", **ids},
            {"event": "message_end", "id": "m", "metadata": {}, **ids},
        ]
        server = Server(framed(wrapped("ping"), *events))

        reply = await got(client_of(twin, server).invoke.app(**WHO, app_id="a", query="Hello"))

        assert (reply.answer, reply.conversation_id) == ("Hi", "c")
        assert server.bodies == [{**WHO, "app_id": "a", "query": "Hello", "inputs": {}, "response_mode": "streaming"}]

    async def test_an_error_event_of_an_app_is_raised(self, twin):
        event = {"event": "error", "code": "rate_limit_error", "status": 429, "message": "quota"}

        with pytest.raises(RateLimitError, match="quota") as failed:
            await got(client_of(twin, Server(framed(event))).invoke.app(**WHO, app_id="a"))

        assert isinstance(failed.value, StreamError)

    async def test_an_app_that_is_cut_after_whole_frames_was_interrupted(self, twin):
        event = {"event": "message", "id": "m", "answer": "Hi", "conversation_id": "c"}

        with pytest.raises(StreamInterruptedError) as failed:
            await got(client_of(twin, Server(framed(event))).invoke.app(**WHO, app_id="a"))

        assert failed.value.partial.answer == "Hi"

    @pytest.mark.parametrize(
        ("end", "kind", "said"),
        [
            (wrapped(chunk("never"))[:-3], StreamInterruptedError, "ended within a frame"),
            (httpx.ReadError("gone"), StreamInterruptedError, "gone"),
            (frame(b"", size=10**6), EventTooLargeError, "a frame of 1000000 bytes, more than 5000"),
            (b"<html>502</html>", MalformedFrameError, "begins with 0x3C"),
            (wrapped(None, "no quota left"), InternalServerError, "no quota left"),
        ],
        ids=["torn", "cut", "too large", "no frame", "an error"],
    )
    @pytest.mark.parametrize("apart", [True, False])
    async def test_what_goes_wrong_in_between_raises_with_what_had_come(self, twin, end, kind, said, apart):
        whole = wrapped(chunk("Hel")) + wrapped(chunk("lo"))
        pieces = [whole, end] if apart or isinstance(end, Exception) else [whole + end]
        client = client_of(twin, Server(streamed(*pieces))).with_options(max_event_bytes=5000)
        stream = client.invoke.stream_llm(**LLM)

        came = []
        with pytest.raises(kind, match=said) as failed:
            async for one in each(stream):
                came.append(one.delta.message.text)  # noqa: PERF401  # kept up to the error

        assert came == ["Hel", "lo"]
        assert isinstance(failed.value, StreamError)
        assert failed.value.partial.text == stream.partial.text == "Hello"
        assert any("inner.invoke.stream_llm" in note for note in failed.value.__notes__)

    async def test_a_stream_that_was_given_up_has_no_result(self, twin):
        stream = client_of(twin, Server(framed(chunk("Hel"), chunk("lo")))).invoke.stream_llm(**LLM)
        async for _ in each(stream):
            break
        await close(stream)

        with pytest.raises(StreamInterruptedError):
            await got(stream.result())

    async def test_a_refusal_is_one_as_ever(self, twin):
        server = Server(answer({"code": "not_found", "message": "no", "status": 404}, status=404))

        with pytest.raises(NotFoundError):
            await got(client_of(twin, server).invoke.tool(**TOOL))

    async def test_plain_json_is_a_stream_of_one_frame(self, twin):
        server = Server(answer({"data": chunk("Hi"), "error": ""}), answer({"data": None, "error": "no"}))
        client = client_of(twin, server)

        assert (await got(client.invoke.llm(**LLM))).text == "Hi"
        with pytest.raises(InternalServerError, match="no"):
            await got(client.invoke.llm(**LLM))

    async def test_what_this_version_does_not_know_is_passed_on(self, twin):
        stream = client_of(twin, Server(framed({"shape": "new"}, chunk("Hi")))).invoke.stream_llm(**LLM)

        events = await all_of(stream)

        assert isinstance(events[0], UnknownEvent) and events[0].model_extra == {"shape": "new"}
        assert stream.partial.text == "Hi"

    async def test_frames_can_be_read_as_they_stand_on_the_wire(self, twin):
        stream = client_of(twin, Server(framed({"result": "00"}, wrapped(None, "no"), b"<"))).invoke.stream_tts(**SPEECH)
        found = []

        with pytest.raises(MalformedFrameError):
            async for one in each(stream.iter_sse()):
                found.append(one.json())  # noqa: PERF401  # kept up to the error

        assert found == [{"data": {"result": "00"}, "error": ""}, {"data": None, "error": "no"}]


class TestAgents:
    TOLD = {"caller": {"tenant_id": "t"}, "target": {"provider": "p"}}

    async def test_an_agents_model_answers_in_plain_events(self, twin):
        server = Server(streamed(*({"code": 0, "message": "", "data": chunk(one)} for one in ("Hel", "lo"))))

        result = await got(client_of(twin, server).invoke.agent_llm(**self.TOLD))

        assert result.text == "Hello"
        assert (server.routes, server.bodies) == (["POST /inner/api/agent/llm/invoke"], [self.TOLD])

    @pytest.mark.parametrize(("code", "kind"), [(-429, RateLimitError), (-500, InternalServerError), (1, InternalServerError)])
    async def test_a_failure_is_raised_with_what_had_come(self, twin, code, kind):
        why = json.dumps({"error_type": "QuotaExceeded", "message": "no quota left"})
        server = Server(streamed({"code": 0, "message": "", "data": chunk("Hel")}, {"code": code, "message": why, "data": None}))

        with pytest.raises(kind, match="no quota left") as failed:
            await got(client_of(twin, server).invoke.agent_llm(**self.TOLD))

        assert (failed.value.code, failed.value.partial.text) == ("QuotaExceeded", "Hel")

    async def test_half_an_event_at_the_end_is_an_interruption(self, twin):
        server = Server(streamed({"code": 0, "message": "", "data": chunk("Hel")}, b'data: {"code": 0, "da'))

        with pytest.raises(StreamInterruptedError) as failed:
            await got(client_of(twin, server).invoke.agent_llm(**self.TOLD))

        assert failed.value.partial.text == "Hel"

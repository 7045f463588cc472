"""How a call becomes an exchange."""

import logging
import traceback

import anyio
import httpx
import pytest

from dify_sdk import (
    APIConnectionError,
    APIStatusError,
    APITimeoutError,
    ConfigurationError,
    Pause,
    Timeout,
)
from dify_sdk._endpoint import GET, Resource
from dify_sdk._transport import USER_AGENT, told_as_ours
from unit.twins import (
    DATASET_KEY,
    KEY,
    ROOT,
    UUID,
    Body,
    Server,
    Twin,
    all_of,
    answer,
    close,
    got,
    on_trio_too,
    sse,
    streamed,
)

pytestmark = pytest.mark.anyio


def info(_):
    return answer({"name": "app"})


class TestRequest:
    @on_trio_too
    async def test_a_question_is_a_verb_a_path_a_query_and_a_key(self, twin):
        server = Server(answer({"data": []}))

        await got(twin.client(server).conversations.list(limit=5, sort_by="-created_at"))

        request = server.asked[0]
        assert (request.method, str(request.url)) == ("GET", f"{ROOT}/v1/conversations?user=ada&limit=5&sort_by=-created_at")
        assert request.content == b""
        assert request.headers["authorization"] == f"Bearer {KEY}"
        assert request.headers["user-agent"] == USER_AGENT
        assert "content-type" not in request.headers

    async def test_a_body_is_compact_json(self, twin):
        server = Server(answer({"answer": "hi"}))

        await got(twin.client(server).chat.send(query="你好", files=[{"type": "image", "upload_file_id": "f"}]))

        request = server.asked[0]
        assert request.headers["content-type"] == "application/json"
        assert request.content.decode() == (
            '{"query":"你好","inputs":{},"user":"ada","files":[{"type":"image","upload_file_id":"f"}],"response_mode":"blocking"}'
        )

    async def test_a_deletion_and_a_stop_carry_json_although_there_is_little_to_say(self, twin):
        server = Server(answer(status=204), answer({"result": "success"}))
        client = twin.client(server)

        await got(client.with_options(user=None).conversations.delete(UUID))
        await got(client.chat.stop("t-1"))

        assert server.bodies == [{}, {"user": "ada"}]
        assert [request.headers["content-type"] for request in server.asked] == ["application/json"] * 2

    async def test_a_path_argument_stays_in_its_segment(self, twin):
        server = Server(answer({"result": "success"}))

        await got(twin.client(server).chat.stop("../../admin?x=1#y"))

        assert server.routes == ["POST /v1/chat-messages/..%2F..%2Fadmin%3Fx%3D1%23y/stop"]

    async def test_a_path_below_the_root_is_kept(self, twin):
        server = Server(info)

        await got(twin.client(server, base_url="https://example.org/dify/v1/").app.info())

        assert str(server.asked[0].url) == "https://example.org/dify/v1/info"

    async def test_the_form_of_an_upload_holds_fields_and_the_file_with_its_type(self, twin):
        server = Server(answer({"id": "f", "name": "a.md", "size": 1}, 201))

        await got(twin.client(server).files.upload(file=("a.md", b"# hi")))

        request = server.asked[0]
        assert request.headers["content-type"].startswith("multipart/form-data; boundary=")
        assert b'name="user"\r\n\r\nada\r\n' in request.content
        assert b'name="file"; filename="a.md"\r\nContent-Type: text/markdown\r\n\r\n# hi\r\n' in request.content

    async def test_headers_of_the_client_are_sent_but_do_not_replace_the_key(self, twin):
        server = Server(info)

        await got(twin.client(server, headers={"X-Trace-Id": "t", "authorization": "other"}).app.info())

        assert server.asked[0].headers["x-trace-id"] == "t"
        assert server.asked[0].headers.get_list("authorization") == [f"Bearer {KEY}"]

    async def test_timeouts_travel_with_the_request(self, twin):
        server = Server(info, answer({"answer": ""}), answer({"answer": ""}))
        client = twin.client(server)

        await got(client.app.info())
        await got(client.chat.send(query="hi"))
        await got(client.with_options(timeout=5).chat.send(query="hi"))

        assert [request.extensions["timeout"]["read"] for request in server.asked] == [60, 600, 5]
        assert [request.extensions["timeout"]["connect"] for request in server.asked] == [10, 10, 5]

    async def test_the_wait_for_an_event_does_not_cut_a_call_that_has_none(self, twin):
        server = Server(answer({"answer": ""}), streamed(sse({"event": "message_end"})))
        client = twin.client(server, timeout=Timeout(event=5))

        await got(client.chat.send(query="hi"))
        await got(client.chat.stream(query="hi").result())

        assert [request.extensions["timeout"]["read"] for request in server.asked] == [600, 5]

    async def test_an_address_too_long_to_be_written_is_our_error(self, twin):
        with pytest.raises(ConfigurationError, match="cannot be written"):
            await got(twin.client(Server()).annotations.list(keyword="x" * 70_000))
        with pytest.raises(ConfigurationError, match="cannot be written"):
            await got(twin.client(Server()).chat.stop("x" * 70_000))


class TestFaults:
    @pytest.mark.parametrize(
        ("fault", "kind", "sent"),
        [
            (httpx.ConnectError, APIConnectionError, False),
            (httpx.ConnectTimeout, APITimeoutError, False),
            (httpx.PoolTimeout, APITimeoutError, False),
            (httpx.ProxyError, APIConnectionError, False),
            (httpx.UnsupportedProtocol, APIConnectionError, False),
            (httpx.ReadTimeout, APITimeoutError, True),
            (httpx.WriteTimeout, APITimeoutError, True),
            (httpx.ReadError, APIConnectionError, True),
            (httpx.RemoteProtocolError, APIConnectionError, True),
            (httpx.DecodingError, APIConnectionError, True),
        ],
    )
    def test_each_fault_of_the_network_has_its_class_and_tells_whether_the_request_left(self, fault, kind, sent):
        with pytest.raises(APIConnectionError) as caught, told_as_ours():
            raise fault("it broke")

        assert type(caught.value) is kind
        assert caught.value.sent is sent
        assert str(caught.value) == "it broke"
        assert type(caught.value.__cause__) is fault

    @pytest.mark.parametrize(
        ("fault", "words"),
        [(httpx.ReadTimeout, "no answer in time"), (httpx.PoolTimeout, "no free connection in time"), (httpx.ReadError, "ReadError")],
    )
    def test_a_fault_without_words_gets_some(self, fault, words):
        with pytest.raises(APIConnectionError, match=words), told_as_ours():
            raise fault("")

    async def test_a_mistake_in_a_middleware_is_not_taken_for_the_network(self, twin):
        def wrong(request):
            raise ZeroDivisionError
            yield request

        with pytest.raises(ZeroDivisionError):
            await got(twin.client(Server(), middleware=[wrong]).app.info())

    @pytest.mark.parametrize("timeout", [Timeout(), Timeout(total=60)])
    async def test_a_refusal_of_what_is_read_bit_by_bit_is_read_at_once(self, twin, timeout):
        def refusal(_):
            return httpx.Response(400, stream=Body(b'{"code":"x",', b'"message":"no"}'))

        client = twin.client(refusal, timeout=timeout)

        with pytest.raises(APIStatusError, match="400 x: no"):
            await got(client.chat.stream(query="hi").result())
        with pytest.raises(APIStatusError, match="400 x: no"):
            await got(client.files.preview(UUID))


class TestSecrets:
    async def test_no_key_is_in_any_error_note_repr_or_log_line(self, twin, pauses, caplog):
        caplog.set_level(logging.DEBUG)
        server = Server(
            httpx.ConnectError("x"),
            lambda _: answer({"code": "unauthorized", "message": "Access token is invalid", "status": 401}, 401),
        )
        client = twin.client(server, dataset_api_key=DATASET_KEY, headers={"X-Gateway-Key": "GatewaySecret"})

        with pytest.raises(APIStatusError) as caught:
            await got(client.app.info())

        shown = [
            *traceback.format_exception(caught.value),
            caplog.text,
            *map(repr, (client, client.app, client.app.info, client.with_options(user="x"), client._core.options, caught.value)),
        ]
        assert "Secret" not in "".join(shown)

    async def test_no_signed_address_is_in_a_repr(self, twin):
        link = "https://files.test/a?sign=hunter2"
        uploaded = {"id": "f", "name": "a", "size": 1, "preview_url": link, "source_url": link}
        message = {"id": "m", "conversation_id": "c", "query": "q", "answer": "a", "message_files": [{"id": "f", "url": link}]}
        end = {"event": "message_end", "files": [{"related_id": "f", "url": link, "remote_url": link}]}
        server = Server(answer(uploaded, 201), answer({"data": [message]}), streamed(sse({"event": "message_file", "url": link}, end)))
        client = twin.client(server)

        found = [
            await got(client.files.upload(file=b"x")),
            (await got(client.messages.list(conversation_id=UUID))).data,
            await all_of(stream := client.chat.stream(query="hi")),
            stream.partial,
        ]

        assert found[0].preview_url == link
        assert "hunter2" not in repr(found)


class TestGivenClient:
    async def test_its_cookie_jar_is_neither_read_nor_written(self, twin):
        def server(request):
            asked.append(request)
            return answer({"name": "app"}, set_cookie="session=abc")

        asked = []
        http = twin.http(server, cookies={"mine": "1"})
        client = twin.client(http_client=http)

        await got(client.app.info())
        await got(client.app.info())

        assert ["cookie" in request.headers for request in asked] == [False, False]
        assert dict(http.cookies) == {"mine": "1"}

    async def test_its_wish_to_follow_redirects_is_overruled(self, twin):
        server = Server(lambda _: httpx.Response(302, headers={"location": "http://evil.test/"}))
        client = twin.client(http_client=twin.http(server, follow_redirects=True))

        with pytest.raises(APIStatusError, match="302"):
            await got(client.app.info())

        assert len(server.asked) == 1

    async def test_its_headers_are_sent_below_ours(self, twin):
        server = Server(info)
        http = twin.http(server, headers={"X-Gateway": "g", "Authorization": "Basic other", "User-Agent": "mine/1"})

        await got(twin.client(http_client=http).app.info())

        headers = server.asked[0].headers
        assert (headers["x-gateway"], headers["user-agent"], headers["authorization"]) == ("g", "mine/1", f"Bearer {KEY}")

    async def test_httpx_does_not_name_itself(self, twin):
        server = Server(info)

        await got(twin.client(http_client=twin.http(server)).app.info())

        assert server.asked[0].headers["user-agent"] == USER_AGENT

    async def test_its_base_address_and_query_play_no_part(self, twin):
        server = Server(info)

        await got(twin.client(http_client=twin.http(server, base_url="http://elsewhere.test", params={"a": "b"})).app.info())

        assert str(server.asked[0].url) == f"{ROOT}/v1/info"

    async def test_it_stays_open_when_the_client_is_closed(self, twin):
        http = twin.http(Server(info))

        await close(twin.client(http_client=http))

        assert not http.is_closed

    async def test_it_must_be_open(self, twin):
        http = twin.http(Server(info))
        client = twin.client(http_client=http)
        await close(http)

        with pytest.raises(ConfigurationError, match=r"http_client given to this .*ServiceClient was closed"):
            await got(client.app.info())
        with pytest.raises(ConfigurationError, match="http_client is closed already"):
            twin.client(http_client=http)

    @pytest.mark.parametrize("wrong", [httpx.Client, httpx.AsyncClient, object])
    async def test_it_must_be_of_the_twins_kind(self, twin, wrong):
        if wrong is not twin.HTTP:
            with pytest.raises(ConfigurationError, match=rf"http_client is an httpx\.{twin.HTTP.__name__}, not {wrong.__name__}"):
                twin.client(http_client=wrong())


class TestMiddleware:
    @on_trio_too
    async def test_it_sees_every_attempt(self, twin, pauses):
        seen = []

        def watching(request):
            response = yield request
            seen.append((request.extensions["dify_attempt"], response.status_code))
            return response

        await got(twin.client(Server(lambda _: answer(status=503), info), middleware=[watching]).app.info())

        assert seen == [(1, 503), (2, 200)]

    async def test_it_may_wait_in_either_twin(self, twin, pauses):
        def patient(request):
            yield Pause(1.5)
            response = yield request
            return response

        await got(twin.client(Server(info), middleware=[patient]).app.info())

        assert pauses == [1.5]

    async def test_it_may_await_in_the_asynchronous_twin_only(self, twin):
        async def token():
            return "t"

        def signing(request):
            waiting = token()
            try:
                request.headers["X-Token"] = yield waiting
            finally:
                waiting.close()
            response = yield request
            return response

        server = Server(info)
        client = twin.client(server, middleware=[signing])

        if twin.is_async:
            await client.app.info()
            assert server.asked[0].headers["x-token"] == "t"
        else:
            with pytest.raises(TypeError, match="for the asynchronous client"):
                client.app.info()

    async def test_it_sees_a_cancellation(self):
        seen = []

        def watching(request):
            try:
                response = yield request
            except BaseException as error:
                seen.append(type(error).__name__)
                raise
            return response

        async def server(request):
            await anyio.sleep_forever()

        client = Twin("async").client(server, middleware=[watching])
        with anyio.move_on_after(0.01):
            await client.app.info()

        assert seen == ["CancelledError"]


class TestTotal:
    async def test_a_body_that_dribbles_past_the_time_for_the_call_is_cut(self, clock):
        body = Body(b'{"na', lambda: clock.pass_(6), b'me": "app"}')
        client = Twin("sync").client(Server(httpx.Response(200, stream=body)), timeout=Timeout(total=5), max_retries=0)

        with pytest.raises(APITimeoutError, match="time for the whole call is over"):
            client.app.info()

        assert body.closed

    async def test_an_answer_that_does_not_come_is_cut_in_the_asynchronous_twin(self):
        async def server(request):
            await anyio.sleep_forever()

        client = Twin("async").client(server, timeout=Timeout(total=0.01), max_retries=0)

        with pytest.raises(APITimeoutError, match="time for the whole call is over"):
            await client.app.info()

    async def test_what_comes_in_time_is_whole(self, twin):
        body = Body(b'{"na', b'me": "app"}')
        client = twin.client(Server(httpx.Response(200, stream=body)), timeout=Timeout(total=60))

        assert (await got(client.app.info())).name == "app"

    async def test_a_refusal_in_time_is_read(self, twin):
        client = twin.client(Server(answer({"code": "x", "message": "no"}, 400)), timeout=Timeout(total=60))

        with pytest.raises(APIStatusError, match="400 x: no"):
            await got(client.app.info())
        with pytest.raises(APIStatusError, match="400 x: no"):
            await got(
                twin.client(Server(answer({"code": "x", "message": "no"}, 400)), timeout=Timeout(total=60)).chat.stream(query="").result()
            )

    async def test_no_wait_of_an_attempt_is_longer_than_what_is_left(self, twin):
        server = Server(info)

        await got(twin.client(server, timeout=Timeout(total=5, connect=2)).app.info())

        waits = server.asked[0].extensions["timeout"]
        assert waits["connect"] == 2
        assert 4 < waits["read"] <= 5

    async def test_nothing_is_sent_when_the_time_is_over_already(self, twin, clock):
        server = Server()
        stream = twin.client(server, timeout=Timeout(total=5)).chat.stream(query="hi")
        clock.pass_(6)

        with pytest.raises(APITimeoutError, match="time for the whole call is over") as caught:
            await got(stream.result())

        assert caught.value.sent is False
        assert server.asked == []

    async def test_the_time_is_over_before_the_last_attempt(self, twin, clock):

        def slow(request):
            clock.pass_(6)
            return answer(status=503, retry_after="0")

        client = twin.client(Server(slow), timeout=Timeout(total=5))

        with pytest.raises(APIStatusError, match="503"):
            await got(client.app.info())


class TestFlow:
    @on_trio_too
    async def test_it_asks_other_operations_and_answers_what_it_makes_of_them(self, twin):
        server = Server(answer({"id": "f-1", "name": "cat.PNG", "size": 1, "extension": "PNG"}, 201))

        reference = await got(twin.client(server).files.upload_and_reference(file=("cat.PNG", b"x")))

        assert reference == {"type": "image", "transfer_method": "local_file", "upload_file_id": "f-1"}

    async def test_a_refusal_of_a_step_names_the_step(self, twin):
        with pytest.raises(APIStatusError) as caught:
            await got(twin.client(Server(answer({"code": "file_too_large", "message": "m"}, 413))).files.upload_and_reference(file=b"x"))

        assert caught.value.__notes__ == ["while calling service.files.upload (POST /files/upload)"]


async def test_an_operation_for_nobody_in_particular_carries_no_key(twin):
    server = Server(answer({"welcome": "hi"}))

    await got(twin.client(server).server_info())

    assert "authorization" not in server.asked[0].headers


async def test_a_call_without_the_key_it_needs_sends_nothing(twin):
    server = Server()

    with pytest.raises(ConfigurationError, match="needs the client's dataset_api_key") as caught:
        await got(twin.client(server).models.list("llm"))

    assert caught.value.__notes__ == ["while calling service.models.list (GET /workspaces/current/models/model-types/{model_type})"]
    assert server.asked == []


async def test_a_call_without_the_user_it_needs_sends_nothing(twin):
    client = twin.client(Server(), user=None)

    with pytest.raises(ConfigurationError, match="'user' is needed: give it to the call or to the client"):
        await got(client.chat.send(query="hi"))


class Odd(Resource, area="service.odd"):
    """An area of a test."""

    @GET("/odd")
    def number(self) -> int:
        """Tell a number."""


async def test_an_answer_may_be_any_type(twin):
    odd = Odd(twin.client(Server(answer(5)))._core)

    assert await got(odd.number()) == 5


@pytest.mark.parametrize(
    ("server", "told"),
    [("1.8.1", True), ("1.15.0", True), ("1.16.1", False), ("2.0.0", False), ("", False), ("unknown", False)],
)
async def test_a_404_on_an_operation_newer_than_the_server_says_so(twin, server, told):
    client = twin.client(lambda request: httpx.Response(404, html="<h1>Not Found</h1>", headers={"x-version": server}))

    with pytest.raises(APIStatusError) as refused:
        await got(client.human_input_forms.get("token"))

    assert (f"the server is {server}; the operation came with 1.16" in refused.value.__notes__) is told

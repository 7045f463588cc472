"""What comes of an answer: a model, an error that keeps it, or the response itself."""

import json
import traceback

import httpx
import pytest

from dify_sdk import (
    APIStatusError,
    ResponseValidationError,
)
from dify_sdk._endpoint import GET, Resource
from unit.twins import (
    UUID,
    Body,
    Server,
    all_of,
    answer,
    got,
    next_of,
    on_trio_too,
    sse,
    streamed,
)

pytestmark = pytest.mark.anyio


def info(_):
    return answer({"name": "app"})


class TestAnswer:
    async def test_an_answer_is_a_model_and_keeps_what_is_new(self, twin):
        found = await got(twin.client(Server(answer({"name": "app", "mode": "chat", "brand_new": 1}))).app.info())

        assert (found.name, found.mode, found.brand_new) == ("app", "chat", 1)

    async def test_no_content_is_none(self, twin):
        assert await got(twin.client(Server(answer(status=204))).annotations.delete(UUID)) is None

    @pytest.mark.parametrize(
        ("content", "kept"),
        [(b'{"mode": "chat"}', {"mode": "chat"}), (b"<html>log in</html>", "<html>log in</html>"), (b"", None), (b"[1]", [1])],
    )
    async def test_an_answer_of_another_shape_is_an_error_that_keeps_the_body(self, twin, content, kept):
        client = twin.client(Server(httpx.Response(200, content=content)))

        with pytest.raises(ResponseValidationError, match="not of the declared shape") as caught:
            await got(client.app.info())

        assert caught.value.body == kept
        assert caught.value.__notes__ == ["while calling service.app.info (GET /info)"]

    async def test_the_ids_of_a_paid_answer_are_kept_even_if_it_cannot_be_read(self, twin):
        body = {"task_id": "t", "message_id": "m", "conversation_id": "c", "workflow_run_id": "w", "answer": ["odd"]}

        with pytest.raises(ResponseValidationError, match="answer") as caught:
            await got(twin.client(Server(answer(body))).chat.send(query="hi"))

        error = caught.value
        assert (error.task_id, error.message_id, error.conversation_id, error.workflow_run_id) == ("t", "m", "c", "w")

    async def test_the_words_of_a_bad_shape_do_not_repeat_the_answer(self, twin):
        secret = "hunter" + "2"

        with pytest.raises(ResponseValidationError) as caught:
            await got(twin.client(Server(answer({"name": {"secret": secret}}))).app.info())

        assert secret not in "".join(traceback.format_exception(caught.value))

    async def test_a_refusal_names_the_operation_once(self, twin, pauses):
        server = Server(*[lambda _: answer({"code": "x", "message": "busy"}, 503)] * 3)

        with pytest.raises(APIStatusError) as caught:
            await got(twin.client(server).app.info())

        assert caught.value.__notes__ == ["while calling service.app.info (GET /info)"]
        assert caught.value.headers["content-type"] == "application/json"


class Newer(Resource, area="service.newer"):
    """An area that came later."""

    @GET("/newer", since="1.13")
    def look(self) -> int:
        """Look at it."""


class TestOldServers:
    async def not_there(self, twin, version, status=404):
        client = twin.client(Server(answer({"code": "not_found", "message": "no"}, status, x_version=version)))
        with pytest.raises(APIStatusError) as caught:
            await got(Newer(client._core).look())
        return caught.value.__notes__

    @pytest.mark.parametrize("status", [404, 405])
    async def test_a_route_that_is_not_there_yet_is_explained(self, twin, status):
        assert "the server is 1.8.1; the operation came with 1.13" in await self.not_there(twin, "1.8.1", status)

    @pytest.mark.parametrize("version", ["1.13.0", "1.16.1", "2.0", "", "dev", "\u00b2.\u00b3"])
    async def test_a_thing_that_is_not_there_is_not(self, twin, version):
        assert await self.not_there(twin, version.encode()) == ["while calling service.newer.look (GET /newer)"]


class TestRaw:
    @on_trio_too
    async def test_it_shows_the_exchange_and_parses_when_asked(self, twin):
        client = twin.client(Server(answer({"name": "app"}, x_request_id="r-1", x_version="1.16.1")))

        raw = await got(client.with_raw_response.app.info())

        assert (raw.status_code, raw.request_id, raw.headers["X-Version"]) == (200, "r-1", "1.16.1")
        assert json.loads(raw.content) == {"name": "app"}
        assert raw.parse().name == "app"
        assert repr(raw) == "<RawResponse 200 of service.app.info>"

    async def test_nothing_is_validated_before(self, twin):
        raw = await got(twin.client(Server(httpx.Response(200, content=b"<html>"))).with_raw_response.app.info())

        assert raw.content == b"<html>"
        with pytest.raises(ResponseValidationError):
            raw.parse()

    async def test_a_refusal_is_raised_all_the_same(self, twin):
        with pytest.raises(APIStatusError, match="404"):
            await got(twin.client(Server(answer(status=404))).with_raw_response.app.info())

    async def test_no_content_parses_to_none(self, twin):
        raw = await got(twin.client(Server(answer(status=204))).with_raw_response.annotations.delete(UUID))

        assert (raw.status_code, raw.parse()) == (204, None)

    async def test_of_a_list_it_parses_to_a_page_that_walks_on(self, twin):
        first = answer({"data": [{"id": "a", "name": "a"}], "has_more": True})
        second = answer({"data": [{"id": "b", "name": "b"}], "has_more": False})

        raw = await got(twin.client(Server(first, second)).with_raw_response.conversations.list())

        assert [one.id for one in await all_of(raw.parse())] == ["a", "b"]

    async def test_of_a_stream_it_parses_to_the_open_stream(self, twin):
        server = Server(
            streamed(sse({"event": "message", "answer": "hi", "task_id": "t"}, {"event": "message_end"})), answer({"result": "success"})
        )

        raw = await got(twin.client(server).with_raw_response.chat.stream(query="hi"))
        stream = raw.parse()

        assert raw.headers["content-type"].startswith("text/event-stream")
        assert (await next_of(stream)).answer == "hi"
        await got(stream.stop())
        assert (await got(stream.result())).answer == "hi"

    async def test_of_a_download_it_parses_to_the_open_body(self, twin):
        raw = await got(twin.client(Server(httpx.Response(200, stream=Body(b"abc")))).with_raw_response.files.preview(UUID))

        assert await got(raw.parse().read()) == b"abc"

    async def test_a_flow_has_no_single_response(self, twin):
        with pytest.raises(AttributeError, match="makes several requests"):
            twin.client().with_raw_response.files.upload_and_reference  # noqa: B018  # reading is the test

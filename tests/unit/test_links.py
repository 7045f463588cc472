"""Redirects, and the line in the log."""

import logging

import httpx
import pytest

from dify_sdk import APIConnectionError, APIStatusError
from unit.twins import KEY, ROOT, UUID, Server, answer, got, next_of, sse, streamed

pytestmark = pytest.mark.anyio


def moved(status, location):
    return lambda _: httpx.Response(status, headers={"location": location})


@pytest.mark.parametrize("status", [307, 308])
@pytest.mark.parametrize("location", ["/v1/elsewhere", "elsewhere", f"{ROOT}/v1/elsewhere", f"{ROOT}:80/v1/elsewhere"])
async def test_a_get_follows_a_redirect_within_its_origin(twin, status, location):
    server = Server(moved(status, location), answer({"name": "app"}))

    assert (await got(twin.client(server).app.info())).name == "app"
    assert server.routes == ["GET /v1/info", "GET /v1/elsewhere"]
    assert server.asked[1].headers["authorization"] == f"Bearer {KEY}"


@pytest.mark.parametrize(
    "location",
    [
        "http://evil.test/v1/info",
        "https://dify.test/v1/info",
        "http://dify.test:81/v1/info",
        "//evil.test/",
        "http://sub.dify.test/",
        "",
        "http://[",
    ],
)
async def test_no_redirect_leads_to_another_origin(twin, location):
    server = Server(moved(307, location))

    with pytest.raises(APIStatusError, match="307"):
        await got(twin.client(server).app.info())

    assert len(server.asked) == 1


async def test_a_redirect_to_what_is_no_address_counts_as_a_broken_answer(twin):
    with pytest.raises(APIConnectionError, match="Invalid URL in location header"):
        await got(twin.client(Server(moved(307, "http://a b:c/")), max_retries=0).app.info())


@pytest.mark.parametrize("status", [301, 302, 303])
async def test_redirects_that_may_change_the_request_are_not_followed(twin, status):
    server = Server(moved(status, "/v1/elsewhere"))

    with pytest.raises(APIStatusError, match=str(status)):
        await got(twin.client(server).app.info())

    assert len(server.asked) == 1


async def test_only_a_get_is_redirected(twin):
    client = twin.client(Server(moved(307, "/v1/a"), moved(308, "/v1/b")))

    with pytest.raises(APIStatusError, match="307"):
        await got(client.chat.send(query="hi"))
    with pytest.raises(APIStatusError, match="308"):
        await got(client.conversations.delete(UUID))


async def test_a_stream_that_is_fetched_follows_too(twin):
    server = Server(moved(307, "/v1/there"), streamed(sse({"event": "text_chunk", "data": {"text": "hi"}})))

    event = await next_of(twin.client(server).workflows.events("w"))

    assert event.data.text == "hi"


async def test_a_circle_of_redirects_ends(twin):
    def server(request):
        return httpx.Response(307, headers={"location": "/v1/info"})

    with pytest.raises(APIStatusError, match="307"):
        await got(twin.client(server).app.info())


async def test_each_attempt_has_a_line_that_names_the_operation_and_nothing_that_travelled(twin, pauses, caplog):
    caplog.set_level(logging.INFO, "dify_sdk")
    server = Server(httpx.ReadError("hunter2"), answer({"code": "hunter2"}, 503), answer({"name": "hunter2"}))

    await got(twin.client(server).app.info())

    lines = [record.getMessage() for record in caplog.records if record.name == "dify_sdk"]
    assert [line.split(" after")[0] for line in lines] == [
        "service.app.info GET /info attempt 1: APIConnectionError",
        "service.app.info GET /info attempt 2: 503",
        "service.app.info GET /info attempt 3: 200",
    ]
    assert "hunter2" not in caplog.text


async def test_without_a_listener_there_is_no_line(twin, caplog):
    caplog.set_level(logging.WARNING)

    await got(twin.client(Server(answer({"name": "a"}))).app.info())

    assert caplog.records == []

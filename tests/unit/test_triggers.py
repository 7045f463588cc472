"""The triggers tier: anything is sent, anything may come back, and nothing is sent twice."""

import json
from contextlib import ExitStack

import httpx
import pytest

from dify_sdk import ConfigurationError, File
from dify_sdk._auth import NoCredentials
from dify_sdk._options import Options
from dify_sdk.errors import (
    APIConnectionError,
    APIStatusError,
    BadRequestError,
    InternalServerError,
    RateLimitError,
    ResponseValidationError,
)
from dify_sdk.triggers import AsyncTriggersClient, TriggersClient
from dify_sdk.triggers.webhooks import Webhooks
from unit.twins import DATASET_KEY, KEY, ROOT, Server, answer, got

pytestmark = pytest.mark.anyio

AREAS = {"webhooks": "webhook", "debug_webhooks": "webhook-debug", "plugins": "plugin"}
VERBS = ("get", "post", "put", "patch", "delete")


def client_of(twin, server, **settings):
    kind = AsyncTriggersClient if twin.is_async else TriggersClient
    return kind(base_url=ROOT, http_client=twin.http(server), **settings)


async def sent(twin, **given):
    """The request that a call of a webhook makes."""
    server = Server(answer({}))
    await got(client_of(twin, server).webhooks.post("w1", **given))
    return server.asked[0]


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("area", AREAS)
async def test_any_verb_goes_to_the_address(twin, area, verb):
    server = Server(answer({}))

    await got(getattr(getattr(client_of(twin, server), area), verb)("id1"))

    assert server.routes == [f"{verb.upper()} /triggers/{AREAS[area]}/id1"]
    assert server.asked[0].content == b""


@pytest.mark.parametrize("value", [{"a": [1, "ü"]}, [1, 2], "text", 0, None])
async def test_the_body_may_be_any_json(twin, value):
    request = await sent(twin, json=value)

    assert (json.loads(request.content), request.headers["content-type"]) == (value, "application/json")


async def test_the_body_may_be_the_fields_of_a_form(twin):
    request = await sent(twin, form={"name": "Ada", "age": 36, "ok": True})

    assert request.content == b"name=Ada&age=36&ok=true"
    assert request.headers["content-type"] == "application/x-www-form-urlencoded"


async def test_files_travel_beside_the_fields_of_a_form(twin):
    request = await sent(twin, form={"name": "Ada"}, files={"photo": ("a.png", b"PNG"), "note": b"hello"})

    assert request.headers["content-type"].startswith("multipart/form-data; boundary=")
    for piece in (b'name="name"\r\n\r\nAda', b'name="photo"; filename="a.png"\r\nContent-Type: image/png\r\n\r\nPNG', b'name="note"'):
        assert piece in request.content


@pytest.mark.parametrize(
    ("content", "expected", "media_type"),
    [("grüß", "grüß".encode(), "text/plain; charset=utf-8"), (b"\0\xff", b"\0\xff", "application/octet-stream")],
)
async def test_the_body_may_be_anything_as_it_is(twin, content, expected, media_type):
    request = await sent(twin, content=content)

    assert (request.content, request.headers["content-type"]) == (expected, media_type)


async def test_a_header_says_what_the_body_is(twin):
    request = await sent(twin, content=b"<a/>", headers={"content-type": "application/xml", "X-Signature": "s1"})

    assert request.headers.get_list("content-type") == ["application/xml"]
    assert request.headers["x-signature"] == "s1"


async def test_a_query_stands_behind_the_address(twin):
    request = await sent(twin, query={"a": "1 & 2", "many": ["x", "y"], "yes": True}, json={})

    assert request.url.raw_path == b"/triggers/webhook/w1?a=1%20%26%202&many=x&many=y&yes=true"


@pytest.mark.parametrize(
    "given",
    [
        {"json": {"a": None}, "query": {"a": ["1"], "b": ["2", "3"]}},
        {"content": b"\0", "headers": {"X-A": "1"}},
        {"form": {"a": "1"}, "files": {"f": File(b"1", "f.txt", "text/plain")}},
    ],
)
def test_what_was_encoded_is_decoded(given):
    plan = Webhooks.post.plan
    with ExitStack() as opened:
        parts = plan.encode({"webhook_id": "w1", **given}, {}, Options(ROOT, NoCredentials()), opened)

    assert plan.decode({"webhook_id": "w1"}, parts) == {"webhook_id": "w1", **given}


@pytest.mark.parametrize("two", [{"json": 1, "form": {}}, {"json": 1, "content": b""}, {"files": {}, "content": "a"}])
async def test_two_bodies_are_refused(twin, two):
    with pytest.raises(ConfigurationError, match="a request has one body"):
        await got(client_of(twin, Server()).webhooks.post("w1", **two))


@pytest.mark.parametrize("headers", [{"X-A": "a\r\nX-B: b"}, {"X A": "a"}, {"": "a"}])
async def test_headers_that_cannot_travel_are_refused(twin, headers):
    with pytest.raises(ConfigurationError, match="cannot travel"):
        await got(client_of(twin, Server()).webhooks.post("w1", headers=headers))


async def test_the_reply_is_whatever_was_answered(twin):
    said = httpx.Response(201, content="größer".encode("latin-1"), headers={"content-type": "text/plain; charset=latin-1", "X-Own": "1"})

    reply = await got(client_of(twin, Server(said)).plugins.post("e1"))

    assert (reply.status_code, reply.content, reply.text) == (201, b"gr\xf6\xdfer", "größer")
    assert (reply.content_type, reply.headers["x-own"]) == ("text/plain; charset=latin-1", "1")
    with pytest.raises(ResponseValidationError, match="not JSON") as failed:
        reply.json()
    assert failed.value.body == "größer"


async def test_a_reply_of_json_can_be_read_as_such(twin):
    envelope = {"object": "list", "data": [], "created": 1}  # looks like one of the SDK's own, and is the workflow's

    reply = await got(client_of(twin, Server(answer(envelope))).webhooks.get("w1"))

    assert reply.json() == envelope


async def test_the_raw_response_gives_the_same_reply(twin):
    raw = await got(client_of(twin, Server(httpx.Response(204))).with_raw_response.webhooks.delete("w1"))

    assert (raw.status_code, raw.parse().status_code, raw.parse().content) == (204, 204, b"")


async def test_an_unknown_encoding_is_read_as_utf_8(twin):
    said = httpx.Response(200, content="ü".encode(), headers={"content-type": "text/plain; charset=klingon"})

    assert (await got(client_of(twin, Server(said)).webhooks.get("w1"))).text == "ü"


@pytest.mark.parametrize(
    ("status", "body", "kind", "message"),
    [
        (400, {"error": "Bad Request", "message": "HTTP method mismatch"}, BadRequestError, "HTTP method mismatch"),
        (429, {"error": "Too Many Requests", "message": "no runs left"}, RateLimitError, "no runs left"),
        (500, {"error": "Internal server error", "message": "boom"}, InternalServerError, "boom"),
        (503, {"error": "the plugin is down"}, InternalServerError, "the plugin is down"),
    ],
)
@pytest.mark.parametrize("verb", VERBS)
async def test_a_refusal_raises_and_is_not_asked_again(twin, pauses, status, body, kind, message, verb):
    server = Server(answer(body, status=status, retry_after="1"))

    with pytest.raises(kind, match=message) as failed:
        await got(getattr(client_of(twin, server).webhooks, verb)("w1"))

    assert (failed.value.status_code, failed.value.message, pauses) == (status, message, [])


@pytest.mark.parametrize("verb", VERBS)
async def test_what_may_have_arrived_is_not_sent_again(twin, pauses, verb):
    server = Server(httpx.ReadError("gone"))

    with pytest.raises(APIConnectionError):
        await got(getattr(client_of(twin, server).webhooks, verb)("w1"))

    assert (len(server.asked), pauses) == (1, [])


async def test_a_redirect_is_an_answer_like_any_other(twin):
    server = Server(httpx.Response(308, headers={"location": f"{ROOT}/triggers/webhook/w2"}))

    with pytest.raises(APIStatusError) as failed:
        await got(client_of(twin, server).webhooks.get("w1"))

    assert (failed.value.status_code, len(server.asked)) == (308, 1)


async def test_a_connection_that_was_not_made_is_tried_again(twin, pauses):
    server = Server(httpx.ConnectError("no"), answer({"status": "success"}))

    assert (await got(client_of(twin, server).webhooks.post("w1"))).json() == {"status": "success"}
    assert len(pauses) == 1


async def test_no_credentials_go_along(twin, monkeypatch):
    monkeypatch.setenv("DIFY_API_KEY", KEY)
    monkeypatch.setenv("DIFY_DATASET_API_KEY", DATASET_KEY)
    monkeypatch.setenv("DIFY_BASE_URL", ROOT)
    server = Server(answer({}))
    kind = AsyncTriggersClient if twin.is_async else TriggersClient

    await got(kind(http_client=twin.http(server, cookies={"access_token": "Secret"})).webhooks.post("w1"))

    told = str(server.asked[0].headers.raw) + str(server.asked[0].url)
    assert "Secret" not in told and "authorization" not in server.asked[0].headers


async def test_it_waits_as_long_as_a_run_takes(twin):
    request = await sent(twin)

    assert request.extensions["timeout"]["read"] == 600

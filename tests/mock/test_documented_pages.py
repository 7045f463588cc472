"""The profile `documented` on the wire of the web and files tiers: envelopes, chunks and paths as the founding documents print them."""

import json
import re

import httpx
import pytest

from dify_mock import MockServer
from dify_mock.exchange import Request
from dify_mock.passports import passport
from dify_mock.profiles import WIRES
from dify_mock.profiles.paths import WEB
from dify_mock.refusals import Refusal

UNKNOWN = "59f9d59a-4750-450f-8923-95571dc4f3b7"
CHAT = "/api/chat-messages"
GOOD = {"query": "Hello", "inputs": {}}
NOW = 1767603600


@pytest.fixture
def mock():
    return MockServer("documented", pace=0)


def http_of(mock, mode="chat"):
    app = mock.world.first_app(mode)
    given = passport(mock.world, Request("GET", "/"), app, "ann")
    return httpx.Client(transport=mock.transport, base_url="http://mock", headers={"x-app-passport": given})


@pytest.fixture
def http(mock):
    with http_of(mock) as made:
        yield made


def app_id(mock, mode="chat"):
    return mock.world.first_app(mode).id


def chunks(reply):
    return [frame.removeprefix("data: ") for frame in reply.text.split("\n\n") if frame and frame != "event: ping"]


# Envelopes


def test_a_value_stands_in_an_envelope(http):
    told = http.get("/api/meta").json()
    assert told == {"success": True, "data": {"tool_icons": {}}, "timestamp": NOW}
    assert list(told) == ["success", "data", "timestamp"]


def test_a_page_tells_where_it_lies(http):
    for _ in range(3):
        http.post(CHAT, json=GOOD)
    told = http.get("/api/conversations", params={"limit": 2}).json()
    assert list(told) == ["data", "pagination"]
    assert told["pagination"] == {"total": 3, "page": 1, "limit": 2, "has_next": True, "has_prev": False}


def test_a_file_stands_in_no_envelope(http):
    url = http.post("/api/files/upload", files={"file": ("a.txt", b"words", "text/plain")}).json()["data"]["source_url"]
    assert http.get(url).content == b"words"


# Errors


def test_an_error_names_its_class(mock):
    with http_of(mock, "workflow") as http:
        reply = http.post(CHAT, json=GOOD)
    message = "Please check if your app mode matches the right API route."
    told = {"success": False, "message": message, "error_code": "NotChatAppError", "request_id": reply.headers["x-request-id"]}
    assert (reply.status_code, reply.json()) == (400, told)


@pytest.mark.parametrize(
    ("code", "status", "word"),
    [
        ("provider_not_initialize", 400, "未配置"),
        ("provider_quota_exceeded", 429, "配额"),
        ("rate_limit_error", 429, "频繁"),
        ("model_currently_not_support", 400, "不支持"),
        ("app_unavailable", 400, "不可用"),
    ],
)
def test_what_a_user_cannot_help_is_told_in_words_for_users(mock, code, status, word):
    dress = WIRES["documented"].dress("web")(Request("GET", "/api/site"), mock.world)
    reply = dress.refusal(Refusal(400 if code != "rate_limit_error" else 429, code, "m"))
    assert reply.status == status
    assert word in json.loads(reply.body)["message"]


def test_arguments_that_do_not_validate_are_told_one_by_one(http):
    reply = http.post(CHAT, json={"query": 1})
    told = reply.json()
    assert (reply.status_code, told["success"], told["message"]) == (400, False, "请求参数错误")
    assert [(one["type"], one["loc"]) for one in told["validation_errors"]] == [("string_type", ["query"]), ("missing", ["inputs"])]
    listed = http.get("/api/messages").json()
    assert [one["loc"] for one in listed["validation_errors"]] == [["conversation_id"]]


@pytest.mark.parametrize(("headers", "status"), [({"x-app-passport": ""}, 401), ({"x-app-passport": "x"}, 401)])
def test_who_is_not_let_in_gets_a_message_and_no_more(http, headers, status):
    reply = http.get("/api/site", headers=headers)
    assert reply.status_code == status
    assert reply.json().keys() == {"message"}


def test_the_user_of_an_app_that_is_gone_is_not_found(mock, http):
    mock.world.apps.clear()
    reply = http.get("/api/site")
    assert (reply.status_code, reply.json().keys()) == (404, {"message"})


# Streams


def test_an_event_comes_in_a_chunk(http):
    reply = http.post(CHAT, json={**GOOD, "response_mode": "streaming"})
    *events, last = chunks(reply)
    told = [json.loads(one) for one in events]
    assert all(list(one) == ["event", "data", "timestamp"] for one in told)
    assert (told[0]["event"], told[0]["data"]["answer"], told[-1]["event"]) == ("message", "Hello ", "message_end")
    assert last == "[DONE]"
    names = ("cache-control", "connection", "x-accel-buffering")
    assert [reply.headers[name] for name in names] == ["no-cache", "keep-alive", "no"]


def test_a_run_that_is_over_comes_in_a_chunk_too(mock):
    with http_of(mock, "workflow") as http:
        first, *_ = chunks(http.post("/api/workflows/run", json={"inputs": {"query": "x"}}))
        run_id = json.loads(first)["data"]["workflow_run_id"]
        [event, done] = chunks(http.get(f"/api/workflow/{run_id}/events"))
    assert (json.loads(event)["event"], json.loads(event)["data"]["data"]["status"], done) == ("workflow_finished", "succeeded", "[DONE]")


def test_a_stream_that_fails_says_so_and_ends(http):
    told = chunks(http.post(CHAT, json={**GOOD, "query": "[[fail-mid]]", "response_mode": "streaming"}))
    assert told[-1] == '{"error": "stub: provider went away mid-stream"}'


@pytest.mark.parametrize(
    ("path", "more", "streams"),
    [
        ("/api/apps/{app_id}/completion-messages", {}, True),
        ("/api/apps/{app_id}/completion-messages", {"streaming": True}, True),
        ("/api/apps/{app_id}/completion-messages", {"streaming": False}, False),
        ("/api/apps/{app_id}/completion-messages", {"response_mode": "blocking"}, False),
        ("/api/completion-messages", {}, False),
        ("/api/completion-messages", {"streaming": True}, True),
        ("/api/completion-messages", {"response_mode": "streaming"}, True),
    ],
)
def test_a_flag_says_whether_it_streams(mock, path, more, streams):
    with http_of(mock, "completion") as http:
        reply = http.post(path.format(app_id=app_id(mock, "completion")), json={"inputs": {"query": "x"}, **more})
    assert reply.headers["content-type"].startswith("text/event-stream" if streams else "application/json")


# Paths


@pytest.mark.parametrize(("verb", "printed"), WEB)
def test_every_printed_path_leads_to_its_operation(mock, http, verb, printed):
    http.headers["x-app-code"] = mock.credentials.app_codes["chat"]
    http.request(verb, re.sub(r"{\w+}", app_id(mock), printed), json={} if verb == "POST" else None)
    assert (mock.journal[-1].operation or "").replace(".stream", ".send") == WEB[verb, printed]


def test_a_passport_opens_only_its_own_app(mock, http):
    assert http.get(f"/api/apps/{app_id(mock)}/conversations").status_code == 200
    reply = http.get(f"/api/apps/{UNKNOWN}/conversations")
    assert (reply.status_code, reply.json().keys()) == (403, {"message"})


def test_a_passport_may_travel_as_a_key_does(http):
    given = http.headers.pop("x-app-passport")
    assert http.get("/api/site", headers={"authorization": f"Bearer {given}"}).status_code == 200


def test_no_other_profile_has_paths_of_its_own():
    mock = MockServer(pace=0)
    with httpx.Client(transport=mock.transport, base_url="http://mock") as http:
        assert http.get(f"/api/apps/{app_id(mock)}/conversations").status_code == 404
        assert http.post("/api/passport").status_code == 405


# Documentation


@pytest.mark.parametrize("prefix", ["/api", "/files"])
def test_the_pages_about_a_tier_are_open(http, prefix):
    del http.headers["x-app-passport"]
    page, specification = http.get(f"{prefix}/docs"), http.get(f"{prefix}/swagger.json")
    assert (page.status_code, specification.json()["servers"]) == (200, [{"url": prefix}])


def test_the_specification_has_every_printed_path(http):
    paths = http.get("/api/swagger.json").json()["paths"]
    told = {(verb.upper(), re.sub(r"{\w+}", "{}", f"/api{path}")) for path, item in paths.items() for verb in item}
    assert {(verb, re.sub(r"{\w+}", "{}", path)) for verb, path in WEB} <= told

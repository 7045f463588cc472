"""The profile `documented` on the wire: envelopes, headers and paths as the founding documents print them."""

import json
import re
import uuid

import httpx
import pytest

from dify_mock import MockServer
from dify_mock.profiles import WIRES
from dify_mock.profiles.documented import class_name
from dify_mock.profiles.paths import SERVICE, laid
from dify_mock.registry import HANDLERS
from dify_sdk import ServiceClient

UNKNOWN = "59f9d59a-4750-450f-8923-95571dc4f3b7"
CHAT = "/v1/chat-messages"
GOOD = {"query": "Hello", "inputs": {}, "user": "ann"}
NOW = 1767603600


@pytest.fixture
def mock():
    return MockServer("documented", pace=0)


def http_of(mock, mode="chat"):
    headers = {"authorization": f"Bearer {mock.credentials.app_keys[mode]}"}
    return httpx.Client(transport=mock.transport, base_url="http://mock", headers=headers)


@pytest.fixture
def http(mock):
    with http_of(mock) as made:
        yield made


def error(reply):
    """The status and the error, its id being that of the exchange."""
    told = reply.json()
    assert told.keys() == {"error"}
    if "request_id" in told["error"]:
        assert told["error"].pop("request_id") == reply.headers["x-request-id"]
    return reply.status_code, told["error"]


# Envelopes


def test_a_value_stands_in_an_envelope(http):
    reply = http.get("/v1/info")
    data = {"name": "Demo Chat", "description": "Demo Chat of the demo", "tags": [], "mode": "chat", "author_name": "Admin"}
    assert reply.json() == {"object": "list", "data": data, "created": NOW}
    assert list(reply.json()) == ["object", "data", "created"]
    assert reply.headers["content-type"] == "application/json"


def test_what_a_model_took_stands_beside_its_answer(http):
    told = http.post(CHAT, json=GOOD).json()
    assert told["object"] == "list"
    assert told["data"]["answer"] == "Hello from the stub. You said: Hello"
    assert told["usage"] == told["data"]["metadata"]["usage"]
    assert told["usage"]["total_tokens"] == 12


def test_what_was_made_is_201_and_what_was_deleted_204(http):
    made = http.post("/v1/apps/annotations", json={"question": "q", "answer": "a"})
    assert (made.status_code, made.json()["data"]["question"]) == (201, "q")
    gone = http.delete(f"/v1/apps/annotations/{made.json()['data']['id']}")
    assert (gone.status_code, gone.content) == (204, b"")


def test_a_file_stands_in_no_envelope(http):
    reply = http.post("/v1/text-to-audio", json={"text": "Hello", "user": "ann"})
    assert reply.headers["content-type"].startswith("audio/")


# Pages


def pagination(reply):
    told = reply.json()
    assert list(told) == ["data", "pagination"]
    where = told["pagination"]
    assert list(where) == ["total", "page", "limit", "has_next", "has_prev"]
    return len(told["data"]), *where.values()


def test_pages_by_number(http):
    for number in range(3):
        http.post("/v1/apps/annotations", json={"question": f"q{number}", "answer": "a"})
    asked = [pagination(http.get("/v1/apps/annotations", params={"limit": 2, "page": page})) for page in (1, 2, 3)]
    assert asked == [(2, 3, 1, 2, True, False), (1, 3, 2, 2, False, True), (0, 3, 3, 2, False, True)]


def test_a_full_last_page_is_the_last(http):
    for number in range(2):
        http.post("/v1/apps/annotations", json={"question": f"q{number}", "answer": "a"})
    assert pagination(http.get("/v1/apps/annotations", params={"limit": 2})) == (2, 2, 1, 2, False, False)


def test_pages_by_the_last_id_are_numbered_as_they_are_walked(http):
    for _ in range(3):
        http.post(CHAT, json=GOOD)
    first = http.get("/v1/conversations", params={"user": "ann", "limit": 2})
    assert pagination(first) == (2, 3, 1, 2, True, False)
    second = http.get("/v1/conversations", params={"user": "ann", "limit": 2, "last_id": first.json()["data"][-1]["id"]})
    assert pagination(second) == (1, 3, 2, 2, False, True)
    middle = http.get("/v1/conversations", params={"user": "ann", "limit": 20, "last_id": first.json()["data"][0]["id"]})
    assert pagination(middle) == (2, 3, 2, 20, False, True)


def test_pages_by_the_first_id_begin_with_the_newest(http):
    conversation = http.post(CHAT, json=GOOD).json()["data"]["conversation_id"]
    for _ in range(2):
        http.post(CHAT, json={**GOOD, "conversation_id": conversation})
    asked = {"user": "ann", "conversation_id": conversation, "limit": 2}
    first = http.get("/v1/messages", params=asked)
    assert pagination(first) == (2, 3, 1, 2, True, False)
    second = http.get("/v1/messages", params={**asked, "first_id": first.json()["data"][0]["id"]})
    assert pagination(second) == (1, 3, 2, 2, False, True)


def test_a_list_of_which_dify_tells_nothing_has_its_numbers_too(http):
    message = http.post(CHAT, json=GOOD).json()["data"]["message_id"]
    http.post(f"/v1/messages/{message}/feedbacks", json={"rating": "like", "user": "ann"})
    assert pagination(http.get("/v1/app/feedbacks")) == (1, 1, 1, 20, False, False)
    with http_of(MockServer(pace=0)) as plain:
        assert plain.get("/v1/app/feedbacks").json() == {"data": []}


def test_a_list_that_its_handler_has_cut_has_the_numbers_it_tells(mock):
    with http_of(mock, "workflow") as http:
        for _ in range(2):
            http.post("/v1/workflows/run", json={"inputs": {"query": "x"}, "user": "ann"})
        assert pagination(http.get("/v1/workflows/logs", params={"limit": 1})) == (1, 2, 1, 1, True, False)


# Errors


def test_an_error_names_its_class_and_the_code_that_dify_has_for_it(mock):
    with http_of(mock, "workflow") as http:
        reply = http.post(CHAT, json=GOOD)
    message = "Please check if your app mode matches the right API route."
    told = {"code": "NotChatAppError", "message": message, "type": "api_error", "error_code": "not_chat_app"}
    assert error(reply) == (400, told)
    assert list(reply.json()["error"]) == ["code", "message", "request_id", "type", "error_code"]


@pytest.mark.parametrize(
    ("code", "status", "name"),
    [
        ("not_found", 404, "NotFound"),
        ("bad_request", 400, "BadRequest"),
        ("method_not_allowed", 405, "MethodNotAllowed"),
        ("too_many_requests", 429, "TooManyRequests"),
        ("internal_server_error", 500, "InternalServerError"),
        ("unknown", 500, "InternalServerError"),
        ("app_unavailable", 400, "AppUnavailableError"),
        ("provider_not_initialize", 400, "ProviderNotInitializeError"),
        ("provider_quota_exceeded", 429, "ProviderQuotaExceededError"),
        ("model_currently_not_support", 400, "ModelCurrentlyNotSupportError"),
        ("completion_request_error", 400, "CompletionRequestError"),
        ("rate_limit_error", 429, "InvokeRateLimitError"),
        ("file_too_large", 413, "FileTooLargeError"),
    ],
)
def test_names_of_errors(code, status, name):
    assert class_name(code, status) == name


def test_an_argument_that_is_missing_is_named(http):
    told = {"code": "InvalidParamError", "message": "Arg user must be provided.", "type": "api_error"}
    assert error(http.post(CHAT, json={"query": "x", "inputs": {}})) == (400, {**told, "error_code": "invalid_param", "param": "user"})


def test_arguments_that_do_not_validate_are_told_one_by_one(http):
    status, told = error(http.post(CHAT, json={"query": 1, "user": "ann"}))
    assert (status, told["code"], told["message"]) == (400, "VALIDATION_ERROR", "请求参数不符合要求")
    assert [(one["type"], one["loc"]) for one in told["details"]] == [("string_type", ["query"]), ("missing", ["inputs"])]
    assert told["details"][0].keys() == {"type", "loc", "msg", "input"}


def test_arguments_that_do_not_go_together_do_not_validate_either(http):
    conversation = http.post(CHAT, json=GOOD).json()["data"]["conversation_id"]
    status, told = error(http.post(f"/v1/conversations/{conversation}/name", json={"user": "ann"}))
    assert (status, told["code"]) == (400, "VALIDATION_ERROR")
    assert told["details"][0]["msg"] == "Value error, name is required when auto_generate is false"


def test_a_used_up_quota_is_429(mock):
    from dify_mock.exchange import Request
    from dify_mock.refusals import Refusal

    dress = WIRES["documented"].dress("service")(Request("GET", "/v1/info"), mock.world)
    assert dress.refusal(Refusal(400, "provider_quota_exceeded", "m")).status == 429


@pytest.mark.parametrize(
    ("header", "message"),
    [
        (None, "Authorization header must be provided and start with 'Bearer'"),
        ("Basic x", "Authorization scheme must be 'Bearer'"),
        ("Bearer app-unknown", "Access token is invalid"),
    ],
)
def test_who_is_not_let_in_gets_a_message(http, header, message):
    del http.headers["authorization"]
    reply = http.get("/v1/info", headers={"authorization": header} if header else {})
    assert (reply.status_code, reply.json()) == (401, {"message": message})
    assert reply.headers["www-authenticate"]


def test_an_app_that_is_switched_off_is_403_and_one_that_is_gone_404(mock, http):
    app = mock.world.first_app("chat")
    app.enable_api = False
    assert (http.get("/v1/info").status_code, list(http.get("/v1/info").json())) == (403, ["message"])
    del mock.world.apps[app.id]
    assert (http.get("/v1/info").status_code, list(http.get("/v1/info").json())) == (404, ["message"])


@pytest.mark.parametrize("path", ["/v1/nope", "/nope", "/v1/conversations/abc"])
def test_a_path_that_is_not_there_is_an_error_like_others(http, path):
    status, told = error(http.get(path))
    assert (status, told["code"], told["error_code"]) == (404, "NotFound", "not_found")


def test_a_verb_that_is_not_there_is_an_error_like_others(http):
    status, told = error(http.put("/v1/info"))
    assert (status, told["code"]) == (405, "MethodNotAllowed")


# Streams


def frames(reply):
    return [frame.removeprefix("data: ") for frame in reply.text.split("\n\n") if frame]


@pytest.mark.parametrize("query", ["Hello", "[[empty]]", "[[silent]]"])
def test_a_stream_ends_with_a_word(http, query):
    reply = http.post(CHAT, json={**GOOD, "query": query, "response_mode": "streaming"})
    *events, last = [one for one in frames(reply) if one != "event: ping"]
    assert last == "[DONE]"
    assert json.loads(events[-1])["event"] == "message_end"
    assert reply.text.endswith("\n\ndata: [DONE]\n\n")


def test_a_stream_is_open_to_browsers(http):
    headers = http.post(CHAT, json={**GOOD, "response_mode": "streaming"}).headers
    told = ("text/event-stream; charset=utf-8", "no-cache", "keep-alive", "*")
    names = ("content-type", "cache-control", "connection", "access-control-allow-origin")
    assert tuple(headers[name] for name in names) == told
    assert "access-control-allow-origin" not in http.get("/v1/info").headers


def test_a_socket_streams_the_same():
    with MockServer("documented", pace=0) as mock:
        client = ServiceClient(mock.credentials.app_keys["chat"], base_url=mock.url, user="ann")
        with client.chat.stream(query="Hello") as stream:
            assert [one.data for one in stream.iter_sse()][-1] == "[DONE]"
        client.close()


def test_a_stream_that_fails_says_so_and_ends(http):
    told = frames(http.post(CHAT, json={**GOOD, "query": "[[fail-mid]]", "response_mode": "streaming"}))
    assert told[-1] == '{"error": "stub: provider went away mid-stream"}'
    assert "[DONE]" not in told
    assert all("event" in json.loads(one) for one in told[:-1])


def test_a_stream_that_cannot_begin_is_an_error_like_others(http):
    status, told = error(http.post(CHAT, json={**GOOD, "conversation_id": UNKNOWN, "response_mode": "streaming"}))
    assert (status, told["message"]) == (404, "Conversation Not Exists.")


def test_a_run_that_was_left_alone_goes_on_as_ever(mock, http):
    with http.stream("POST", CHAT, json={**GOOD, "query": "[[slow]]", "response_mode": "streaming"}) as reply:
        next(reply.iter_bytes())
    assert all(task.over for task in mock.world.tasks.values())


def test_a_run_that_failed_is_over(mock, http):
    http.post(CHAT, json={**GOOD, "query": "[[fail-start]]", "response_mode": "streaming"})
    assert all(task.over for task in mock.world.tasks.values())


# Headers


@pytest.mark.parametrize(
    ("verb", "path"),
    [
        ("GET", "/v1/info"),
        ("GET", "/v1/nope"),
        ("GET", "/elsewhere"),
        ("GET", "/v1"),
        ("PUT", "/v1/info"),
        ("HEAD", "/v1/info"),
        ("OPTIONS", "/v1/info"),
        ("GET", "/v1/docs"),
    ],
)
def test_every_reply_has_an_id_of_its_own(http, verb, path):
    first, second = (http.request(verb, path).headers["x-request-id"] for _ in range(2))
    assert first != second
    assert str(uuid.UUID(first)) == first


def test_the_callers_own_id_is_written_down(mock, http):
    reply = http.get("/v1/info", headers={"X-Request-ID": "mine-1"})
    assert reply.headers["x-request-id"] != "mine-1"
    assert mock.journal[-1].headers["x-request-id"] == "mine-1"


def test_ids_of_requests_change_no_other_ids():
    told = []
    for profile in ("dify", "documented"):
        with http_of(MockServer(profile, pace=0)) as http:
            for _ in range(3):
                http.get("/v1/nope")
            reply = http.post(CHAT, json=GOOD).json()
            told.append(reply.get("data", reply)["message_id"])
    assert told[0] == told[1]


def test_a_preflight_tells_what_may_be_asked(http):
    headers = http.options("/v1/info").headers
    assert headers["access-control-allow-origin"] == "*"
    assert headers["access-control-allow-methods"] == "GET, POST, PUT, DELETE, OPTIONS"
    assert headers["access-control-allow-headers"] == "Content-Type, Authorization"
    assert headers["access-control-max-age"] == "3600"


# Paths


def test_every_operation_of_the_table_is_one_of_the_mock():
    assert set(SERVICE.values()) <= HANDLERS.keys()


@pytest.mark.parametrize(("verb", "printed"), SERVICE)
def test_every_printed_path_leads_to_its_operation(mock, http, verb, printed):
    http.request(verb, re.sub(r"{\w+}", UNKNOWN, printed), json={} if verb == "POST" else None)
    assert mock.journal[-1].operation == SERVICE[verb, printed]


def test_a_placeholder_may_have_another_name():
    assert laid("/v1/chat-messages/{message_id}/stop", "/v1/chat-messages/{task_id}/stop") == "/v1/chat-messages/{task_id}/stop"
    assert laid("/v1/x/{a}/y", "/v1/{b:uuid}") == "/v1/x/{b:uuid}/y"
    assert laid("/v1/x/{a}/z", "/v1/x/{b:uuid}/y/{c}/z") == "/v1/x/{b:uuid}/z"


def test_a_document_is_put_in_at_the_printed_path(mock):
    text = {"name": "a", "text": "words", "indexing_technique": "economy", "process_rule": {"mode": "automatic"}}
    headers = {"authorization": f"Bearer {mock.credentials.dataset_key}"}
    with httpx.Client(transport=mock.transport, base_url="http://mock", headers=headers) as http:
        dataset = http.post("/v1/datasets", json={"name": "Facts"}).json()["data"]["id"]
        made = http.post(f"/v1/datasets/{dataset}/documents", json=text)
        assert (made.status_code, made.json()["data"]["document"]["name"]) == (200, "a")
        listed = http.get(f"/v1/datasets/{dataset}/documents", params={"limit": 1})
        assert pagination(listed) == (1, 1, 1, 1, False, False)
    assert (mock.journal[1].path, mock.journal[1].operation) == (
        f"/v1/datasets/{dataset}/documents",
        "service.datasets.documents.create_by_text",
    )


def test_no_other_profile_has_paths_of_its_own():
    assert not any(set(WIRES["dify"].beside(handler.declaration, "/v1")) for handler in HANDLERS.values())
    mock = MockServer(pace=0)
    with http_of(mock) as http:
        assert http.post(f"/v1/datasets/{UNKNOWN}/documents", json={}).status_code == 405


@pytest.mark.parametrize(
    ("verb", "path"), [("GET", f"/v1/messages/{UNKNOWN}"), ("GET", f"/v1/files/{UNKNOWN}"), ("DELETE", f"/v1/files/{UNKNOWN}")]
)
def test_what_only_the_documents_have_is_behind_no_other_profile(verb, path):
    mock = MockServer(pace=0)
    with http_of(mock) as http:
        assert http.request(verb, path).status_code == 404
    assert mock.journal[-1].operation is None


# Documentation


def test_the_pages_about_the_tier_are_open(mock, http):
    del http.headers["authorization"]
    page, specification = http.get("/v1/docs"), http.get("/v1/swagger.json")
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert (specification.status_code, specification.headers["content-type"]) == (200, "application/json")
    told = specification.json()
    assert told["servers"] == [{"url": "/v1"}]
    for path, item in told["paths"].items():
        for verb, operation in item.items():
            assert f"<code>{verb.upper()} /v1{path}</code></td><td>{operation['operationId']}<" in page.text
    assert 'href="/v1/openapi.json"' in page.text


def test_the_specification_has_every_printed_path(http):
    paths = http.get("/v1/swagger.json").json()["paths"]
    told = {(verb.upper(), re.sub(r"{\w+}", "{}", f"/v1{path}")) for path, item in paths.items() for verb in item}
    assert {(verb, re.sub(r"{\w+}", "{}", path)) for verb, path in SERVICE} <= told

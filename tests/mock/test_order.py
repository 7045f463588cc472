"""What a request is refused for first, and what the framework says by itself."""

import httpx
import pytest

from dify_mock import MockServer

UNKNOWN = "59f9d59a-4750-450f-8923-95571dc4f3b7"
CHAT = "/v1/chat-messages"
GOOD = {"query": "Hello", "inputs": {}, "user": "ann"}


@pytest.fixture
def mock():
    return MockServer(pace=0)


@pytest.fixture
def http(mock):
    headers = {"authorization": f"Bearer {mock.credentials.app_keys['chat']}"}
    with httpx.Client(transport=mock.transport, base_url="http://mock", headers=headers) as made:
        yield made


def code(reply):
    return reply.status_code, reply.json()["code"]


def test_the_route_comes_before_the_key(http):
    del http.headers["authorization"]
    for path in ("/v1/nope", "/v1/parameters/", "/v1/conversations/abc", "/nope"):
        reply = http.get(path)
        assert (reply.status_code, reply.headers["content-type"]) == (404, "text/html; charset=utf-8")
        assert reply.text.startswith("<!doctype html>")
    assert code(http.get(CHAT)) == (405, "method_not_allowed")


@pytest.mark.parametrize(
    ("header", "why"),
    [
        (None, "must be provided"),
        ("", "must be provided"),
        ("app-x", "must be provided"),
        ("Bearer", "must be provided"),
        ("Basic app-x", "scheme must be 'Bearer'"),
        ("Bearer app-x", "Access token is invalid"),
    ],
)
def test_the_key_comes_before_the_body(http, header, why):
    del http.headers["authorization"]
    reply = http.post(CHAT, content=b"{", headers={} if header is None else {"authorization": header})
    assert code(reply) == (401, "unauthorized")
    assert why in reply.json()["message"]
    assert reply.headers["www-authenticate"] == 'Bearer realm="api"'


def test_the_scheme_may_be_written_in_any_way(http, mock):
    reply = http.get("/v1/info", headers={"authorization": f"bEARER {mock.credentials.app_keys['chat']}"})
    assert reply.status_code == 200


def test_the_app_comes_before_the_body(http, mock):
    mock.world.first_app("chat").enable_api = False
    assert code(http.post(CHAT, content=b"{")) == (403, "forbidden")


def test_the_body_must_be_json_before_anything_in_it_matters(http):
    assert code(http.post(CHAT, content=b"{}", headers={"content-type": "text/plain"})) == (415, "unsupported_media_type")
    assert code(http.post(CHAT)) == (415, "unsupported_media_type")
    assert code(http.post(CHAT, content=b"{", headers={"content-type": "application/json"})) == (400, "bad_request")
    assert code(http.post(CHAT, content=b"", headers={"content-type": "application/json; charset=utf-8"})) == (400, "bad_request")
    for body in (b"[1, 2]", b"null", b'"x"', b"5"):
        assert code(http.post(CHAT, content=body, headers={"content-type": "application/json"})) == (500, "unknown")


def test_a_body_of_an_optional_user_is_needed_too(http):
    assert code(http.delete(f"/v1/conversations/{UNKNOWN}")) == (415, "unsupported_media_type")
    assert code(http.request("DELETE", f"/v1/conversations/{UNKNOWN}", json={})) == (404, "not_found")


def test_the_user_comes_before_the_mode(http, mock):
    http.headers["authorization"] = f"Bearer {mock.credentials.app_keys['completion']}"
    for user in ({}, {"user": ""}, {"user": None}):
        reply = http.post(CHAT, json=user)
        assert (code(reply), reply.json()["message"]) == ((400, "invalid_param"), "Arg user must be provided.")
    assert code(http.post(CHAT, json={"user": "ann"})) == (400, "not_chat_app")


def test_the_mode_comes_before_the_rest_of_the_body(http, mock):
    http.headers["authorization"] = f"Bearer {mock.credentials.app_keys['chat']}"
    assert code(http.post("/v1/completion-messages", json={"user": "ann"})) == (400, "app_unavailable")


def test_the_body_comes_before_the_conversation(http):
    reply = http.post(CHAT, json={"user": "ann", "conversation_id": UNKNOWN})
    assert code(reply) == (400, "invalid_param")
    assert reply.json()["message"].startswith("2 validation errors for ChatRequestPayload\nquery\n  Field required [type=missing")


def test_the_conversation_comes_before_the_room_and_the_room_before_the_inputs(http, mock):
    app = mock.world.first_app("chat")
    app.max_active_requests = 1
    mock.world.begin(app, mock.world.end_user(app, "bob"))
    wrong = {**GOOD, "query": "", "inputs": {"tone": "angry"}}
    assert code(http.post(CHAT, json={**wrong, "conversation_id": UNKNOWN})) == (404, "not_found")
    assert "Too many requests" in http.post(CHAT, json=wrong).json()["message"]


def test_the_inputs_come_before_the_model(http, mock):
    mock.world.provider_is_ready = False
    assert code(http.post(CHAT, json={**GOOD, "inputs": {"tone": "angry"}})) == (400, "invalid_param")
    assert code(http.post(CHAT, json=GOOD)) == (400, "provider_not_initialize")


def test_a_mode_of_reply_is_one_of_two(http):
    assert code(http.post(CHAT, json={**GOOD, "response_mode": "async"})) == (400, "invalid_param")
    assert http.post(CHAT, json=GOOD).headers["content-type"] == "application/json; charset=utf-8"
    assert http.post(CHAT, json={**GOOD, "response_mode": None}).headers["content-type"] == "application/json; charset=utf-8"
    assert http.post(CHAT, json={**GOOD, "response_mode": "streaming"}).headers["content-type"] == "text/event-stream; charset=utf-8"


def test_an_agent_is_blocking_where_nothing_is_said(http, mock):
    http.headers["authorization"] = f"Bearer {mock.credentials.app_keys['agent-chat']}"
    assert "does not support blocking mode" in http.post(CHAT, json=GOOD).json()["message"]


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([], (400, "no_file_uploaded")),
        ([("file", "", "text/plain")], (400, "no_file_uploaded")),
        ([("other", "a.txt", "text/plain")], (400, "no_file_uploaded")),
        ([("file", "a.txt", "text/plain"), ("file2", "b.txt", "text/plain")], (400, "too_many_files")),
        ([("file", "a.bin", "")], (415, "unsupported_file_type")),
        ([("file", "a\\\\b.txt", "text/plain")], (400, "invalid_param")),
    ],
)
def test_a_form_without_one_whole_file_is_refused(http, parts, expected):
    body = b""
    for name, filename, kind in parts:
        head = f'Content-Disposition: form-data; name="{name}"; filename="{filename}"' + (f"\r\nContent-Type: {kind}" if kind else "")
        body += f"--line\r\n{head}\r\n\r\nx\r\n".encode()
    reply = http.post("/v1/files/upload", content=body + b"--line--\r\n", headers={"content-type": "multipart/form-data; boundary=line"})
    assert code(reply) == expected


def test_of_two_files_of_one_name_the_first_counts(http):
    files = [("file", ("a.txt", b"1", "text/plain")), ("file", ("b.txt", b"2", "text/plain"))]
    assert http.post("/v1/files/upload", files=files).json()["name"] == "a.txt"


def test_sound_is_asked_for_by_its_own_name(http):
    reply = http.post("/v1/audio-to-text", data={"user": "ann"})
    assert (code(reply), reply.json()["message"]) == ((400, "no_audio_uploaded"), "Please upload your audio.")


def test_head_is_a_get_without_its_body(http):
    whole, head = http.get("/v1/parameters"), http.head("/v1/parameters")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == str(len(whole.content))
    assert http.head("/v1/nope").status_code == 404


def test_options_tell_the_verbs(http):
    reply = http.options(CHAT, headers={"origin": "http://example.com"})
    assert (reply.status_code, reply.content, reply.headers["allow"]) == (200, b"", "POST, OPTIONS")
    assert reply.headers["access-control-allow-origin"] == "http://example.com"
    assert reply.headers["vary"] == "Origin, Cookie"
    assert set(http.options("/v1/info").headers["allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


def test_the_root_without_its_slash_is_elsewhere(http):
    reply = http.get("/v1")
    assert (reply.status_code, reply.headers["location"]) == (308, "http://mock/v1/")
    assert http.get("/v1", follow_redirects=True).json()["welcome"]


def test_every_reply_tells_its_server(http):
    for path in ("/v1/info", "/v1/nope"):
        reply = http.get(path)
        assert (reply.headers["x-version"], reply.headers["x-env"]) == ("1.16.1", "PRODUCTION")
    assert http.get("/v1/info").headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-origin" not in http.get("/v1/nope").headers


def test_json_is_spaced_and_escaped_and_ends_a_line_unless_a_model_wrote_it(http):
    assert http.get("/v1/info").content.endswith(b"}\n")
    answer = http.post(CHAT, json={**GOOD, "query": "Привет"}).content
    assert b'"event": "message"' in answer
    assert b"\\u041f" in answer
    assert answer.endswith(b"}")

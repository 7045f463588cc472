"""What an app's page gets on a socket, and what only a raw request can ask."""

import httpx
import pytest

from dify_mock import MockServer
from dify_mock.contract import drawings
from dify_mock.exchange import Request
from dify_mock.passports import passport
from dify_sdk import StreamInterruptedError, WebClient


def test_a_page_on_a_socket():
    with MockServer(pace=0) as mock:
        with WebClient(mock.credentials.app_codes["chat"], base_url=mock.url, user_id="ann") as page:
            upload = page.files.upload(file=("note.txt", b"words", "text/plain"))
            assert page.files.download_url(upload.source_url).read() == b"words"
            assert page.remote_files.get(upload.source_url).file_length == 5  # asked of itself, in the midst of an answer
            assert page.chat.stream(query="Hello").result().answer == "Hello from the stub. You said: Hello"
        with WebClient(mock.credentials.app_codes["completion"], base_url=mock.url, max_retries=0) as page:
            first = page.completion.send(inputs={"query": "x"})
            with pytest.raises(StreamInterruptedError):
                page.messages.stream_more_like_this(first.message_id).result()


@pytest.fixture
def mock():
    return MockServer(pace=0)


def http_of(mock, app):
    given = passport(mock.world, Request("GET", "/"), app, "ann")
    return httpx.Client(transport=mock.transport, base_url="http://mock", headers={"x-app-passport": given})


def names(reply):
    return [line.partition('"event":')[2].partition(",")[0].strip(' "') for line in reply.text.splitlines() if line.startswith("data: ")]


def test_a_paused_run_is_told_from_its_beginning(mock):
    app = mock.world.app_of(drawings.put_page(mock, "workflow", drawings.approval()))
    with http_of(mock, app) as http:
        http.post("/api/workflows/run", json={"inputs": {"query": "x"}})
        path = f"/api/workflow/{next(reversed(mock.world.runs))}/events"
        told = http.get(path, params={"include_state_snapshot": "true"})
        assert (names(told)[0], names(told)[-2:]) == ("workflow_started", ["human_input_required", "workflow_paused"])
        assert '"approval_channels":[]' in told.text
        assert told.headers["cache-control"] == "no-cache"
        assert names(http.get(path, params={"include_state_snapshot": "1"})) == []  # only `true` is true


def test_a_mode_must_be_said_to_have_another_text(mock):
    with http_of(mock, mock.world.first_app("completion")) as http:
        first = http.post("/api/completion-messages", json={"inputs": {"query": "x"}}).json()["id"]
        path = f"/api/messages/{first}/more-like-this"
        assert http.get(path).json()["code"] == "unprocessable_entity"
        assert http.get(path, params={"response_mode": "odd"}).status_code == 422
        assert http.get(path, params={"response_mode": "blocking"}).json()["answer"] == "Hello from the stub. You said: x"


def test_a_file_elsewhere_may_be_named_with_or_without_escapes(mock):
    from dify_mock.state import RemoteFile

    mock.world.remote_files["http://elsewhere.example/a b.txt"] = RemoteFile(b"words", "text/plain")
    with http_of(mock, mock.world.first_app("chat")) as http:
        for written in ("http%3A%2F%2Felsewhere.example%2Fa%20b.txt", "http://elsewhere.example/a%20b.txt"):
            assert http.get(f"/api/remote-files/{written}").json() == {"file_type": "text/plain", "file_length": 5}


def test_two_files_of_one_name_are_one_and_of_two_names_too_many(mock):
    with http_of(mock, mock.world.first_app("chat")) as http:
        one, two = ("a.txt", b"a", "text/plain"), ("b.txt", b"b", "text/plain")
        assert http.post("/api/files/upload", files=[("file", one), ("file", two)]).json()["name"] == "a.txt"
        assert http.post("/api/files/upload", files=[("file", one), ("other", two)]).json()["code"] == "too_many_files"
        assert http.post("/api/files/upload", data={"x": "y"}).json()["code"] == "no_file_uploaded"

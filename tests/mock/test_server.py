"""The mock itself: worlds, sockets, transports, faults and the journal."""

import subprocess
import sys
import threading

import anyio
import httpx
import pytest
import respx

from dify_mock import MockServer
from dify_sdk import AsyncServiceClient, ServiceClient
from dify_sdk.errors import APIConnectionError, APITimeoutError, InternalServerError, RateLimitError, StreamInterruptedError


@pytest.fixture(params=["process", "socket"])
def mock(request):
    """A mock that does not wait, in this process or on a socket."""
    made = MockServer(pace=0)
    if request.param == "process":
        yield made
        return
    with made:
        yield made


OPENED = []


@pytest.fixture(autouse=True)
def closed():
    """What a test opened is closed after it."""
    yield
    while OPENED:
        OPENED.pop().close()


def opened(one):
    OPENED.append(one)
    return one


def inside(mock):
    """A bare client without a socket."""
    return opened(httpx.Client(transport=mock.transport, base_url="http://mock.localhost"))


def client_of(mock, mode="chat", **options):
    """A client of the mock, by the way it is reached."""
    if mock.url == "http://mock.localhost":
        options["http_client"] = inside(mock)
    return opened(ServiceClient(mock.credentials.app_keys[mode], base_url=mock.url, user="ann", max_retries=0, **options))


def dialogue(mock):
    """Some requests, and everything of the replies."""
    client = client_of(mock)
    sent = client.chat.send(query="Hello")
    upload = client.files.upload(file=("a.txt", b"x", "text/plain"))
    client.chat.stream(query="[[slow]]").result()
    return [sent.model_dump(), upload.model_dump(), client.conversations.list().listing.model_dump(), mock.clock.now()]


# Worlds


def test_two_servers_share_nothing():
    one, other = MockServer(pace=0), MockServer(pace=0)
    client_of(one).chat.send(query="Hello")
    one.clock.advance(3600)
    one.faults.refuse(503)
    assert client_of(other).conversations.list().data == []
    assert other.clock.now() < one.clock.now()
    assert len(other.journal) == 1
    assert len(one.journal) == 1


def test_ids_keys_and_time_are_the_same_in_every_run():
    first, second = MockServer(pace=0), MockServer(pace=0)
    assert first.credentials == second.credentials
    assert dialogue(first) == dialogue(second)


def test_they_are_the_same_in_another_process():
    program = "from dify_mock import MockServer; print(MockServer().credentials.app_keys['chat'])"
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == MockServer().credentials.app_keys["chat"]


def test_time_stands_still_unless_something_takes_time(mock):
    client = client_of(mock)
    begun = mock.clock.now()
    client.app.info()
    assert mock.clock.now() == begun
    client.chat.send(query="Hello")
    assert mock.clock.now() > begun


def test_time_does_not_run_backwards():
    with pytest.raises(ValueError, match="backwards"):
        MockServer().clock.advance(-1)


def test_a_reset_begins_anew(mock):
    keys = mock.credentials
    before = dialogue(mock)
    mock.faults.refuse(503, times=9)
    mock.reset()
    assert mock.credentials == keys
    assert len(mock.journal) == 0
    assert dialogue(mock) == before


def test_an_empty_world_knows_no_key():
    mock = MockServer(seed="empty", pace=0)
    assert mock.credentials.app_keys == {}
    assert {one.workspace_id for one in mock.world.apps.values()} & {None, mock.world.workspace_id} == set()
    assert inside(mock).get("/v1/info", headers={"authorization": "Bearer app-any"}).status_code == 401


@pytest.mark.parametrize("wrong", [{"profile": "none"}, {"seed": "none"}])
def test_what_there_is_not_is_refused_at_once(wrong):
    with pytest.raises(ValueError, match="none"):
        MockServer(**wrong)


def test_only_this_machine_may_listen():
    with pytest.raises(ValueError, match="other machines"):
        MockServer(host="0.0.0.0")
    MockServer(host="0.0.0.0", allow_remote=True)
    MockServer(host="::1")


# Sockets


def test_a_server_listens_until_it_is_stopped():
    mock = MockServer(pace=0)
    assert mock.start() is mock
    url = mock.url
    assert client_of(mock).app.info().mode == "chat"
    mock.stop()
    assert mock.url == "http://mock.localhost"
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{url}/v1/info")


def test_a_stopped_server_can_start_again():
    mock = MockServer(pace=0)
    with mock:
        client_of(mock).chat.send(query="Hello")
    with mock:
        assert len(client_of(mock).conversations.list().data) == 1


def test_many_can_ask_at_once():
    with MockServer(pace=0) as mock:
        client, found = client_of(mock), []
        threads = [threading.Thread(target=lambda: found.append(client.chat.stream(query="Hello").result().answer)) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(found) == 8
        assert len(set(found)) == 1
        assert len(client.conversations.list().data) == 8


def test_the_pieces_of_a_stream_come_one_by_one():
    with MockServer() as mock, client_of(mock).chat.stream(query="[[slow]]") as stream:
        begun = mock.clock.now()
        next(stream)
        assert mock.clock.now() - begun < 5  # of thirty seconds


def test_a_client_that_hangs_up_ends_its_run():
    with MockServer() as mock:
        mock.world.first_app("chat").max_active_requests = 1
        client = client_of(mock)
        with client.chat.stream(query="[[slow]]") as stream:
            next(stream)
        for _ in range(50):
            if all(task.over for task in mock.world.tasks.values()):
                break
            threading.Event().wait(0.02)
        assert client.chat.send(query="Hello").answer


def test_the_socket_says_what_the_process_says():
    request = {"method": "POST", "url": "/v1/chat-messages", "json": {"query": "Hello", "inputs": {}, "user": "ann"}}
    key = MockServer().credentials.app_keys["chat"]
    with MockServer(pace=0) as mock:
        ways = (inside(MockServer(pace=0)), opened(httpx.Client(base_url=mock.url)))
        replies = [http.request(headers={"authorization": f"Bearer {key}"}, **request) for http in ways]
    assert replies[0].content == replies[1].content
    framing = {"content-length", "transfer-encoding", "date", "server"}
    assert set(replies[0].headers.items()) - set(replies[1].headers.items()) <= {(name, replies[0].headers.get(name)) for name in framing}


# Transports


def test_an_asynchronous_client_needs_no_socket():
    async def story():
        mock = MockServer(pace=0)
        async with httpx.AsyncClient(transport=mock.async_transport) as http:
            client = AsyncServiceClient(mock.credentials.app_keys["chat"], base_url=mock.url, user="ann", http_client=http)
            return (await client.chat.stream(query="Hello").result()).answer

    assert anyio.run(story) == "Hello from the stub. You said: Hello"


def test_transports_need_no_web_server():
    program = """
import sys
for name in ("uvicorn", "multipart", "python_multipart", "starlette"):
    sys.modules[name] = None
import httpx
from dify_mock import MockServer
from dify_sdk import ServiceClient
mock = MockServer(pace=0)
http = httpx.Client(transport=mock.transport)
client = ServiceClient(mock.credentials.app_keys["chat"], base_url=mock.url, user="ann", http_client=http)
print(client.chat.stream(query="Hello").result().answer, client.files.upload(file=("a.txt", b"x")).size)
try:
    mock.start()
except RuntimeError as error:
    print(error)
"""
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    answered, refused = told.stdout.splitlines()
    assert answered == "Hello from the stub. You said: Hello 1"
    assert "pip install 'dify-sdk-py[mock]'" in refused


def test_respx_answers_with_the_mock():
    mock = MockServer(pace=0)
    with respx.mock(base_url="http://dify.test") as router:
        router.route().mock(side_effect=mock.respond)
        client = ServiceClient(
            mock.credentials.app_keys["chat"], base_url="http://dify.test", user="ann", http_client=opened(httpx.Client())
        )
        assert client.chat.send(query="Hello").answer == "Hello from the stub. You said: Hello"
        assert client.chat.stream(query="Hello").result().answer == "Hello from the stub. You said: Hello"


def test_respx_answers_an_asynchronous_client():
    async def story():
        mock = MockServer(pace=0)
        with respx.mock(base_url="http://dify.test") as router:
            router.route().mock(side_effect=mock.respond)
            async with httpx.AsyncClient() as http:
                key = mock.credentials.app_keys["chat"]
                client = AsyncServiceClient(key, base_url="http://dify.test", user="ann", http_client=http)
                return [(await client.chat.send(query="Hello")).answer, (await client.chat.stream(query="Hello").result()).answer]

    assert anyio.run(story) == ["Hello from the stub. You said: Hello"] * 2


# Pings


def body_of(mock, query):
    client = client_of(mock)
    reply = client.with_raw_response.chat.stream(query=query)
    return b"".join(reply.http_response.iter_bytes())


def test_ten_seconds_of_silence_are_broken_by_a_ping(mock):
    body = body_of(mock, "[[silent]]")
    assert body.startswith(b"event: ping\n\nevent: ping\n\ndata: {")
    assert body.count(b"event: ping\n\n") == 2


def test_a_long_run_pings_between_its_words(mock):
    words = [line for line in body_of(mock, "[[slow]]").split(b"\n\n") if line]
    assert [at for at, line in enumerate(words) if line == b"event: ping"] == [21, 42]


def test_a_short_run_does_not_ping(mock):
    assert b"ping" not in body_of(mock, "Hello")


def test_events_are_one_line_of_compact_json_with_raw_text(mock):
    body = body_of(mock, "Привет")
    assert all(line.startswith(b'data: {"event":"') for line in body.split(b"\n\n") if line)
    assert "Привет".encode() in body
    assert b"[DONE]" not in body


# Faults


def test_a_refusal_is_sent_as_it_is_given(mock):
    fault = mock.faults.refuse(429, {"code": "too_many_requests", "message": "later"}, headers={"retry-after": "7"})
    with pytest.raises(RateLimitError, match="later") as refused:
        client_of(mock).app.info()
    assert refused.value.retry_after == 7
    assert fault.hits == 1
    assert client_of(mock).app.info().name


def test_a_fault_waits_for_its_operation_and_its_turn(mock):
    fault = mock.faults.refuse(503, on="app.info", times=2)
    client = client_of(mock)
    client.app.site()
    for _ in range(2):
        with pytest.raises(InternalServerError):
            client.app.info()
    client.app.info()
    assert fault.hits == 2


def test_a_refused_request_does_nothing(mock):
    mock.faults.refuse(503, on="chat.send")
    client = client_of(mock)
    with pytest.raises(InternalServerError):
        client.chat.send(query="Hello")
    assert client.conversations.list().data == []


def test_faults_can_be_forgotten(mock):
    mock.faults.refuse(503)
    mock.faults.clear()
    client_of(mock).app.info()


def test_a_server_that_hangs_is_out_of_time():
    for made in (MockServer(), MockServer().start()):
        made.faults.hang(0.5, on="app.info")
        with pytest.raises(APITimeoutError):
            client_of(made, timeout=0.1).app.info()
        made.stop()


def test_a_server_that_hangs_has_done_its_work(mock):
    mock.faults.hang(5)
    begun = mock.clock.now()
    client_of(mock).chat.send(query="Hello")
    assert mock.clock.now() - begun >= 5


def test_a_stream_is_cut_after_some_events(mock):
    mock.faults.cut(3, on="chat.stream")
    with pytest.raises(StreamInterruptedError) as cut:
        client_of(mock).chat.stream(query="Hello").result()
    assert cut.value.partial.answer == "Hello from the "


def test_a_reply_is_cut(mock):
    mock.faults.cut(0, on="app.info")
    with pytest.raises(APIConnectionError):
        client_of(mock).app.info()


def test_a_dribble_comes_to_the_same(mock):
    client = client_of(mock)
    whole = client.chat.stream(query="Привет").result().answer
    mock.faults.dribble(1, times=2)
    assert client.chat.stream(query="Привет").result().answer == whole
    assert client.chat.send(query="Привет").answer == whole


# The journal


def test_the_journal_tells_who_asked_what_and_how_it_went(mock):
    client = client_of(mock)
    client.chat.send(query="Hello")
    client.chat.stream(query="Hello again").result()
    client.conversations.list(limit=5)
    sent, streamed, listed = mock.journal
    assert (sent.operation, sent.method, sent.path, sent.status) == ("service.chat.send", "POST", "/v1/chat-messages", 200)
    assert sent.body["query"] == "Hello"
    assert streamed.operation == "service.chat.stream"
    assert "limit=5" in listed.query
    assert mock.journal.of("chat.send") == [sent] == mock.journal.of("service.chat.send")


def test_the_journal_holds_no_secrets(mock):
    client = client_of(mock)
    client.chat.send(query="Hello", inputs={"name": "Bob", "api_key": "sk-1", "nested": {"password": "p-1"}})
    client.files.upload(file=("a.txt", b"the content", "text/plain"))
    told = repr(list(mock.journal))
    for secret in (*mock.credentials.app_keys.values(), "sk-1", "p-1", "the content"):
        assert secret not in told
    assert "Bob" in told


def test_the_journal_notes_what_is_no_operation(mock):
    inside(mock).get("/v1/nope")
    [entry] = mock.journal
    assert (entry.operation, entry.path, entry.status) == (None, "/v1/nope", 404)


def test_credentials_do_not_show_by_chance(mock):
    told = repr(mock) + repr(mock.credentials)
    assert not [key for key in mock.credentials.app_keys.values() if key in told]
    assert mock.credentials.password not in told

"""What plugins read, byte by byte, and an inner tier on a socket."""

import json

import httpx

from dify_mock import MockServer
from dify_mock.prefixed import packed
from dify_sdk.inner import InnerClient


def test_a_frame_has_its_length_before_it():
    body = b'{"data":{"a":"\xc3\xbc"},"error":""}'
    assert packed({"a": "ü"}) == bytes([0x0F, 0, 10, 0]) + len(body).to_bytes(4, "little") + bytes(6) + body


def bodies(content):
    while content:
        assert content[:4] == bytes([0x0F, 0, 10, 0])
        end = 14 + int.from_bytes(content[4:8], "little")
        yield json.loads(content[14:end])
        content = content[end:]


def test_the_events_of_an_app_come_in_frames():
    mock = MockServer(pace=0)
    headers = {"x-inner-api-key": mock.credentials.inner_plugin_key}
    asked = {"tenant_id": mock.world.workspace_id, "user_id": "ann", "app_id": mock.world.first_app("workflow").id}
    with httpx.Client(transport=mock.transport, base_url="http://mock/inner/api", headers=headers) as http:
        reply = http.post("/invoke/app", json={**asked, "inputs": {"query": "x"}, "response_mode": "streaming"})
    assert reply.headers["content-type"] == "text/event-stream; charset=utf-8"
    told = list(bodies(reply.content))
    assert {one["error"] for one in told} == {""}
    assert (told[0]["data"], told[1]["data"]["event"], told[-1]["data"]["event"]) == ("ping", "workflow_started", "workflow_finished")


def test_no_key_stands_in_the_journal():
    mock = MockServer(pace=0)
    key = mock.credentials.inner_key
    with httpx.Client(transport=mock.transport, base_url="http://mock/inner/api", headers={"x-inner-api-key": key}) as http:
        assert http.post("/enterprise/workspace/ownerless", json={"name": "Other"}).json()["tenant"]["name"] == "Other"
    assert key not in repr(list(mock.journal))
    assert key not in repr(mock.credentials) + repr(mock.world.interior)


def test_an_inner_tier_on_a_socket():
    with MockServer(pace=0) as mock, InnerClient(mock.credentials.inner_plugin_key, base_url=mock.url) as client:
        caller = {"tenant_id": mock.world.workspace_id, "user_id": "ann"}
        assert client.invoke.tts(**caller, provider="p", model="m", content_text="Hello", voice="nova").audio.endswith(b"nova")

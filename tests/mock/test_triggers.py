"""What of the triggers tier no client shows: pages, the verbs that a path has, and a real socket."""

import httpx

from dify_mock import MockServer
from dify_mock.contract import drawings
from dify_mock.contract.drawings import WEBHOOK
from dify_sdk.triggers import TriggersClient


def test_what_is_wrong_with_the_address_is_said_on_a_page():
    mock = MockServer(pace=0)
    with httpx.Client(transport=mock.transport, base_url="http://mock/triggers") as http:
        for path in ("/webhook/nothere", "/plugin/no-uuid", "/nowhere"):
            reply = http.post(path)
            assert (reply.status_code, reply.headers["content-type"]) == (404, "text/html; charset=utf-8")
            assert "<title>404 Not Found</title>" in reply.text
        assert "Webhook not found: &lt;b&gt;" in http.post("/webhook/<b>").text


def test_what_is_wrong_with_the_call_is_said_in_json():
    mock = MockServer(pace=0)
    drawings.put_webhook(mock)
    with httpx.Client(transport=mock.transport, base_url="http://mock/triggers") as http:
        reply = http.get(f"/webhook/{WEBHOOK}")
        assert reply.json() == {"error": "Bad Request", "message": "HTTP method mismatch. Expected POST, got GET"}
        assert http.post("/plugin/59f9d59a-4750-450f-8923-95571dc4f3b7").json() == {"error": "Endpoint not found"}
        assert http.options(f"/webhook/{WEBHOOK}").headers["allow"] == "DELETE, GET, PATCH, POST, PUT, HEAD, OPTIONS"


def test_a_webhook_may_be_called_by_head():
    mock = MockServer(pace=0)
    drawings.put_webhook(mock, method="head")
    with httpx.Client(transport=mock.transport, base_url="http://mock/triggers") as http:
        assert http.head(f"/webhook/{WEBHOOK}").status_code == 200
    assert [one.triggered_from for one in mock.world.runs.values()] == ["webhook"]


def test_json_that_is_no_object_is_all_of_the_body():
    mock = MockServer(pace=0)
    drawings.put_webhook(mock)
    with httpx.Client(transport=mock.transport, base_url="http://mock/triggers") as http:
        http.post(f"/webhook/{WEBHOOK}", json=[1, 2])
        http.post(f"/webhook/{WEBHOOK}", json={"response_mode": "streaming"})
    assert [one.inputs["webhook_body"] for one in mock.world.runs.values()] == [{"raw": [1, 2]}, {"response_mode": "streaming"}]


def test_an_empty_document_is_answered_as_it_is():
    mock = MockServer(pace=0)
    drawings.put_webhook(mock, response_body="{}")
    with httpx.Client(transport=mock.transport, base_url="http://mock/triggers") as http:
        assert http.post(f"/webhook/{WEBHOOK}", json={}).json() == {}


def test_a_webhook_on_a_socket():
    with MockServer(pace=0) as mock:
        drawings.put_webhook(mock, response_body="thanks")
        with TriggersClient(base_url=mock.url) as client:
            assert client.webhooks.post(WEBHOOK, json={}).json() == {"message": "thanks"}

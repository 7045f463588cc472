"""Streams of runs beside those of a live server: the same events in the same order, with the same fields.

It runs where `DIFY_RECORDINGS` names a folder of recordings.
"""

import json
from functools import cache
from pathlib import Path

import httpx
import pytest

from contract import recorded
from dify_mock import MockServer, seed
from dify_mock.contract import drawings
from dify_mock.knowledge.intake import settle_technique
from dify_mock.llm import PROVIDER

if recorded.FOLDER is None:
    pytest.skip(recorded.NO_FOLDER, allow_module_level=True)

USER = "rec-user-1"
# What differs from run to run: only its type is compared.
PASSING = {
    "app_id", "conversation_id", "created_at", "dataset_id", "document_id", "elapsed_time", "expiration_time", "finished_at", "form_id",
    "form_token", "icon", "id", "latency", "message_id", "nonce", "reference", "related_id", "score", "segment_id", "sys.app_id",
    "sys.timestamp", "sys.workflow_id", "sys.workflow_run_id", "task_id", "time_to_first_token", "time_to_generate", "url", "workflow_id",
    "workflow_run_id",
}  # fmt: skip
TEXT = (
    "Dify is a platform for LLM apps.\n\nRecordings are useful. The quick brown fox jumps over the lazy dog.\n\n"
    "A third paragraph speaks about embeddings and vectors."
)


class Scene:
    """A mock with one app more, and with knowledge that has had a hit."""

    def __init__(self, mode, drawn=None, features=None):
        self.mock = MockServer(pace=0)
        self.mode = mode
        self.dataset = seed.add_dataset(self.mock.world, "Rec Knowledge")
        settle_technique(self.dataset, "high_quality")
        seed.put_text(self.mock.world, self.dataset, "doc one", TEXT)
        self.mock.world.retrieve([self.dataset.id], "fox", {})
        key = self.mock.credentials.app_keys[mode]
        self.http = httpx.Client(transport=self.mock.transport, base_url="http://mock/v1", headers={"authorization": f"Bearer {key}"})
        if drawn:
            self.draw(drawn, features)

    def draw(self, drawn, features):
        self.http.headers["authorization"] = f"Bearer {drawings.put(self.mock, self.mode, drawn, features)}"

    def run(self, inputs, mode="streaming"):
        return self.http.post("/workflows/run", json={"inputs": inputs, "user": USER, "response_mode": mode})

    def chat(self, query, inputs=None, mode="streaming", **more):
        told = {"query": query, "inputs": inputs or {}, "user": USER, "response_mode": mode, **more}
        return self.http.post("/chat-messages", json=told)

    def events(self, run_id, **query):
        return self.http.get(f"/workflow/{run_id}/events", params={"user": USER, **query})

    def fill(self, event, **inputs):
        token = event["data"]["form_token"]
        action = inputs.pop("action", "approve")
        return self.http.post(f"/form/human_input/{token}", json={"inputs": inputs, "action": action, "user": USER})


def read(text):
    """The records of a stream: a ping, or an event."""
    records = [record for record in text.split("\n\n") if record]
    return ["ping" if record == "event: ping" else json.loads(record.removeprefix("data: ")) for record in records]


@cache
def recording(name):
    return (Path(recorded.FOLDER) / "sse" / f"service.{name}.sse").read_text("utf-8")


def shape(value, key=""):
    """A value without what passes."""
    if key.endswith("_duration_map"):
        return dict.fromkeys(value, "float")
    if isinstance(value, dict):
        return {name: shape(one, name) for name, one in value.items()}
    if isinstance(value, list):
        return [shape(one) for one in value]
    if key in PASSING:
        return type(value).__name__
    if key == "text" and str(value).startswith("{\n"):
        return shape(json.loads(value))
    return value


def same(reply, name):
    ours, theirs = read(reply.text), read(recording(name))
    assert [one if one == "ping" else one["event"] for one in ours] == [one if one == "ping" else one["event"] for one in theirs]
    for our, their in zip(ours, theirs, strict=True):
        assert shape(our) == shape(their)


@pytest.mark.parametrize(
    ("name", "inputs"),
    [
        ("workflow.stream", {"query": "Hello wf", "name": "Al", "count": 3}),
        ("workflow.stream_by_id", {"query": "by id"}),
        ("workflow.stream_fail_mid", {"query": "[[fail-mid]]"}),
        ("service.body.workflow_missing_required_input_streaming", {}),
    ],
)
def test_a_straight_workflow(name, inputs):
    same(Scene("workflow").run(inputs), name)


@pytest.mark.parametrize(
    ("name", "query", "inputs"),
    [
        ("chatflow.stream", "Hello flow", {"name": "Ann"}),
        ("chatflow.stream_by_workflow_id", "pinned version", {}),
        ("chatflow.stream_think_reasoning_separated", "[[think]]", {}),
        ("chatflow.stream_fail_mid", "[[fail-mid]]", {}),
    ],
)
def test_a_straight_chatflow(name, query, inputs):
    same(Scene("advanced-chat").chat(query, inputs), name)


def test_a_branch_with_a_retry_and_a_default_value():
    same(Scene("workflow", drawings.retrying()).run({"query": "[[fail-mid]]"}), "workflow.stream_branch_retry_default")


@pytest.mark.parametrize(("name", "query"), [("iteration.stream", "one\n\ntwo"), ("iteration.stream_item_fails", "one\n\n[[fail-mid]]")])
def test_an_iteration(name, query):
    same(Scene("workflow", drawings.iterating()).run({"query": query}), name)


def test_a_stop():
    scene = Scene("advanced-chat")
    with scene.http.stream(
        "POST", "/chat-messages", json={"query": "[[slow]]", "inputs": {}, "user": USER, "response_mode": "streaming"}
    ) as reply:
        text, pieces = "", reply.iter_text()
        while text.count('"event":"message"') < 3:
            text += next(pieces)
        task = read(text)[1]["task_id"]
        assert scene.http.post(f"/chat-messages/{task}/stop", json={"user": USER}).json() == {"result": "success"}
        text += "".join(pieces)
    same(httpx.Response(200, text=text), "chatflow_stream_stopped")


def test_a_pause():
    same(Scene("workflow", drawings.approval()).run({"query": "approve me"}), "hitl.workflow_hitl_streaming_pauses")


def test_a_paused_workflow_seen_again():
    scene = Scene("workflow", drawings.approval())
    begun = read(scene.run({"query": "approve me"}).text)[1]
    same(scene.events(begun["workflow_run_id"], include_state_snapshot="true"), "workflow_events.resume_workflow_hitl")


def test_a_paused_chatflow_seen_again():
    scene = Scene("advanced-chat", drawings.approved_chat())
    begun = read(scene.chat("approve me").text)[1]
    same(scene.events(begun["workflow_run_id"], include_state_snapshot="true"), "workflow_events.resume_chatflow_hitl")


def test_a_run_that_goes_on_when_its_form_is_filled():
    scene = Scene("workflow", drawings.approval())
    paused = read(scene.run({"query": "reject me"}).text)
    query = {"user": USER, "include_state_snapshot": "true", "continue_on_pause": "true"}
    with scene.http.stream("GET", f"/workflow/{paused[1]['workflow_run_id']}/events", params=query) as reply:
        assert (reply.headers["cache-control"], reply.headers["connection"]) == ("no-cache", "keep-alive")
        text, pieces = "", reply.iter_text()
        while "workflow_paused" not in text:
            text += next(pieces)
        assert scene.fill(paused[-2], comment="no", choice="blue", action="reject").json() == {}
        text += "".join(pieces)
    same(httpx.Response(200, text=text), "workflow_events.continue_on_pause")


def test_a_run_that_is_over():
    scene = Scene("workflow")
    run_id = scene.run({"query": "Hello wf", "name": "Al", "count": 3}, mode="blocking").json()["workflow_run_id"]
    reply = scene.events(run_id)
    same(reply, "workflow_events.finished")
    assert '"event": "workflow_finished"' in reply.text


def test_an_answer_from_knowledge():
    scene = Scene("advanced-chat")
    scene.draw(drawings.knowing(scene.dataset.id), {"retriever_resource": {"enabled": True}})
    same(scene.chat("quick brown fox"), "rag.chatflow_streaming")


def test_a_chat_that_answers_from_knowledge():
    scene = Scene("chat")
    datasets = {"datasets": [{"dataset": {"enabled": True, "id": scene.dataset.id}}]}
    reranking = {"reranking_provider_name": PROVIDER, "reranking_model_name": "stub-rerank"}
    told = {"retrieval_model": "multiple", "datasets": datasets, "top_k": 4, "reranking_enable": True, "reranking_model": reranking}
    scene.mock.world.first_app("chat").config["dataset_configs"] = told
    same(scene.chat("quick brown fox"), "rag.chat_stream_rerank")


@cache
def exchanges():
    return {row.told["name"]: row.told for row in recorded.rows()}


def test_a_blocking_run():
    ours = Scene("workflow").run({"query": "Hello wf"}, mode="blocking")
    assert shape(ours.json()) == shape(exchanges()["workflow.blocking"]["response_body"])


def test_a_blocking_run_that_pauses():
    ours = Scene("workflow", drawings.approval()).run({"query": "approve me"}, mode="blocking")
    assert shape(ours.json()) == shape(exchanges()["hitl.workflow_hitl_blocking_pauses"]["response_body"])


def test_a_blocking_chatflow_that_pauses():
    ours = Scene("advanced-chat", drawings.approved_chat()).chat("approve me", mode="blocking")
    assert shape(ours.json()) == shape(exchanges()["hitl.chatflow_hitl_blocking_pauses"]["response_body"])


def test_a_blocking_chatflow_that_fails():
    told = exchanges()["chatflow.blocking_fail_mid"]
    ours = Scene("advanced-chat").chat("[[fail-mid]]", mode="blocking")
    assert (ours.status_code, ours.json()) == (told["status"], told["response_body"])


def test_a_log():
    scene = Scene("workflow")
    for query in ("by id", "[[fail-mid]]"):
        scene.run({"query": query})
    ours = scene.http.get("/workflows/logs", params={"status": "failed"}).json()
    theirs = exchanges()["workflow_logs.failed"]["response_body"]
    assert shape({**ours, "total": 0, "data": ours["data"][:1]}) | {"data": [log(ours)]} == shape({**theirs, "total": 0}) | {
        "data": [log(theirs)]
    }


def log(listed):
    row = shape(listed["data"][0])
    row["workflow_run"]["version"] = ""
    return row


def test_the_detail_of_a_run():
    scene = Scene("advanced-chat")
    run_id = read(scene.chat("Hello flow", {"name": "Ann"}).text)[1]["workflow_run_id"]
    ours = scene.http.get(f"/workflows/run/{run_id}").json()
    theirs = exchanges()["workflow_runs.get_from_chatflow"]["response_body"]
    assert shape({**ours, "inputs": json.loads(ours["inputs"])}) == shape({**theirs, "inputs": json.loads(theirs["inputs"])})


def test_a_form():
    scene = Scene("advanced-chat", drawings.approved_chat())
    paused = read(scene.chat("approve me").text)
    ours = scene.http.get(f"/form/human_input/{paused[-2]['data']['form_token']}")
    assert shape(ours.json()) == shape(exchanges()["human_input.get_chatflow_hitl"]["response_body"])

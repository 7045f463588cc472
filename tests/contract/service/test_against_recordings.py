"""The mock beside a live server: the same requests, asked in a world like the recorded one, get replies of the same shape.

It runs where `DIFY_RECORDINGS` names a folder of recordings.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from contract import beside, recorded
from dify_mock import seed
from dify_mock.graphs import end, graph, start, variable
from dify_mock.knowledge.intake import settle_technique
from dify_mock.seed import FLOW_UPLOADS
from dify_mock.workflow.publishing import publish

if recorded.FOLDER is None:
    pytest.skip(recorded.NO_FOLDER, allow_module_level=True)

USER = "rec-user-1"
CONVERSATION = "574207a9-279e-4072-95a8-9d219d48e206"
FIRST_MESSAGE, LAST_MESSAGE = "8b314c04-3855-4f7d-9e0f-d8db2d456813", "5aa34a66-0612-434a-b3c5-da748fa20b5e"
PICTURE, NOTE, UNUSED = (
    "3e8f4b6f-78c4-4b08-ae93-6a7bb62291b2",
    "aafaa462-634c-4771-bbb9-87f19290026b",
    "553f3bc1-8988-4c62-9423-153971d75460",
)
END_USER, ANNOTATION = "1d52cee0-3021-4467-8556-9d713edb2937", "21c2fc67-064b-4bff-ac73-792f2778f4dc"
TOLD = "96d951da-5791-4174-8f63-d146e072a993"
TO_DELETE = "d83e1ff0-a96b-404b-b11a-9c04d622d97b"
JOB = "3a90d48e-57ab-4145-83bc-61b5d2665b51"
REPLY = {"score_threshold": 0.9, "embedding_provider_name": "stubber/stubai/stubai", "embedding_model_name": "stub-embed"}


class Scene(beside.Scene):
    """A demo world in which what the recordings speak of has happened."""

    def __init__(self, mode):
        super().__init__()
        self.mode = mode
        self.key = self.mock.credentials.app_keys[mode]
        if mode == "chat":
            self._play()

    @property
    def app(self):
        return self.mock.world.first_app(self.mode)

    def _play(self):
        first = self.chat("Hello stub", inputs={"name": "Bob", "tone": "formal", "age": 30})
        self.ids[CONVERSATION], self.ids[FIRST_MESSAGE] = first["conversation_id"], first["id"]
        self.chat("And again", conversation_id=first["conversation_id"])
        self.ids[LAST_MESSAGE] = self.chat("with parent", conversation_id=first["conversation_id"])["id"]
        for recorded_id, name, kind in ((PICTURE, "pic.png", "image"), (NOTE, "note.txt", "document"), (UNUSED, "x.txt", None)):
            upload = self.post("/v1/files/upload", files={"file": (name, b"x" * 28, f"{kind}/x")}, data={"user": USER})
            self.ids[recorded_id], self.ids[END_USER] = upload["id"], upload["created_by"]
            self.mock.world.upload_files[upload["id"]].mime_type = {"image": "image/png"}.get(kind, "text/plain")
            if kind:
                self.chat("see this", files=[{"type": kind, "transfer_method": "local_file", "upload_file_id": upload["id"]}])
        self.ids[TO_DELETE] = self.chat("Named later", auto_generate_name=False)["conversation_id"]
        self.ids[ANNOTATION] = self.post("/v1/apps/annotations", json={"question": "What is 2+2?", "answer": "It is four."})["id"]
        self.ids[JOB] = self.post("/v1/apps/annotation-reply/enable", json=REPLY)["job_id"]

    def chat(self, query, inputs=None, **more):
        return self.post("/v1/chat-messages", json={"query": query, "inputs": inputs or {}, "user": USER, **more})


def nothing(scene):
    """The scene is right as it is."""


def api_off(scene):
    scene.app.enable_api = False


def wrong_key(scene):
    scene.key = "app-wrong"


def unpublished(scene):
    scene.app.published = None


def file_form(scene):
    kinds = {"allowed_file_types": ["document"], "allowed_file_extensions": [], "allowed_file_upload_methods": ["local_file"]}
    form = [
        variable("doc", "file", **kinds),
        variable("docs", "file-list", **kinds),
        variable("flag", "checkbox"),
        variable("extra", "json_object"),
    ]
    speech = {"enabled": True, "voice": "alloy", "language": "en-US"}
    features = {"file_upload": FLOW_UPLOADS, "text_to_speech": speech}
    publish(scene.mock.world, scene.app, graph([start(*form), end("end1", "End")], ("start1", "end1")), features)


def job_done(scene):
    scene.mock.clock.advance(1)


def forbidden_words(scene):
    part = {"enabled": True, "preset_response": "Blocked."}
    config = {"keywords": "slow44\nnever", "inputs_config": {"enabled": False}, "outputs_config": part}
    scene.app.config["sensitive_word_avoidance"] = {"enabled": True, "type": "keywords", "config": config}


def one_at_a_time(scene):
    scene.app.max_active_requests = 1
    scene.mock.world.begin(scene.app, scene.mock.world.end_user(scene.app, USER))


def no_provider(scene):
    scene.app.config["model"]["provider"] = "langgenius/openai/openai"


def liked(scene):
    scene.post(f"/v1/messages/{scene.ids[FIRST_MESSAGE]}/feedbacks", json={"rating": "like", "user": USER})


def nobody_spoke(scene):
    scene.mock.world.conversations.clear()


def already_deleted(scene):
    del scene.mock.world.conversations[scene.ids[TO_DELETE]]


def knowing(scene):
    """The chat looks into a dataset, of which one document says something about itself."""
    world = scene.mock.world
    dataset = seed.add_dataset(world, "Rec Knowledge")
    settle_technique(dataset, "high_quality")
    one, two = (seed.put_text(world, dataset, text, text) for text in ("The quick brown fox.", "New words."))
    one.metadata, two.metadata = {"year": 2024, "writer": "Ann"}, {}
    known = {"datasets": [{"dataset": {"enabled": True, "id": dataset.id}}]}
    scene.app.config["user_input_form"] = []
    scene.app.config["dataset_configs"] = {"retrieval_model": "multiple", "datasets": known, "top_k": 3}


def knowing_little(scene):
    """Nothing is said of the documents."""
    knowing(scene)
    for dataset in scene.mock.world.knowledge.datasets.values():
        for document in dataset.documents.values():
            document.metadata = None


def having_told(scene):
    knowing(scene)
    scene.ids[TOLD] = scene.chat("quick brown fox")["conversation_id"]


@dataclass(frozen=True)
class Situation:
    """Which app is asked, and what has happened before."""

    mode: str = "chat"
    before: Callable = nothing


COMPLETION, AGENT, WORKFLOW = Situation("completion"), Situation("agent-chat"), Situation("workflow")
# Recorded names, and how the same reply is come by. What is not named is asked of the chat app in the scene.
SITUATIONS = {
    "parameters.completion": COMPLETION,
    "info.completion": COMPLETION,
    "site.completion": COMPLETION,
    "parameters.agent": AGENT,
    "info.agent": AGENT,
    "site.agent": AGENT,
    "parameters.chatflow": Situation("advanced-chat"),
    "meta.chatflow": Situation("advanced-chat"),
    "meta.workflow": WORKFLOW,
    "parameters.workflow_files": Situation("workflow", file_form),
    "info.workflow_files": WORKFLOW,
    "meta.workflow_files": WORKFLOW,
    "site.workflow_files": WORKFLOW,
    "chat.moderated_output_stream": Situation(before=forbidden_words),
    "completion_stop": COMPLETION,
    "agent_stop": AGENT,
    "agent_stream_stopped": AGENT,
    "completion.stream": COMPLETION,
    "completion.blocking": COMPLETION,
    "completion.stream_model_error_rate": COMPLETION,
    "agent.stream_plain": AGENT,
    "agent.stream_tool_image": AGENT,
    "agent.stream_tool_echo": AGENT,
    "agent.stream_model_error_mid": AGENT,
    "agent.blocking_refused": AGENT,
    "conversations.list_no_user": Situation(before=nobody_spoke),
    "messages.feedback_null": Situation(before=liked),
    "annotations.reply_status": Situation(before=job_done),
    "annotations.reply_disable": Situation(before=job_done),
    "chat.stream_annotation_hit": Situation(before=job_done),
    "conversations.delete_twice": Situation(before=already_deleted),
    "service.auth.wrong_key": Situation(before=wrong_key),
    "service.auth.api_disabled_app": Situation(before=api_off),
    "service.app_type.chat_on_completion_app": COMPLETION,
    "service.app_type.suggested_on_completion_app": COMPLETION,
    "service.app_type.stop_chat_on_workflow": WORKFLOW,
    "service.app_type.conv_vars_on_completion": COMPLETION,
    "service.body.completion_missing_required_input": COMPLETION,
    "service.id.suggested_feature_off": COMPLETION,
    "service.audio.feature_off": COMPLETION,
    "limit.second_streaming_429": Situation(before=one_at_a_time),
    "limit.second_blocking_429": Situation(before=one_at_a_time),
    "provider.missing_blocking": Situation(before=no_provider),
    "workflow.unpublished_parameters": Situation("workflow", unpublished),
    "rag.chat_blocking": Situation(before=knowing),
    "rag.chat_stream_rerank": Situation(before=knowing_little),
    "rag.messages": Situation(before=having_told),
}
# Recordings that are looked at elsewhere, or that no world of the mock can be like.
LEFT_OUT = {
    "index": "the server of the recordings did not know its own root",
    "rag.chatflow": "runs of chatflows",
    "chatflow": "runs of chatflows",
    "hitl.": "forms of chatflows",
    "conversations.variable": "variables are a chatflow's",
    "service.id.variable_unknown": "the same",
    "messages.list_chatflow": "the same",
}
AREAS = re.compile(
    r"/v1(/?$|/(nope|info|meta|site|parameters|chat-messages|completion-messages|messages|conversations|audio-to-text|text-to-audio"
    r"|files|end-users|apps|app|workspaces)\b)"
)


def is_ours(row):
    path = row.told["url"].partition("?")[0]
    return row.told["tier"] == "service" and AREAS.match(path) and not row.told["name"].startswith(tuple(LEFT_OUT))


OURS = [row for row in recorded.rows() if is_ours(row)]
REPLIES = [row for row in OURS if not row.is_stream]
STREAMS = [row for row in OURS if row.is_stream]


def the_scene_of(row):
    situation = SITUATIONS.get(row.told["name"], Situation())
    scene = Scene(situation.mode)
    situation.before(scene)
    return scene


def test_every_name_of_the_table_is_recorded():
    names = {row.told["name"] for row in recorded.rows()}
    assert not [name for name in SITUATIONS if name not in names]
    assert not [prefix for prefix in LEFT_OUT if not any(name.startswith(prefix) for name in names)]


@pytest.mark.parametrize("row", REPLIES, ids=lambda row: row.id)
def test_a_reply_has_the_recorded_shape(row):
    beside.check_reply(the_scene_of(row).ask(row), row)


@pytest.mark.parametrize("row", STREAMS, ids=lambda row: row.id)
def test_a_stream_has_the_recorded_events(row):
    scene = the_scene_of(row)

    def stop(task_id):
        scene.post(f"{row.told['url']}/{task_id}/stop", json={"user": USER})

    by_the_hour = row.told["name"] in {"chat.moderated_output_stream", "agent_stream_stopped"}
    beside.check_stream(scene, row, stop=stop if "stopped" in row.told["name"] else None, counts=not by_the_hour)

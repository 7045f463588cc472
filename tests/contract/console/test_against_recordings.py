"""The console tier of the mock beside that of a live server: the same requests get replies of the same shape.

It runs where `DIFY_RECORDINGS` names a folder of recordings.
"""

import re

import pytest

import dify_mock.console  # noqa: F401  # registers its handlers
from contract import beside, recorded
from dify_mock import console_sessions, lessons, seed
from dify_mock.registry import HANDLERS
from dify_mock.uploads import keep
from dify_mock.workflow.publishing import publish
from dify_sdk import File

if recorded.FOLDER is None:
    pytest.skip(recorded.NO_FOLDER, allow_module_level=True)

UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
PASSWORD = "Passw0rd123"
NOT_THERE = "66339d0e-c3f9-4ac1-bb56-e7ab511fd5a2"
# Apps of the recorded server, of which no recorded reply tells.
UNTOLD = {
    "57491175-8a57-496f-93f4-3429fa41271d": "chat",
    "8a66d279-215c-4836-964e-9b4ef53a834c": "chat",
    "f9d27ccd-cb8a-4fa1-90f1-b3bfb089ff01": "workflow",
    "e1571227-61a2-4d47-9601-bce5b23ed159": "chat",
}
MODES = {"chat", "agent-chat", "advanced-chat", "workflow", "completion"}
OWNER, WORKSPACE = "ce1441e3-0a5c-47e2-869f-ba89ff6ff806", "4ddf3a94-bbd1-49f4-98a6-fc8dffffc403"
MODEL = {"provider": "stubber/stubai/stubai", "name": "stub-chat", "mode": "chat", "completion_params": {}}
CHAT, COPIED = "d0c4fd97-f983-4af7-b6cc-aec3fda8f31a", "40cc6dc8-9d20-48f7-aebf-93fc16c258b5"


def told_apps(value):
    """The apps that a recorded reply tells of: their ids, modes and configurations."""
    if isinstance(value, dict):
        if value.keys() >= {"id", "mode", "name"} and value["mode"] in MODES:
            config = value.get("model_config") or {}
            yield value["id"], value["mode"], config if "user_input_form" in config else None
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from told_apps(one)


ROWS = [row for row in recorded.rows() if row.told["tier"] == "console"]
TOLD = [one for row in ROWS for one in told_apps(row.told.get("response_body"))]
APPS = {app_id: mode for app_id, mode, _ in TOLD} | UNTOLD
CONFIGS = {app_id: config for app_id, _, config in TOLD if config}


class Scene(beside.Scene):
    """A demo world with the apps that a recorded request speaks of, and its reply."""

    def __init__(self, row):
        super().__init__()
        self.world = world = self.mock.world
        self.owner = owner = world.owner
        owner.password, owner.last_login_at, owner.last_login_ip = PASSWORD, world.clock.now(), "127.0.0.1"
        self.cookies = console_sessions.cookies(world, owner) | {"refresh_token": world.refresh_tokens.issue(owner)}
        speaks_of = f"{row.told['url']} {row.told['request_body']} {row.told.get('response_body')}"
        for app_id in sorted({*UUID.findall(speaks_of)} & APPS.keys()):
            self.ids[app_id] = self.app(app_id).id
        self.ids |= {OWNER: owner.id, WORKSPACE: world.workspace_id}

    def app(self, app_id):
        """An app as the recorded one is."""
        like = self.world.first_app(APPS[app_id])
        config = {name: value for name, value in CONFIGS.get(app_id, like.config or {}).items() if value is not None}
        made = seed.add_app(self.world, "Recorded", like.mode, config=config if like.config else None)
        made.configured_by, made.configured_at = self.owner.id, self.world.clock.seconds()
        if like.workflow:
            publish(self.world, made, like.workflow.graph, like.workflow.features)
        return made

    @property
    def chat(self):
        """The chat that most requests are about."""
        return self.world.apps[self.ids[CHAT]]

    def key_of(self, app):
        return seed.add_app_key(self.world, app)

    def shown(self, row, value):
        if "***" not in value:
            return value
        if value in {"abc***", "wro***"}:
            return "wrong"
        if value.startswith("Bearer "):
            return f"Bearer {self.cookies['access_token'] if value.startswith('Bearer eyJ') else 'abc'}"
        if "=" not in value:
            return self.cookies["csrf_token"]
        held = dict.fromkeys(self.cookies, "wrong") if row.told["name"] == "console.auth.bad_cookie" else self.cookies
        return re.sub(r"(\w+)=\*\*\*", lambda found: f"{found[1]}={held[found[1]]}", value)

    def console(self, method, path, **body):
        """Something that the owner has done before."""
        headers = console_sessions.headers(self.world, self.owner)
        reply = self.http.request(method, f"/console/api{path}", headers=headers, **body)
        assert reply.is_success, reply.text
        return reply.json() if reply.content else None


def nothing(scene):
    """The scene is right as it is."""


def empty(scene):
    """Nobody has set the server up."""
    scene.world.accounts.known.clear()
    scene.world.set_up_at = None


def locked_out(scene):
    for _ in range(6):
        scene.world.limits.note("failed passwords of nobody@example.com")


def renewed(scene):
    scene.world.refresh_tokens.use(scene.cookies["refresh_token"])


def labelled(scene):
    scene.ids["d7f32240-af72-4d6f-8d07-4d6e46b177b0"] = scene.world.tags.add(scene.world.workspace_id, "app-tag", "app").id


def pictured(scene):
    """The owner has uploaded a portrait."""
    picture = keep(scene.world, File(b"x", "p.png", "image/png"), created_by=scene.owner.id, workspace_id=scene.world.workspace_id)
    scene.ids["dc8f7532-1bff-4039-ac8a-c5c3e61f7e19"] = scene.owner.avatar = picture.id


def invited(scene):
    made = scene.world.accounts.invite(scene.world.accounts.workspaces[scene.world.workspace_id], "third@example.com", "normal")
    scene.ids["166446fc-f95d-43ec-bfc0-9f743fa98667"] = made.token
    scene.ids["c21ff5c2-112d-4260-a56b-7fd04fc91f20"] = made.account.id


def starred(scene):
    scene.world.apps[scene.ids[COPIED]].max_active_requests = 0
    scene.console("POST", f"/apps/{scene.ids[COPIED]}/star")


def bare(scene):
    """An app that nobody has given an icon."""
    app = scene.world.apps[scene.ids["82a73723-c0b7-4574-88e5-fb0f05de7aca"]]
    app.site.icon = app.site.icon_background = None


def placed(scene):
    site = scene.world.apps[scene.ids[COPIED]].site
    site.copyright, site.privacy_policy = "me", "http://example.com"


def keyed(scene):
    app_id = scene.ids[COPIED]
    scene.ids["20e9d3f2-f4c0-4e05-93e1-33dd3c09d15d"] = scene.console("POST", f"/apps/{app_id}/api-keys")["id"]


def talked(scene):
    """A user has asked twice, and the owner has tried the app out."""
    key = scene.key_of(scene.chat)
    asked = {"inputs": {"name": "Bob", "tone": "formal", "age": 30}, "query": "Hello stub", "user": "rec-user"}
    first = scene.post("/v1/chat-messages", key=key, json=asked)
    again = {"inputs": {}, "query": "no response_mode", "user": "rec-user", "conversation_id": first["conversation_id"]}
    scene.post("/v1/chat-messages", key=key, json=again)
    for _ in range(40):
        scene.post("/v1/chat-messages", key=key, json=asked)
    scene.mock.clock.advance(1)
    told = {"inputs": {}, "query": "debug hello", "model_config": {"model": MODEL}}
    tried = scene.console("POST", f"/apps/{scene.chat.id}/chat-messages", json=told)
    scene.ids |= {
        "574207a9-279e-4072-95a8-9d219d48e206": first["conversation_id"],
        "8b314c04-3855-4f7d-9e0f-d8db2d456813": first["message_id"],
        "0451c2da-6d4e-4ba4-bb53-4c8b56b15a42": tried["message_id"],
    }


def rated(scene):
    talked(scene)
    told = {"message_id": scene.ids["8b314c04-3855-4f7d-9e0f-d8db2d456813"], "rating": "like"}
    scene.console("POST", f"/apps/{scene.chat.id}/feedbacks", json=told)


def completed(scene):
    app = scene.world.apps[scene.ids["5630cbd6-bb78-4aff-9237-0483db77c67c"]]
    key = scene.key_of(app)
    for _ in range(3):
        scene.post("/v1/completion-messages", key=key, json={"inputs": {"query": "x"}, "user": "rec-user"})
    told = {"inputs": {"query": "x"}, "model_config": {**app.config, "model": MODEL}}
    scene.console("POST", f"/apps/{app.id}/completion-messages", json=told)


def annotated(scene):
    made = scene.console("POST", f"/apps/{scene.chat.id}/annotations", json={"question": "Q?", "answer": "A."})
    scene.ids["a3b0f2b3-d3c9-4129-bf63-06d668ba7dc4"] = made["id"]


def imported(scene):
    file = {"file": ("a.csv", b"question,answer\nQ1,A1\nQ2,A2\n", "text/csv")}
    made = scene.console("POST", f"/apps/{scene.chat.id}/annotations/batch-import", files=file)
    scene.ids["1992f56e-bcad-44d1-b30f-4f3342fde93c"] = made["job_id"]
    scene.mock.clock.advance(60)


def installed(scene):
    [one] = [one for one in scene.world.installations.of(scene.world.workspace_id) if one.app is scene.world.first_app("chat")]
    scene.ids["3229826a-eade-4732-86bb-d229b84ce5c8"] = one.id


def taught(scene):
    """The server recommends what comes with it."""
    scene.world.recommendations.apps.clear()
    lessons.teach(scene.world)


# Recorded names, and what has happened before. What is not named is asked of the fresh world.
BEFORE = {
    "setup.create": empty,
    "console.login.lockout_6": locked_out,
    "console.refresh.old_token_again": renewed,
    "console.refresh.after_logout": renewed,
    "console.refresh.after_logout_real": renewed,
    "activate.check_token_only": invited,
    "activate.token_only": invited,
    "members.list": pictured,
    "members.remove_third": invited,
    "tags.bind": labelled,
    "tags.unbind": labelled,
    "tags.delete": labelled,
    "account.avatar": pictured,
    "account.avatar_get": pictured,
    "console.auth.bearer_access_token_with_csrf_pair": pictured,
    "console.auth.access_token_used_after_logout": pictured,
    "account.password_same": pictured,
    "files.preview_console": pictured,
    "apps.starred": starred,
    "apps.site_reset_code": placed,
    "apps.update_max_active": bare,
    "apps.api_key_delete": keyed,
    "chat_conversations.list": talked,
    "chat_conversations.get": talked,
    "chat_messages.list": talked,
    "messages.get": talked,
    "debug.suggested": talked,
    "completion_conversations.list": completed,
    "feedbacks.export_json": rated,
    "annotations.list": annotated,
    "annotations.export": annotated,
    "annotations.update": annotated,
    "annotations.hits": annotated,
    "annotations.delete": annotated,
    "annotations.batch_import_status": imported,
    "statistics.daily-messages": talked,
    "statistics.daily-conversations": talked,
    "statistics.daily-end-users": talked,
    "statistics.token-costs": talked,
    "statistics.average-session-interactions": talked,
    "statistics.user-satisfaction-rate": talked,
    "sweep.explore.apps.learn-dify": taught,
    "sweep.installed-apps.installed_app_id.conversations": installed,
    "sweep.installed-apps.installed_app_id.messages": installed,
    "sweep.installed-apps.installed_app_id.messages.message_id.more-like-this": installed,
}
# Rows that no world of the mock can be like.
LEFT_OUT = {
    "advanced_chat_runs.list": "of runs of a draft, which nothing begins here",
    "annotations.batch_import": "of its file only the length was recorded",
}
OURS = [row for row in ROWS if row.operation and not HANDLERS[row.operation.declaration.id].sampled and row.told["name"] not in LEFT_OUT]


def the_scene_of(row):
    scene = Scene(row)
    BEFORE.get(row.told["name"], nothing)(scene)
    return scene


def test_every_name_of_the_tables_is_recorded():
    assert not (BEFORE.keys() | LEFT_OUT.keys()) - {row.told["name"] for row in ROWS}


@pytest.mark.parametrize("row", [row for row in OURS if not row.is_stream], ids=lambda row: row.id)
def test_a_reply_has_the_recorded_shape(row):
    beside.check_reply(the_scene_of(row).ask(row), row)


@pytest.mark.parametrize("row", [row for row in OURS if row.is_stream], ids=lambda row: row.id)
def test_a_stream_has_the_recorded_events(row):
    beside.check_stream(the_scene_of(row), row)

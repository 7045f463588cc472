"""The console tier of the mock beside that of a live server: the same requests get replies of the same shape.

It runs where `DIFY_RECORDINGS` names a folder of recordings.
"""

import re

import pytest

import dify_mock.console  # noqa: F401  # registers its handlers
from contract import beside, recorded
from dify_mock import console_sessions, seed
from dify_mock.registry import HANDLERS
from dify_mock.workflow.publishing import publish

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


def told_apps(value):
    """The apps that a recorded reply tells of: their ids and modes."""
    if isinstance(value, dict):
        if value.keys() >= {"id", "mode", "name"} and value["mode"] in {"chat", "completion", "agent-chat", "advanced-chat", "workflow"}:
            yield value["id"], value["mode"]
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from told_apps(one)


ROWS = [row for row in recorded.rows() if row.told["tier"] == "console"]
APPS = dict(pair for row in ROWS for pair in told_apps(row.told.get("response_body"))) | UNTOLD


class Scene(beside.Scene):
    """A demo world with the apps that a recorded request speaks of."""

    def __init__(self, row):
        super().__init__()
        self.world = world = self.mock.world
        self.owner = world.owner
        self.owner.password = PASSWORD
        self.cookies = console_sessions.cookies(world, self.owner) | {"refresh_token": world.refresh_tokens.issue(self.owner)}
        asked = f"{row.told['url']} {row.told['request_body']}"
        for app_id in {*UUID.findall(asked)} & APPS.keys():
            self.ids[app_id] = self.app(APPS[app_id]).id
        self.ids |= {"ce1441e3-0a5c-47e2-869f-ba89ff6ff806": self.owner.id, "4ddf3a94-bbd1-49f4-98a6-fc8dffffc403": world.workspace_id}

    def app(self, mode):
        """An app of its own, as the recorded ones are."""
        like = self.world.first_app(mode)
        made = seed.add_app(self.world, "Recorded", mode, config=like.config)
        if like.workflow:
            publish(self.world, made, like.workflow.graph, like.workflow.features)
        return made

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
    scene.owner.last_login_at, scene.owner.avatar = scene.world.clock.now(), scene.world.ids.uuid()


def invited(scene):
    made = scene.world.accounts.invite(scene.world.accounts.workspaces[scene.world.workspace_id], "third@example.com", "normal")
    scene.ids["166446fc-f95d-43ec-bfc0-9f743fa98667"] = made.token
    scene.ids["c21ff5c2-112d-4260-a56b-7fd04fc91f20"] = made.account.id


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
}
# Rows that no world of the mock can be like.
LEFT_OUT = {}
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

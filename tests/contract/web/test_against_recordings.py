"""The web tier of the mock beside that of a live server: the same requests get replies of the same shape.

It runs where `DIFY_RECORDINGS` names a folder of recordings.
"""

import pytest

from contract import beside, recorded
from dify_mock import seed
from dify_mock.contract import drawings
from dify_mock.state import RemoteFile
from dify_mock.tokens import verify

if recorded.FOLDER is None:
    pytest.skip(recorded.NO_FOLDER, allow_module_level=True)

CODES = {
    "chat": "WV2goEcA0Joa6soD",
    "completion": "5HZDkb9GKnUdS4IZ",
    "agent-chat": "goMlzReUHQ7Vmz0h",
    "advanced-chat": "4qfXy8l9fOpbbsWE",
    "workflow": "zbHooPDBWO3WxWPX",
}
ASKING, FILING = "4trr303a3v54ZTxW", "F77nESkcrc12bZhb"
OTHERS = {"QimQGySS8CEbtAVg": "workflow", "ewAXzinHy0OcJwuN": "chat", "qaG1e1AtotHqKySP": "chat"}
USER = "web-user-1"
PICTURE, ICON = "02314b43-3d96-465a-a50f-0f522327f1fb", "http://127.0.0.1:5001/console/api/workspaces/current/plugin/icon"
CONVERSATION, FIRST_MESSAGE = "3defcec1-50eb-43fa-a77f-d74276e29bc1", "ad2d0ca9-b791-4c04-9c59-6a7a467475e1"
TEXT, RUN, FILING_RUN = (
    "58fb2739-a2a2-46d0-9a43-cdbc3fe0a840",
    "b6b1b1d7-1ebf-42b3-a98e-295ed16ef145",
    "a5a15feb-2841-47fe-9f05-4fba1c34e63b",
)
FORM, FILE_FORM = "OjwW01CYMFDWfK3XCWVw3I", "AIYKFKDBJDjyER31Eleqtw"
FILLED = {"inputs": {"comment": "ok", "choice": "red"}, "action": "approve"}


class Scene(beside.Scene):
    """A demo world in which what the recordings speak of has happened."""

    def __init__(self):
        super().__init__()
        world = self.mock.world
        for mode, code in CODES.items():
            world.first_app(mode).site.code = code
        for code, mode in OTHERS.items():
            seed.add_app(world, "Other", mode, config=seed.model_config()).site.code = code
        world.app_of("qaG1e1AtotHqKySP").enable_site = False
        for code, drawn in ((ASKING, drawings.approval()), (FILING, drawings.filed())):
            app = world.app_of(drawings.put_page(self.mock, "workflow", drawn))
            app.site.code, app.site.icon, app.site.icon_background = code, None, None
        world.remote_files[f"{ICON}?tenant_id=4ddf3a94-bbd1-49f4-98a6-fc8dffffc403&filename=icon_s.png"] = RemoteFile(b"x", "image/png")
        world.remote_files["/health"] = RemoteFile(b"{}", "application/json")
        self.upload_token = ""

    def passport(self, code):
        headers = {"x-app-code": code}
        return self.http.get("/api/passport", headers=headers, params={"user_id": USER}).json()["access_token"]

    def web(self, code, method, path, **body):
        headers = {"x-app-passport": self.passport(code)}
        reply = self.http.request(method, f"/api{path}", headers=headers, **body)
        assert reply.is_success, reply.text
        return reply.json() if reply.content and "json" in reply.headers["content-type"] else reply

    def secret(self, row, masked):
        if masked == "rub***":
            return "rubbish"
        if masked == "hitl***":
            return self.upload_token or "hitl_upload_unknown"
        return self.passport(row.told["request_headers"].get("x-app-code", CODES["chat"]))

    def chat(self, query, **more):
        return self.web(CODES["chat"], "POST", "/chat-messages", json={"inputs": {"name": "Web"}, "query": query, **more})


def talked(scene):
    """Two messages, the second in the first one's branch; the conversation is pinned."""
    picture = scene.web(CODES["chat"], "POST", "/files/upload", files={"file": ("pic.png", b"x" * 74, "image/png")})
    first = scene.chat("Hello from web")
    scene.ids |= {PICTURE: picture["id"], CONVERSATION: first["conversation_id"], FIRST_MESSAGE: first["id"]}
    scene.chat("again", conversation_id=first["conversation_id"], parent_message_id=first["id"])


def pinned(scene):
    talked(scene)
    scene.web(CODES["chat"], "PATCH", f"/conversations/{scene.ids[CONVERSATION]}/pin")
    for _ in range(2):
        scene.chat("[[slow]]")


def deleted(scene):
    talked(scene)
    scene.web(CODES["chat"], "DELETE", f"/conversations/{scene.ids[CONVERSATION]}")


def written(scene):
    scene.ids[TEXT] = scene.web(CODES["completion"], "POST", "/completion-messages", json={"inputs": {"query": "write"}})["id"]


def has_run(scene):
    scene.web(CODES["workflow"], "POST", "/workflows/run", json={"inputs": {"query": "hi"}})
    scene.ids[RUN] = next(reversed(scene.mock.world.runs))


def asking(scene):
    scene.web(ASKING, "POST", "/workflows/run", json={"inputs": {"query": "web form"}})
    scene.ids[FORM] = next(reversed(scene.mock.world.forms.values())).token


def answered(scene):
    asking(scene)
    scene.http.post(f"/api/form/human_input/{scene.ids[FORM]}", json=FILLED)


def filing(scene):
    scene.web(FILING, "POST", "/workflows/run", json={"inputs": {"query": "x"}})
    form = next(reversed(scene.mock.world.forms.values()))
    scene.ids |= {FILE_FORM: form.token, FILING_RUN: form.run_id}
    scene.upload_token = scene.http.post(f"/api/form/human_input/{form.token}/upload-token").json()["upload_token"]


def filed(scene):
    filing(scene)
    headers = {"authorization": f"Bearer {scene.upload_token}"}
    kept = scene.http.post("/api/human-input-forms/files", headers=headers, files={"file": ("a.txt", b"x" * 9, "text/plain")}).json()
    given = {"type": "document", "transfer_method": "local_file", "upload_file_id": kept["id"]}
    scene.http.post(f"/api/form/human_input/{scene.ids[FILE_FORM]}", json={"inputs": {"doc": given, "docs": [given]}, "action": "ok"})
    scene.web(FILING, "GET", f"/workflow/{scene.ids[FILING_RUN]}/events")  # it comes to its end


def nothing(scene):
    """The scene is right as it is."""


# Recorded names, and what has happened before. What is not named is asked of the fresh world.
BEFORE = {
    "chat.blocking": talked,
    "chat.stream_with_file": talked,
    "messages.": written,
    "messages.list": talked,
    "messages.feedback": talked,
    "web.messages.feedback": talked,
    "saved_messages.": written,
    "workflow_events.finished": has_run,
    "human_input.submit": asking,
    "human_input.get_submitted": answered,
    "conversations.": pinned,
    "conversations.list": pinned,
    "conversations.delete_twice": deleted,
    "audio.text_to_audio_message": talked,
    "hitl_file.": filing,
    "hitl_file.workflow_pauses": nothing,
    "hitl_file.events_after": filed,
}
# Rows that no world of the mock can be like.
LEFT_OUT = {
    "web.passport_bad_signature": "its passport was never recorded; a story has one of its own",
}
OURS = [row for row in recorded.rows() if row.told["tier"] == "web" and row.told["name"] not in LEFT_OUT]


def the_scene_of(row):
    scene = Scene()
    name = max((one for one in BEFORE if row.told["name"].startswith(one)), key=len, default=None)
    BEFORE.get(name, nothing)(scene)
    return scene


def test_every_name_of_the_tables_is_recorded():
    names = {row.told["name"] for row in recorded.rows() if row.told["tier"] == "web"}
    assert not [one for one in BEFORE if not any(name.startswith(one) for name in names)]
    assert not LEFT_OUT.keys() - names


@pytest.mark.parametrize("row", [row for row in OURS if not row.is_stream], ids=lambda row: row.id)
def test_a_reply_has_the_recorded_shape(row):
    beside.check_reply(the_scene_of(row).ask(row), row)


@pytest.mark.parametrize("row", [row for row in OURS if row.is_stream], ids=lambda row: row.id)
def test_a_stream_has_the_recorded_events(row):
    scene = the_scene_of(row)
    code = row.told["request_headers"]["x-app-code"]

    def stop(task_id):
        scene.web(code, "POST", f"/completion-messages/{task_id}/stop")

    beside.check_stream(scene, row, stop=stop if "stopped" in row.told["name"] else None)


def test_a_passport_says_what_recorded_passports_say():
    scene = Scene()
    claims = verify(scene.mock.world, scene.passport(CODES["chat"]))
    assert claims.keys() == {"iss", "sub", "app_id", "app_code", "end_user_id"}

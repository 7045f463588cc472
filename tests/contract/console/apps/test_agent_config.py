"""Stories of what an agent in a workflow works with: files and skills, put in, looked at, fetched and taken out."""

from __future__ import annotations

import io
import zipfile
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from dify_mock.agents.state import Agent
from dify_mock.contract.place import Place
from dify_sdk.errors import BadRequestError, NotFoundError, PermissionDeniedError

UNKNOWN = "59f9d59a-4750-450f-8923-95571dc4f3b7"
NODE = "agent1"
SKILL_MD = b"---\nname: translate\ndescription: Puts words into other words\n---\n# Translate\nCarefully.\n"


def bound(place: Place) -> tuple[str, Agent]:
    """A workflow with an agent behind one of its nodes."""
    world = place.mock.world
    app, agent = world.first_app("workflow"), world.agents.add(world.workspace_id)
    world.agents.bind(agent, app.id, NODE)
    return app.id, agent


def packed(**files: bytes) -> tuple[str, bytes, str]:
    """A packed folder; `__` in a name is a slash, `_md` the ending."""
    folder = io.BytesIO()
    with zipfile.ZipFile(folder, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/").replace("_md", ".md"), content)
    return ("skill.zip", folder.getvalue(), "application/zip")


def test_an_agent_begins_with_nothing(place: Place) -> None:
    app_id, agent = bound(place)
    manifest = place.console().apps.agent_config.get_manifest(app_id, node_id=NODE)
    assert (manifest.agent_id, manifest.config_version.kind, manifest.config_version.writable) == (agent.id, "draft", True)
    assert (manifest.files.items, manifest.skills.items, manifest.env_keys, manifest.note) == ([], [], [], "")


def test_an_upload_becomes_a_file_of_an_agent(place: Place) -> None:
    app_id, _ = bound(place)
    client = place.console()
    files = client.apps.agent_config.files
    upload = client.files.upload(file=("note.txt", b"some words", "text/plain"))
    made = files.create(app_id, upload_file_id=upload.id, node_id=NODE)
    assert (made.file.name, made.file.size, made.file.mime_type, made.file.file_id) == ("note.txt", 10, "text/plain", upload.id)
    assert files.list(app_id, node_id=NODE).items == [made.file]
    assert client.apps.agent_config.get_manifest(app_id, node_id=NODE).files.items == [made.file]
    shown = files.preview(app_id, "note.txt", node_id=NODE)
    assert (shown.name, shown.text, shown.binary, shown.truncated) == ("note.txt", "some words", False, False)
    assert client.files.download_url(files.download(app_id, "note.txt", node_id=NODE).url).read() == b"some words"


def test_a_file_takes_the_place_of_one_of_its_name(place: Place) -> None:
    app_id, _ = bound(place)
    client = place.console()
    files = client.apps.agent_config.files
    for content in (b"old", b"newer"):
        files.create(app_id, upload_file_id=client.files.upload(file=("note.txt", content, "text/plain")).id, node_id=NODE)
    assert [one.size for one in files.list(app_id, node_id=NODE).items] == [5]
    assert files.preview(app_id, "note.txt", node_id=NODE).text == "newer"


def test_a_file_that_is_taken_out_is_gone(place: Place) -> None:
    app_id, _ = bound(place)
    client = place.console()
    files = client.apps.agent_config.files
    files.create(app_id, upload_file_id=client.files.upload(file=("note.txt", b"x", "text/plain")).id, node_id=NODE)
    gone = files.delete(app_id, "note.txt", node_id=NODE)
    assert (gone.result, gone.removed_names) == ("success", ["note.txt"])
    assert files.list(app_id, node_id=NODE).items == []
    for look in (files.preview, files.download):
        with pytest.raises(NotFoundError):
            look(app_id, "note.txt", node_id=NODE)


@pytest.mark.parametrize(
    ("content", "is_cut", "is_text"),
    [(b"\x00\x01", False, False), (b"\xff\xfe", False, False), (b"a" * 70000, True, True), ("名".encode() * 40000, True, True)],
)
def test_only_the_beginning_of_a_text_is_shown(place: Place, content: bytes, *, is_cut: bool, is_text: bool) -> None:
    app_id, _ = bound(place)
    client = place.console()
    upload = client.files.upload(file=("some.bin", content, "application/octet-stream"))
    client.apps.agent_config.files.create(app_id, upload_file_id=upload.id, node_id=NODE)
    shown = client.apps.agent_config.files.preview(app_id, "some.bin", node_id=NODE)
    assert (shown.size, shown.truncated, shown.binary, bool(shown.text)) == (len(content), is_cut, not is_text, is_text)


def test_a_skill_is_put_in_and_looked_into(place: Place) -> None:
    app_id, _ = bound(place)
    skills = place.console().apps.agent_config.skills
    made = skills.upload(app_id, file=packed(SKILL_md=SKILL_MD, words__list=b"a b"), node_id=NODE)
    assert (made.skill.name, made.skill.description) == ("translate", "Puts words into other words")
    assert (made.skill.mime_type, made.config_version.kind) == ("application/zip", "draft")
    assert skills.list(app_id, node_id=NODE).items == [made.skill]
    told = skills.inspect(app_id, "translate", node_id=NODE)
    assert [(one.path, one.type) for one in told.files] == [("SKILL.md", "file"), ("words", "directory"), ("words/list", "file")]
    assert (told.skill_md.text, told.size, told.hash) == (SKILL_MD.decode(), made.skill.size, made.skill.hash)


def test_a_folder_around_a_skill_is_taken_off(place: Place) -> None:
    app_id, _ = bound(place)
    skills = place.console().apps.agent_config.skills
    skills.upload(app_id, file=packed(translate__SKILL_md=SKILL_MD, translate__words=b"a", elsewhere=b"b"), node_id=NODE)
    assert [one.path for one in skills.inspect(app_id, "translate", node_id=NODE).files] == ["SKILL.md", "words"]


def test_a_skill_without_a_name_of_its_own_is_named_by_its_heading(place: Place) -> None:
    app_id, _ = bound(place)
    skills = place.console().apps.agent_config.skills
    made = skills.upload(app_id, file=packed(SKILL_md=b"# summarize\nBriefly."), node_id=NODE)
    assert (made.skill.name, made.skill.description) == ("summarize", "")


def test_the_files_of_a_skill_can_be_read_and_fetched(place: Place) -> None:
    app_id, _ = bound(place)
    client = place.console()
    skills = client.apps.agent_config.skills
    skills.upload(app_id, file=packed(SKILL_md=SKILL_MD, words__list=b"a b"), node_id=NODE)
    assert skills.preview_file(app_id, "translate", path="words/list", node_id=NODE).text == "a b"
    fetched = skills.get_file_content(app_id, "translate", path="words/list", node_id=NODE)
    assert (fetched.read(), fetched.filename) == (b"a b", "list")
    address = urlsplit(skills.download_file(app_id, "translate", path="words/list", node_id=NODE).url)
    assert address.path.endswith(f"/apps/{app_id}/agent/config/skills/translate/files/content")
    assert parse_qs(address.query) == {"path": ["words/list"], "node_id": [NODE]}
    whole = client.files.download_url(skills.download(app_id, "translate", node_id=NODE).url)
    assert zipfile.ZipFile(io.BytesIO(whole.read())).namelist() == ["SKILL.md", "words/list"]


def test_a_skill_that_is_taken_out_is_gone(place: Place) -> None:
    app_id, _ = bound(place)
    skills = place.console().apps.agent_config.skills
    skills.upload(app_id, file=packed(SKILL_md=SKILL_MD), node_id=NODE)
    assert skills.delete(app_id, "translate", node_id=NODE).removed_names == ["translate"]
    assert skills.list(app_id, node_id=NODE).items == []
    for look in (skills.inspect, skills.download):
        with pytest.raises(NotFoundError):
            look(app_id, "translate", node_id=NODE)
    for fetch in (skills.preview_file, skills.get_file_content, skills.download_file):
        with pytest.raises(NotFoundError):
            fetch(app_id, "translate", path="SKILL.md", node_id=NODE)


@pytest.mark.parametrize(
    "file",
    [
        ("skill.txt", b"x", "text/plain"),
        ("skill.zip", b"", "application/zip"),
        ("skill.zip", b"no archive", "application/zip"),
        packed(README_md=b"x"),
        packed(SKILL_md=b"  "),
        packed(SKILL_md=b"\xff\xfe"),
        packed(SKILL_md=b"no name"),
        packed(SKILL_md=SKILL_MD, **{"..__outside": b"x"}),
        packed(a__b__SKILL_md=SKILL_MD, a__c=b"x"),
    ],
    ids=["ending", "empty", "no archive", "no SKILL.md", "nothing in it", "no text", "no name", "unsafe", "outside"],
)
def test_what_is_no_skill_is_refused(place: Place, file: Any) -> None:
    app_id, _ = bound(place)
    skills = place.console().apps.agent_config.skills
    with pytest.raises(BadRequestError):
        skills.upload(app_id, file=file, node_id=NODE)
    assert skills.list(app_id, node_id=NODE).items == []


def test_a_published_version_stays_as_it_is(place: Place) -> None:
    app_id, agent = bound(place)
    config = place.console().apps.agent_config
    config.skills.upload(app_id, file=packed(SKILL_md=SKILL_MD), node_id=NODE)
    version = place.mock.world.agents.publish(agent)
    config.skills.delete(app_id, "translate", node_id=NODE)
    told = config.get_manifest(app_id, node_id=NODE, version_id=version.id)
    assert (told.config_version.id, told.config_version.kind, told.config_version.writable) == (version.id, "snapshot", False)
    assert [one.name for one in told.skills.items] == ["translate"]
    for attempt in (
        lambda: config.skills.delete(app_id, "translate", node_id=NODE, version_id=version.id),
        lambda: config.skills.upload(app_id, file=packed(SKILL_md=SKILL_MD), node_id=NODE, version_id=version.id),
        lambda: config.files.create(app_id, upload_file_id=UNKNOWN, node_id=NODE, version_id=version.id),
        lambda: config.files.delete(app_id, "note.txt", node_id=NODE, version_id=version.id),
    ):
        with pytest.raises(PermissionDeniedError):
            attempt()


def test_an_account_works_on_a_copy_of_its_own(place: Place) -> None:
    app_id, agent = bound(place)
    config = place.console().apps.agent_config
    with pytest.raises(NotFoundError):
        config.get_manifest(app_id, node_id=NODE, draft_type="debug_build")
    place.mock.world.agents.check_out(agent, place.mock.world.owner_id)
    made = config.skills.upload(app_id, file=packed(SKILL_md=SKILL_MD), node_id=NODE, draft_type="debug_build")
    assert made.config_version.kind == "build_draft"
    assert config.skills.list(app_id, node_id=NODE, draft_type="debug_build").items == [made.skill]
    assert config.skills.list(app_id, node_id=NODE, draft_type="draft").items == []
    with pytest.raises(NotFoundError):
        place.member("editor").apps.agent_config.get_manifest(app_id, node_id=NODE, draft_type="debug_build")


def test_there_is_nothing_where_no_agent_stands(place: Place) -> None:
    app_id, _ = bound(place)
    config = place.console().apps.agent_config
    for node_id in (None, "llm1"):
        with pytest.raises(BadRequestError):
            config.get_manifest(app_id, node_id=node_id)
    with pytest.raises(NotFoundError):
        config.get_manifest(place.mock.world.first_app("chat").id, node_id=NODE)
    with pytest.raises(NotFoundError):
        config.get_manifest(app_id, node_id=NODE, version_id=UNKNOWN)


def test_a_file_comes_from_an_upload_of_the_workspace(place: Place) -> None:
    app_id, _ = bound(place)
    place.mock.world.accounts.register("stranger@example.com", "a-password-1")
    theirs = place.console_of("stranger@example.com", "a-password-1").files.upload(file=("a.txt", b"x", "text/plain"))
    for upload_id in (UNKNOWN, theirs.id):
        with pytest.raises(NotFoundError):
            place.console().apps.agent_config.files.create(app_id, upload_file_id=upload_id, node_id=NODE)


@pytest.mark.profiles("dify", reason="the documents have no codes like these")
def test_refusals_have_codes(place: Place) -> None:
    app_id, _ = bound(place)
    config = place.console().apps.agent_config
    with pytest.raises(BadRequestError) as refused:
        config.get_manifest(app_id)
    assert (refused.value.code, refused.value.message) == ("agent_not_bound", "no agent is bound for this app/node")
    with pytest.raises(NotFoundError) as missing:
        config.skills.inspect(app_id, "none", node_id=NODE)
    assert missing.value.code == "config_skill_not_found"


def test_editors_write_configurations_and_others_only_look(place: Place) -> None:
    app_id, _ = bound(place)
    place.member("editor").apps.agent_config.skills.upload(app_id, file=packed(SKILL_md=SKILL_MD), node_id=NODE)
    config = place.member("normal").apps.agent_config
    assert [one.name for one in config.skills.list(app_id, node_id=NODE).items] == ["translate"]
    for attempt in (
        lambda: config.skills.upload(app_id, file=packed(SKILL_md=SKILL_MD), node_id=NODE),
        lambda: config.skills.delete(app_id, "translate", node_id=NODE),
        lambda: config.files.create(app_id, upload_file_id=UNKNOWN, node_id=NODE),
        lambda: config.files.delete(app_id, "note.txt", node_id=NODE),
    ):
        with pytest.raises(PermissionDeniedError):
            attempt()

"""Stories of apps that are deployed from YAML and called with their keys, and of all apps as files."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from dify_mock import seed
from dify_mock.contract.place import Place
from dify_mock.state import Mode
from dify_sdk.errors import APIError, BadRequestError, InternalServerError, InvalidParamError, NotFoundError, PermissionDeniedError

UNKNOWN = "59f9d59a-4750-450f-8923-95571dc4f3b7"
MODES: tuple[Mode, ...] = ("chat", "completion", "agent-chat", "advanced-chat", "workflow")


def written(place: Place, mode: Mode) -> str:
    """The YAML of the demo's app of a mode."""
    return place.console().apps.export_dsl(place.mock.world.first_app(mode).id).data


def answered(place: Place, key: str | None, mode: str | None) -> str:
    """What an app says to `hi` on the service tier."""
    client = place.service_with(key)
    if mode == "workflow":
        return str(client.workflows.run(inputs={"query": "hi"}).outputs["text"])
    if mode == "completion":
        return client.completion.send(inputs={"query": "hi"}).answer
    with client.chat.stream(query="hi") as stream:  # agents do nothing else
        return stream.result().answer


@pytest.mark.parametrize("mode", MODES)
def test_an_app_is_deployed_and_called_with_its_key(place: Place, mode: Mode) -> None:
    made = place.console().apps.deploy(written(place, mode), name="Deployed")
    assert (made.app_mode, made.imported.status, made.imported.warnings) == (mode, "completed", [])
    assert made.app_id != place.mock.world.first_app(mode).id
    assert made.key
    assert made.key not in repr(made)
    assert place.service_with(made.key).app.info().name == "Deployed"
    assert "You said: hi" in answered(place, made.key, mode)


@pytest.mark.parametrize("mode", ["chat", "agent-chat", "advanced-chat"])
def test_what_is_said_to_a_deployed_app_is_seen_in_the_console(place: Place, mode: Mode) -> None:
    apps = place.console().apps
    made = apps.deploy(written(place, mode), name="Deployed")
    with place.service_with(made.key, user="ann").chat.stream(query="Where is my parcel?") as stream:
        said = stream.result()
    [log] = apps.chat.conversations.list(made.app_id)
    assert (log.id, log.from_end_user_session_id, log.message_count) == (said.conversation_id, "ann", 1)
    [message] = apps.messages.list(made.app_id, conversation_id=log.id)
    assert (message.id, message.query, message.answer) == (said.message_id, "Where is my parcel?", said.answer)
    for told in (apps.statistics.daily_messages, apps.statistics.daily_conversations):
        assert len(told(made.app_id).data) == 1
    assert [one.terminal_count for one in apps.statistics.daily_end_users(made.app_id).data] == [1]


@pytest.mark.parametrize("mode", ["advanced-chat", "workflow"])
def test_an_app_is_deployed_again_and_keeps_its_key(place: Place, mode: Mode) -> None:
    apps, dsl = place.console().apps, written(place, mode)
    first = apps.deploy(dsl)
    drawn = yaml.safe_load(dsl)
    drawn["workflow"]["graph"]["nodes"][-1]["data"] |= {"answer": "Hoo.", "outputs": []}
    again = apps.deploy(yaml.safe_dump(drawn), app_id=first.app_id)
    assert (again.app_id, again.key) == (first.app_id, first.key)
    client = place.service_with(first.key)
    if mode == "workflow":
        assert client.workflows.run(inputs={"query": "hi"}).outputs == {}
    else:
        assert client.chat.send(query="hi").answer == "Hoo."
    assert [one.token for one in apps.api_keys.list(first.app_id).data] == [first.key]


def test_what_must_be_confirmed_is_confirmed(place: Place) -> None:
    made = place.console().apps.deploy(written(place, "workflow").replace("version: 0.7.0", "version: 2.0.0"))
    assert (made.imported.status, made.imported.imported_dsl_version) == ("completed", "2.0.0")
    assert [place.mock.journal.of(f"console.apps.{name}")[-1].status for name in ("import_dsl", "confirm_import")] == [202, 200]
    assert "You said: hi" in answered(place, made.key, "workflow")


def test_an_older_version_is_deployed_with_a_warning(place: Place) -> None:
    made = place.console().apps.deploy(written(place, "chat").replace("version: 0.7.0", "version: 0.3.0"))
    assert made.imported.status == "completed-with-warnings"
    assert "You said: hi" in answered(place, made.key, "chat")


def test_an_import_that_fails_is_told_in_the_words_of_the_server(place: Place) -> None:
    apps, known = place.console().apps, len(place.mock.world.apps)
    with pytest.raises(BadRequestError, match="Invalid YAML format: while parsing a flow sequence"):
        apps.deploy("not: [a dsl")
    with pytest.raises(BadRequestError, match="App not found"):
        apps.deploy(written(place, "workflow"), app_id=UNKNOWN)
    assert len(place.mock.world.apps) == known


def test_a_draft_stays_one_where_that_is_wanted(place: Place) -> None:
    apps = place.console().apps
    made = apps.deploy(written(place, "workflow"), publish=False)
    with pytest.raises(APIError):
        answered(place, made.key, "workflow")
    apps.workflows.publish(made.app_id)
    assert "You said: hi" in answered(place, made.key, "workflow")


def test_an_app_gets_no_key_where_none_is_wanted(place: Place) -> None:
    apps = place.console().apps
    made = apps.deploy(written(place, "chat"), key=False)
    assert made.key is None
    assert apps.api_keys.list(made.app_id).data == []


def test_an_app_that_came_in_and_no_further_is_named(place: Place) -> None:
    place.mock.faults.refuse(500, on="console.apps.workflows.publish")
    with pytest.raises(APIError) as failed:
        place.console().apps.deploy(written(place, "workflow"))
    made = list(place.mock.world.apps)[-1]
    assert f"the app is there: {made}" in failed.value.__notes__


def test_whoever_only_uses_apps_deploys_none(place: Place) -> None:
    dsl = written(place, "chat")
    with pytest.raises(PermissionDeniedError):
        place.member("normal").apps.deploy(dsl)
    assert place.member("editor").apps.deploy(dsl).key


def test_all_apps_become_files_and_are_deployed_again(place: Place, tmp_path: Path) -> None:
    apps, world = place.console().apps, place.mock.world
    there = list(world.apps.values())
    paths = apps.export_all(tmp_path / "backups" / "today")
    assert {one.name for one in paths} == {f"{app.name}-{app.id[:8]}.yml" for app in there}
    assert sorted(paths) == sorted((tmp_path / "backups" / "today").iterdir())
    modes = []
    for path in paths:
        dsl = path.read_text("utf-8")
        made = apps.deploy(dsl)
        assert apps.export_dsl(made.app_id).data == dsl
        assert "You said: hi" in answered(place, made.key, made.app_mode)
        modes.append(made.app_mode)
    assert sorted(map(str, modes)) == sorted(MODES)


def test_files_are_written_anew_and_hold_secrets_where_they_are_wanted(place: Place, tmp_path: Path) -> None:
    apps, app = place.console().apps, place.mock.world.first_app("workflow")
    assert app.draft is not None
    app.draft.environment_variables = [{"name": "KEY", "value_type": "secret", "value": "hidden-qwz"}]
    first = apps.export_all(tmp_path)
    assert "hidden-qwz" not in "".join(path.read_text("utf-8") for path in first)
    assert apps.export_all(tmp_path, include_secret=True) == first
    assert "hidden-qwz" in (tmp_path / f"{app.name}-{app.id[:8]}.yml").read_text("utf-8")


def test_more_apps_than_are_on_a_page_become_files(place: Place, tmp_path: Path) -> None:
    world = place.mock.world
    for number in range(120):
        seed.add_app(world, f"Bot {number}", "chat", config=seed.model_config())
    assert len(place.console().apps.export_all(tmp_path)) == len(list(tmp_path.iterdir())) == 125


def test_no_name_leads_out_of_the_folder(place: Place, tmp_path: Path) -> None:
    names = ["../../up", "/etc/passwd", "..", "C:\\Windows\\x", "a\0b\n", "名前" * 100, "", ".hidden", "con.x"]
    there = {seed.add_app(place.mock.world, name, "chat", config=seed.model_config()).id[:8]: name for name in names}
    paths = place.console().apps.export_all(tmp_path / "in" / "here")
    assert sorted(paths) == sorted(path for path in tmp_path.rglob("*") if path.is_file())
    assert {path.parent for path in paths} == {tmp_path / "in" / "here"}
    found = {path.stem[-8:]: yaml.safe_load(path.read_text("utf-8"))["app"]["name"] for path in paths}
    assert there.items() <= found.items()


def test_apps_that_look_alike_have_files_of_their_own(place: Place, tmp_path: Path) -> None:
    world = place.mock.world
    twins = [seed.add_app(world, name, "chat", config=seed.model_config()) for name in ("Twin?", "twin!")]
    for number, twin in enumerate(twins):
        del world.apps[twin.id]
        twin.id = f"{UNKNOWN[:-1]}{number}"
        world.apps[twin.id] = twin
    assert len(place.console().apps.export_all(tmp_path)) == len(list(tmp_path.iterdir())) == 7


def test_what_cannot_be_exported_is_named_when_all_else_is_written(place: Place, tmp_path: Path) -> None:
    empty = [seed.add_app(place.mock.world, "Empty", mode) for mode in ("workflow", "chat")]
    with pytest.raises(InvalidParamError, match="Missing draft workflow configuration") as failed:
        place.console().apps.export_all(tmp_path)
    told = [note for note in failed.value.__notes__ if "exported" in note]
    assert [note.partition(": 400")[0] for note in told[:-1]] == [f"not exported: 'Empty', {one.id}" for one in empty]
    assert told[-1] == f"exported: 5 of 7 apps, into {tmp_path}"
    assert len(list(tmp_path.iterdir())) == 5


def test_an_app_that_the_server_stumbles_over_keeps_no_other_from_being_written(place: Place, tmp_path: Path) -> None:
    first, *others = place.mock.world.apps.values()
    place.mock.faults.refuse(500, on="console.apps.export_dsl")
    with pytest.raises(InternalServerError) as failed:
        place.console(max_retries=0).apps.export_all(tmp_path)
    assert any(note.startswith(f"not exported: {first.name!r}, {first.id}") for note in failed.value.__notes__)
    assert {one.name for one in tmp_path.iterdir()} == {f"{app.name}-{app.id[:8]}.yml" for app in others}


def test_whoever_only_uses_apps_exports_none(place: Place, tmp_path: Path) -> None:
    with pytest.raises((PermissionDeniedError, NotFoundError)):
        place.member("normal").apps.export_all(tmp_path)
    assert list(tmp_path.iterdir()) == []

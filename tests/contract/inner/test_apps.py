"""Stories of what plugins learn of apps and do with them."""

from __future__ import annotations

import pytest

from dify_mock.contract.place import Place
from dify_mock.state import Mode
from dify_sdk.errors import InvalidParamError


def test_an_app_tells_what_it_takes(place: Place, caller: dict[str, str]) -> None:
    told = place.inner().apps.info(**caller, app_id=place.mock.world.first_app("chat").id).data.data
    assert told["opening_statement"] == "Hi {{name}}, welcome."
    assert [next(iter(one)) for one in told["user_input_form"]] == ["text-input", "select", "paragraph", "number"]


def test_an_unknown_app_is_refused(place: Place, caller: dict[str, str]) -> None:
    client = place.inner()
    with pytest.raises(InvalidParamError, match="app not found"):
        client.apps.info(**caller, app_id="59f9d59a-4750-450f-8923-95571dc4f3b7")
    made = place.management().enterprise.workspaces.create_ownerless(name="Other").tenant
    with pytest.raises(InvalidParamError, match="app not found"):
        client.apps.info(tenant_id=made.id, user_id="ann", app_id=place.mock.world.first_app("chat").id)


@pytest.mark.parametrize("mode", ["chat", "agent-chat", "advanced-chat"])
def test_a_plugin_talks_to_an_app(place: Place, caller: dict[str, str], mode: Mode) -> None:
    client = place.inner()
    app_id = place.mock.world.first_app(mode).id
    first = client.invoke.app(**caller, app_id=app_id, query="Hello")
    assert first.answer.endswith("You said: Hello")
    again = client.invoke.app(**caller, app_id=app_id, query="More", conversation_id=first.conversation_id)
    assert again.conversation_id == first.conversation_id
    listed = place.service(mode, user="ann").messages.list(conversation_id=first.conversation_id).data
    assert [one.query for one in listed] == ["Hello", "More"]


def test_a_plugin_has_a_completion_written(place: Place, caller: dict[str, str]) -> None:
    app_id = place.mock.world.first_app("completion").id
    assert place.inner().invoke.app(**caller, app_id=app_id, inputs={"query": "x"}).answer == "Hello from the stub. You said: x"


def test_a_plugin_runs_a_workflow(place: Place, caller: dict[str, str]) -> None:
    app_id = place.mock.world.first_app("workflow").id
    run = place.inner().invoke.app(**caller, app_id=app_id, inputs={"query": "x"})
    assert run.outputs["text"] == "Hello from the stub. You said: x"
    [row] = place.service("workflow").workflows.logs.list().data
    assert (row.workflow_run.id, row.created_by_end_user.session_id) == (run.workflow_run_id, "ann")


def test_a_slow_app_is_followed_through_its_pings(place: Place, caller: dict[str, str]) -> None:
    app_id = place.mock.world.first_app("chat").id
    with place.inner().invoke.stream_app(**caller, app_id=app_id, query="[[slow]]") as stream:
        assert len(list(stream.text_deltas())) == 60

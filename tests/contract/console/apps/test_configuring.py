"""Stories of how apps of the simple modes are configured."""

from __future__ import annotations

from typing import Any

import pytest

from dify_mock.contract.place import Place
from dify_mock.state import Mode
from dify_sdk.console.apps.configuring import ModelParam
from dify_sdk.errors import BadRequestError, NotFoundError, PermissionDeniedError

MODEL: ModelParam = {"provider": "stubber/stubai/stubai", "name": "stub-chat", "mode": "chat", "completion_params": {"temperature": 0.1}}
FORM: list[dict[str, Any]] = [{"text-input": {"label": "Name", "variable": "name", "required": True, "max_length": 8}}]


def test_what_an_app_is_told_holds_at_once(place: Place) -> None:
    apps = place.console().apps
    made = apps.create(name="Told", mode="chat")
    service = place.service_with(apps.api_keys.create(made.id).token)
    done = apps.set_model_config(
        made.id,
        model=MODEL,
        pre_prompt="Talk to {{name}}.",
        opening_statement="Good day, {{name}}",
        suggested_questions=["Why?"],
        user_input_form=FORM,
        speech_to_text={"enabled": True},
    )
    assert done.result == "success"
    parameters = service.app.parameters()
    assert (parameters.opening_statement, parameters.suggested_questions) == ("Good day, {{name}}", ["Why?"])
    assert parameters.user_input_form == FORM
    assert parameters.speech_to_text == {"enabled": True}
    with pytest.raises(BadRequestError):
        service.chat.send(query="Hello")
    assert service.chat.send(query="Hello", inputs={"name": "Ann"}).answer


def test_a_configuration_is_read_with_its_app(place: Place) -> None:
    apps, world = place.console().apps, place.mock.world
    made = apps.create(name="Read", mode="chat")
    place.mock.clock.advance(10)
    apps.set_model_config(made.id, model=MODEL, pre_prompt="Be brief.", agent_mode={"enabled": False, "tools": []})
    told = apps.get(made.id)
    assert told.model_config_ and told.model_config_.model == {**MODEL, "completion_params": {"temperature": 0.1, "stop": []}}
    assert (told.model_config_.pre_prompt, told.model_config_.prompt_type) == ("Be brief.", "simple")
    assert told.model_config_.created_by == told.updated_by == world.owner_id
    assert told.model_config_.created_at == told.updated_at == (made.updated_at or 0) + 10
    assert told.model_config_.annotation_reply == {"enabled": False}


def test_a_feature_that_is_not_given_is_off(place: Place) -> None:
    apps = place.console().apps
    app = place.mock.world.first_app("chat")
    assert place.service().app.parameters().text_to_speech["enabled"]
    apps.set_model_config(app.id, model=MODEL)
    told = place.service().app.parameters()
    assert told.text_to_speech == told.retriever_resource == {"enabled": False}
    assert told.user_input_form == []


def test_an_app_that_completes_has_nothing_to_open_a_talk_with(place: Place) -> None:
    apps = place.console().apps
    app = place.mock.world.first_app("completion")
    apps.set_model_config(
        app.id, model=MODEL, opening_statement="Hello", speech_to_text={"enabled": True}, more_like_this={"enabled": True}
    )
    told = apps.get(app.id).model_config_
    assert told and (told.opening_statement, told.speech_to_text, told.more_like_this) == (None, {"enabled": False}, {"enabled": True})


def test_an_agent_gets_its_tools(place: Place) -> None:
    apps = place.console().apps
    made = apps.create(name="Agent", mode="agent-chat")
    tools = [{"provider_id": "stubber/stubtool/stubtool", "provider_type": "builtin", "tool_name": name} for name in ("echo", "lost")]
    apps.set_model_config(made.id, model=MODEL, agent_mode={"enabled": True, "strategy": "function_call", "tools": tools})
    assert [one.tool_name for one in apps.get(made.id).deleted_tools] == ["lost"]
    with place.service_with(apps.api_keys.create(made.id).token).chat.stream(query="[[tool:echo]]") as events:
        assert "echo" in [event.tool for event in events if event.event == "agent_thought"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"model": {"provider": "nobody/none/none", "name": "stub-chat"}},
        {"model": {"provider": "stubber/stubai/stubai", "name": "lost"}},
        {"model": {"name": "stub-chat"}},
        {"user_input_form": [{"riddle": {"label": "x", "variable": "x"}}]},
        {"user_input_form": [{"paragraph": {"label": "x"}}]},
        {"user_input_form": [{"paragraph": None}]},
        {"agent_mode": {"enabled": True, "tools": "echo"}},
        {"agent_mode": {"enabled": True, "tools": [{"tool_name": "echo"}]}},
        {"dataset_configs": {"datasets": "all"}},
        {"dataset_configs": {"datasets": {"datasets": [{"dataset": {"enabled": True}}]}}},
    ],
    ids=["provider", "model", "nothing", "kind", "variable", "input", "tools", "tool", "datasets", "dataset"],
)
def test_what_does_not_hold_together_is_refused(place: Place, wrong: dict[str, Any]) -> None:
    apps = place.console().apps
    app = place.mock.world.first_app("chat")
    before = apps.get(app.id)
    with pytest.raises(BadRequestError):
        apps.set_model_config(app.id, **{"model": MODEL, **wrong})
    assert apps.get(app.id) == before


@pytest.mark.parametrize("mode", ["advanced-chat", "workflow"])
def test_an_app_with_a_workflow_is_not_configured_so(place: Place, mode: Mode) -> None:
    with pytest.raises(NotFoundError, match="supported list"):
        place.console().apps.set_model_config(place.mock.world.first_app(mode).id, model=MODEL)


def test_whoever_only_uses_apps_configures_none(place: Place) -> None:
    with pytest.raises(PermissionDeniedError):
        place.member("normal").apps.set_model_config(place.mock.world.first_app("chat").id, model=MODEL)


def test_a_prompt_to_begin_with_suits_the_model(place: Place) -> None:
    apps = place.console().apps
    chatting = apps.get_prompt_templates(app_mode="chat", model_mode="chat", model_name="stub-chat", has_context="false")
    assert chatting.chat_prompt_config == {"prompt": [{"role": "system", "text": "{{#pre_prompt#}}"}]}
    assert chatting.completion_prompt_config is None
    completing = apps.get_prompt_templates(app_mode="chat", model_mode="completion", model_name="stub-completion").completion_prompt_config
    assert completing and completing["conversation_histories_role"] == {"user_prefix": "Human", "assistant_prefix": "Assistant"}
    assert all(place in completing["prompt"]["text"] for place in ("{{#context#}}", "{{#histories#}}", "{{#query#}}"))
    assert apps.get_prompt_templates(app_mode="completion", model_mode="chat", model_name="stub-chat").chat_prompt_config

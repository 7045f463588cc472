"""Stories of an app: what it is, what it can do, and what its users think of it."""

from __future__ import annotations

import datetime

import pytest

from dify_mock.contract.place import Place
from dify_mock.state import Mode
from dify_sdk.errors import AppUnavailableError, InvalidParamError


@pytest.mark.parametrize("mode", ["chat", "completion", "agent-chat", "advanced-chat", "workflow"])
def test_an_app_tells_its_mode(place: Place, mode: Mode) -> None:
    info = place.service(mode).app.info()
    assert info.mode == mode
    assert info.name
    assert isinstance(info.tags, list)


def test_the_parameters_tell_variables_features_and_limits(place: Place) -> None:
    parameters = place.service().app.parameters()
    assert parameters.suggested_questions_after_answer["enabled"] in {True, False}
    assert parameters.system_parameters.image_file_size_limit
    assert [name for form in parameters.user_input_form for name in form]


def test_the_parameters_of_the_demo_are_those_that_its_console_set(place: Place) -> None:
    config = place.mock.world.first_app("chat").config
    assert config is not None
    parameters = place.service().app.parameters()
    assert parameters.opening_statement == "Hi {{name}}, welcome."
    assert parameters.user_input_form == config["user_input_form"]
    assert parameters.file_upload["number_limits"] == 3
    assert parameters.system_parameters.file_size_limit == 15


def test_the_form_of_a_workflow_is_its_start_node(place: Place) -> None:
    form = place.service("workflow").app.parameters().user_input_form
    assert all(variable["type"] == kind for one in form for kind, variable in one.items())
    assert [variable["variable"] for one in form for variable in one.values()][:1] == ["query"]


def test_a_feature_that_nobody_configured_is_off(place: Place) -> None:
    config = place.mock.world.first_app("chat").config
    assert config is not None
    for feature in ("speech_to_text", "text_to_speech", "suggested_questions", "opening_statement", "file_upload"):
        del config[feature]
    parameters = place.service().app.parameters()
    assert parameters.speech_to_text == {"enabled": False} == parameters.text_to_speech
    assert parameters.suggested_questions == []
    assert parameters.opening_statement is None
    assert parameters.file_upload["image"]["enabled"] is False


def test_an_app_without_a_configuration_is_unavailable(place: Place) -> None:
    place.mock.world.first_app("chat").config = None
    client = place.service()
    with pytest.raises(AppUnavailableError):
        client.app.parameters()
    with pytest.raises(AppUnavailableError):
        client.app.meta()
    with pytest.raises(AppUnavailableError):
        client.chat.send(query="Hello")
    with pytest.raises(AppUnavailableError):
        client.audio.transcribe(file=("a.mp3", b"x", "audio/mp3"))
    with pytest.raises(AppUnavailableError):
        client.audio.synthesize(text="Hello")


def test_a_workflow_that_was_never_published_is_unavailable(place: Place) -> None:
    place.mock.world.first_app("workflow").published = None
    with pytest.raises(AppUnavailableError):
        place.service("workflow").app.parameters()


def test_an_agent_shows_the_icons_of_its_tools(place: Place) -> None:
    icons = place.service("agent-chat").app.meta().tool_icons
    assert str(icons["echo"]).endswith("/icon")


def test_a_chat_has_no_tools(place: Place) -> None:
    assert place.service().app.meta().tool_icons == {}


def test_an_app_tells_how_its_page_looks(place: Place) -> None:
    site = place.service().app.site()
    assert site.title
    assert site.default_language
    assert site.icon_type in {"emoji", "image", "link", None}


def test_a_rating_shows_among_all_ratings_of_the_app(place: Place) -> None:
    client = place.service(user="critic")
    message_id = client.chat.send(query="Hello").message_id
    client.messages.feedback(message_id, rating="like", content="good")
    found = next(one for one in client.app.feedbacks.list() if one.message_id == message_id)
    assert (found.rating, found.content, found.from_source) == ("like", "good", "user")
    assert client.end_users.get(str(found.from_end_user_id)).session_id == "critic"
    assert datetime.datetime.fromisoformat(found.created_at).tzinfo is None
    client.messages.feedback(message_id, rating=None)
    assert message_id not in [one.message_id for one in client.app.feedbacks.list()]


def test_ratings_come_page_by_page_and_the_walk_ends(place: Place) -> None:
    client = place.service()
    rated = [client.chat.send(query=f"number {number}").message_id for number in range(5)]
    for message_id in rated:
        client.messages.feedback(message_id, rating="dislike")
    page = client.app.feedbacks.list(limit=2)
    assert len(page.data) == 2
    walked = [one.message_id for one in page]
    assert set(rated) <= set(walked)
    assert len(walked) == len(set(walked))


def test_ratings_of_one_app_do_not_show_in_another(place: Place) -> None:
    chat, agent = place.service(), place.service("agent-chat")
    message_id = chat.chat.send(query="Hello").message_id
    chat.messages.feedback(message_id, rating="like")
    assert message_id not in [one.message_id for one in agent.app.feedbacks.list()]


@pytest.mark.parametrize("wrong", [{"limit": 0}, {"limit": 102}, {"page": 0}])
def test_the_list_of_ratings_refuses_numbers_out_of_range(place: Place, wrong: dict[str, int]) -> None:
    with pytest.raises(InvalidParamError) as refused:
        place.service().app.feedbacks.list(**wrong)
    assert list(refused.value.params) == list(wrong)


def test_a_hundred_and_one_ratings_are_the_most(place: Place) -> None:
    assert place.service().app.feedbacks.list(limit=101).data == []

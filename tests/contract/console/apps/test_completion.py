"""Stories of completion apps that their editors try out, and of their logs."""

from __future__ import annotations

from typing import Any

import pytest

from dify_mock.contract.place import Place, reach
from dify_mock.llm import PROVIDER
from dify_sdk.errors import (
    APIStatusError,
    BadRequestError,
    CompletionRequestError,
    InvalidParamError,
    NotFoundError,
    PermissionDeniedError,
    StreamError,
    UnprocessableEntityError,
)

UNKNOWN = "59f9d59a-4750-450f-8923-95571dc4f3b7"
CONFIG: dict[str, Any] = {
    "model": {"provider": PROVIDER, "name": "stub-chat", "mode": "chat", "completion_params": {}},
    "pre_prompt": "Praise {{what}}",
    "user_input_form": [{"paragraph": {"label": "What", "variable": "what", "required": True}}],
}


def app(place: Place) -> str:
    return place.mock.world.first_app("completion").id


def test_a_text_is_written_with_the_apps_configuration_or_another(place: Place) -> None:
    client = place.console().apps.completion
    assert client.send(app(place), inputs={"query": "a poem"}).answer.endswith("You said: a poem")
    assert client.send(app(place), inputs={"what": "foxes"}, model_config_=CONFIG).answer.endswith("You said: Praise foxes")
    with pytest.raises(InvalidParamError, match="what is required"):
        client.send(app(place), model_config_=CONFIG)
    with pytest.raises(InvalidParamError, match="model is required"):
        client.send(app(place), model_config_={"pre_prompt": "x"})
    [praise, poem] = client.conversations.list(app(place))
    assert [one.message and one.message.message for one in (praise, poem)] == ["Praise foxes\n", "a poem\n"]
    assert praise.model_config_ and praise.model_config_.pre_prompt == "Praise {{what}}"
    assert (praise.from_source, praise.from_account_name) == ("console", "Admin")


def test_a_text_is_followed_as_it_is_written_and_stopped(place: Place) -> None:
    client = place.console().apps.completion
    assert client.stream(app(place), inputs={"query": "a poem"}).result().answer.endswith("You said: a poem")
    with client.stream(app(place), inputs={"query": "[[slow]]"}) as stream:
        reach(stream, "message")
        stream.stop()
        assert 0 < len(stream.result().answer.split()) < 60
    assert client.stop(app(place), UNKNOWN).result == "success"


def test_a_model_that_fails_is_an_error_and_the_log_knows(place: Place) -> None:
    client = place.console().apps.completion
    with pytest.raises(CompletionRequestError):
        client.send(app(place), inputs={"query": "[[fail-start]]"})
    with pytest.raises(StreamError) as failed:
        client.stream(app(place), inputs={"query": "[[fail-mid]]"}).result()
    assert failed.value.partial.answer == "part0 part1 part2 "
    [latest, _] = client.conversations.list(app(place))
    message = client.conversations.get(app(place), latest.id).message
    assert message and (message.status, message.answer) == ("error", "")
    assert message.error == "stub: provider went away mid-stream"


def test_everybody_of_the_workspace_may_have_a_text_written_and_editors_read_the_log(place: Place) -> None:
    client = place.member("normal").apps.completion
    assert client.send(app(place), inputs={"query": "a poem"}).answer
    [logged] = place.member("editor").apps.completion.conversations.list(app(place))
    for forbidden in (
        lambda: client.conversations.list(app(place)),
        lambda: client.conversations.get(app(place), logged.id),
        lambda: client.conversations.delete(app(place), logged.id),
    ):
        with pytest.raises(PermissionDeniedError):
            forbidden()


def test_what_users_had_written_is_in_the_log_with_their_names_and_what_they_think(place: Place) -> None:
    user, log = place.service("completion"), place.console().apps.completion.conversations
    written = user.completion.send(inputs={"query": "a fable"}).message_id
    user.messages.feedback(written, rating="like", content="lovely")
    [row] = log.list(app(place))
    assert (row.from_source, row.from_end_user_session_id, row.from_account_id) == ("api", "ann", None)
    assert row.user_feedback_stats and row.admin_feedback_stats
    assert (row.user_feedback_stats.like, row.admin_feedback_stats.like, row.read_at) == (1, 0, None)
    assert row.message and (row.message.inputs, row.message.query) == ({"query": "a fable"}, "")
    found = log.get(app(place), row.id)
    assert found.model_config_ and found.model_config_.pre_prompt == "{{query}}"
    message = found.message
    assert message and (message.id, message.from_end_user_id) == (written, row.from_end_user_id)
    assert [(one.role, one.text) for one in message.message] == [("user", "a fable\n")]  # type: ignore[union-attr]  # a model was asked
    assert [(one.rating, one.content, one.from_source) for one in message.feedbacks] == [("like", "lovely", "user")]
    assert message.metadata and message.metadata.usage
    assert message.metadata.usage.total_tokens == message.message_tokens + message.answer_tokens > 0
    assert log.list(app(place)).data[0].read_at == place.mock.clock.seconds()


def test_the_log_is_searched_by_texts_and_by_time(place: Place) -> None:
    user, log, clock = place.service("completion"), place.console().apps.completion.conversations, place.mock.clock
    place.mock.world.owner.timezone = "Asia/Tokyo"  # the mock's world begins at 18:00 there
    for query in ("of foxes", "of hens", "of geese"):
        user.completion.send(inputs={"query": query})
        clock.advance(3600)
    assert [one.message and one.message.inputs["query"] for one in log.list(app(place))] == ["of geese", "of hens", "of foxes"]

    def found(**wanted: Any) -> list[str]:
        return [one.message.inputs["query"] if one.message else "" for one in log.list(app(place), **wanted)]

    assert found(keyword="HENS") == ["of hens"]
    assert found(keyword="ann") == []
    assert found(start="2026-01-05 19:00") == ["of geese", "of hens"]
    assert found(start="2026-01-05 18:30", end="2026-01-05 19:00") == ["of hens"]
    assert found(end="2026-01-05 18:00") == ["of foxes"]
    assert found(limit=1, page=2) == ["of hens", "of foxes"]
    for wrong in ({"start": "yesterday"}, {"end": "2026-13-01 00:00"}, {"start": "2026-01-02 00:00", "end": "2026-01-01 00:00"}):
        with pytest.raises(BadRequestError):
            log.list(app(place), **wrong)


def test_what_is_annotated_is_found_by_it(place: Place) -> None:
    apps = place.console().apps
    log = apps.completion.conversations
    first, second = (place.service("completion").completion.send(inputs={"query": one}).message_id for one in ("a", "b"))
    apps.annotations.create(app(place), message_id=first, question="a?", answer="A!")
    [annotated] = log.list(app(place), annotation_status="annotated")
    assert annotated.annotation and (annotated.annotation.question, annotated.annotation.content) == ("a?", "A!")
    assert annotated.annotation.account and annotated.annotation.account.email == place.mock.world.owner.email
    [other] = log.list(app(place), annotation_status="not_annotated")
    found = log.get(app(place), other.id).message
    assert found and (found.id, found.annotation) == (second, None)
    assert len(list(log.list(app(place), annotation_status="all"))) == 2


def test_a_text_is_deleted_for_its_user_too(place: Place) -> None:
    user, log = place.service("completion"), place.console().apps.completion.conversations
    written = user.completion.send(inputs={"query": "a fable"}).message_id
    [row] = log.list(app(place))
    page = place.web("completion")
    kept = page.completion.send(inputs={"query": "a fable to keep"}).message_id
    page.saved_messages.create(message_id=kept)
    for one in log.list(app(place)):
        assert log.delete(app(place), one.id) is None
    assert list(log.list(app(place))) == page.saved_messages.list().data == []
    with pytest.raises(NotFoundError):
        user.messages.feedback(written, rating="like")
    for gone in (lambda: log.get(app(place), row.id), lambda: log.delete(app(place), row.id)):
        with pytest.raises(NotFoundError, match="Conversation Not Exists"):
            gone()


def test_an_app_of_another_mode_has_no_texts(place: Place) -> None:
    other, client = place.mock.world.first_app("chat").id, place.console().apps.completion
    for foreign in (
        lambda: client.send(other, inputs={}),
        lambda: client.stream(other, inputs={}).result(),
        lambda: client.stop(other, UNKNOWN),
        lambda: client.conversations.list(other),
        lambda: client.conversations.get(other, UNKNOWN),
        lambda: client.conversations.delete(other, UNKNOWN),
    ):
        with pytest.raises(NotFoundError, match="App mode is not in the supported list"):
            foreign()


def test_arguments_that_do_not_fit_are_named(place: Place) -> None:
    client, refusal = place.console().apps.completion, UnprocessableEntityError if place.profile == "dify" else APIStatusError
    with pytest.raises(refusal) as refused:
        client.send(app(place), inputs={"query": "x"}, model_config_=5)  # type: ignore[arg-type]  # wrong on purpose
    assert list(refused.value.params) == ["model_config"]
    with pytest.raises(refusal) as refused:
        client.conversations.list(app(place), limit=101, annotation_status="some")  # type: ignore[arg-type]  # the same
    assert sorted(refused.value.params) == ["annotation_status", "limit"]

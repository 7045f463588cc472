"""Stories of ratings that are taken away as a table, and of all that the console knows of a talk."""

from __future__ import annotations

import csv
import io

import pytest

from dify_mock.contract.place import Place
from dify_sdk.console.apps.feedbacks import FeedbackExport
from dify_sdk.errors import BadRequestError, NotFoundError, UnprocessableEntityError

UNKNOWN = "59f9d59a-4750-450f-8923-95571dc4f3b7"


def exported(place: Place, **wanted: object) -> FeedbackExport:
    app = place.mock.world.first_app("chat").id
    return FeedbackExport.model_validate_json(place.console().apps.export_feedbacks(app, format="json", **wanted).read())  # type: ignore[arg-type]  # what a story gives


def test_ratings_as_json(place: Place) -> None:
    app, service = place.mock.world.first_app("chat"), place.service()
    said = service.chat.send(query="Hello")
    service.messages.feedback(said.message_id, rating="dislike", content="too short")
    place.mock.clock.advance(60)
    place.console().apps.messages.feedback(app.id, message_id=said.message_id, rating="like")
    file = place.console().apps.export_feedbacks(app.id, format="json")
    assert file.filename and file.filename.startswith(f"dify_feedback_export_{app.id}_20260105_") and file.filename.endswith(".json")
    told = FeedbackExport.model_validate_json(file.read())
    assert (told.export_info.app_id, told.export_info.total_records) == (app.id, 2)
    by_admin, by_user = told.feedback_data
    assert (by_admin.feedback_source, by_admin.feedback_rating, by_admin.from_account_name, by_admin.has_comment) == (
        "admin", "👍", "Admin", "No",
    )  # fmt: skip
    assert (by_user.feedback_source, by_user.feedback_rating_raw, by_user.feedback_comment, by_user.has_comment) == (
        "user", "dislike", "too short", "Yes",
    )  # fmt: skip
    assert (by_user.user_query, by_user.ai_response, by_user.message_id) == ("Hello", said.answer, said.message_id)
    assert by_user.feedback_date.startswith("2026-01-05 09:00")
    assert by_admin.feedback_date.startswith("2026-01-05 09:01")


def test_ratings_as_csv(place: Place) -> None:
    app, service = place.mock.world.first_app("chat"), place.service()
    said = service.chat.send(query='say "x, y"')
    service.messages.feedback(said.message_id, rating="like")
    file = place.console().apps.export_feedbacks(app.id)
    assert file.content_type and file.content_type.startswith("text/csv")
    [row] = csv.DictReader(io.StringIO(file.read().decode()))
    assert row == exported(place).feedback_data[0].model_dump()
    assert (row["user_query"], row["feedback_rating"]) == ('say "x, y"', "👍")


def test_a_long_answer_is_cut(place: Place) -> None:
    service = place.service()
    said = service.chat.send(query="[[long]]")
    service.messages.feedback(said.message_id, rating="like")
    [row] = exported(place).feedback_data
    assert row.ai_response == f"{said.answer[:500]}..."


def test_ratings_are_chosen(place: Place) -> None:
    app, service, clock = place.mock.world.first_app("chat").id, place.service(), place.mock.clock
    liked, disliked = (service.chat.send(query=query).message_id for query in ("good", "bad"))
    service.messages.feedback(liked, rating="like")
    clock.advance(86400)
    service.messages.feedback(disliked, rating="dislike", content="bad")
    clock.advance(86400)
    place.console().apps.messages.feedback(app, message_id=liked, rating="like", content="good")

    def chosen(**wanted: object) -> list[tuple[str, str]]:
        return [(one.feedback_source, one.user_query) for one in exported(place, **wanted).feedback_data]

    everything = [("admin", "good"), ("user", "bad"), ("user", "good")]
    assert chosen() == everything
    assert chosen(from_source="user") == everything[1:]
    assert chosen(rating="like") == [everything[0], everything[2]]
    assert chosen(has_comment=True) == everything[:2]
    assert chosen(has_comment=False) == everything[2:]
    assert chosen(start_date="2026-01-06") == everything[:2]
    assert chosen(end_date="2026-01-07") == everything[1:]
    assert chosen(start_date="2026-01-06", end_date="2026-01-07", rating="like") == []


def test_days_that_are_none_are_refused(place: Place) -> None:
    with pytest.raises(BadRequestError):
        exported(place, start_date="yesterday")
    with pytest.raises(BadRequestError):
        exported(place, end_date="2026-13-01")
    with pytest.raises(NotFoundError):
        place.console().apps.export_feedbacks(UNKNOWN)


@pytest.mark.profiles("dify", reason="the documents have one form for all arguments that do not fit")
def test_arguments_that_do_not_fit_are_named(place: Place) -> None:
    with pytest.raises(UnprocessableEntityError) as refused:
        exported(place, rating="so so", from_source="nobody")
    assert sorted(refused.value.params) == ["from_source", "rating"]


def test_two_users_talk_and_the_console_knows_all_of_it(place: Place) -> None:
    app, console = place.mock.world.first_app("chat").id, place.console()
    ann, bob = place.service(user="ann"), place.service(user="bob")
    console.apps.annotations.create(app, question="What is 2+2?", answer="Four.")
    console.apps.annotations.reply.configure(
        app, "enable", score_threshold=0.9, embedding_provider_name="stubber/stubai/stubai", embedding_model_name="stub-embed"
    )
    place.mock.clock.advance(1)
    asked = ann.chat.send(query="What is 2+2?")
    told = bob.chat.send(query="Tell me something")
    ann.messages.feedback(asked.message_id, rating="like", content="right")
    bob.messages.feedback(told.message_id, rating="dislike")

    [message] = console.apps.messages.list(app, conversation_id=asked.conversation_id).data
    assert (message.answer, [one.content for one in message.feedbacks]) == ("Four.", ["right"])
    assert message.annotation_hit_history
    [annotation] = console.apps.annotations.list(app).data
    assert (annotation.id, annotation.hit_count) == (message.annotation_hit_history.annotation_id, 1)
    statistics = console.apps.statistics
    assert [one.message_count for one in statistics.daily_messages(app).data] == [2]
    assert [one.terminal_count for one in statistics.daily_end_users(app).data] == [2]
    assert [one.rate for one in statistics.user_satisfaction_rate(app).data] == [500.0]
    rows = exported(place).feedback_data
    assert {(one.user_query, one.feedback_rating_raw) for one in rows} == {("What is 2+2?", "like"), ("Tell me something", "dislike")}
    assert len({one.from_end_user_id for one in rows}) == 2
    assert console.apps.messages.get(app, told.message_id).from_end_user_id in {one.from_end_user_id for one in rows}

    ann.conversations.delete(asked.conversation_id)
    assert [one.user_query for one in exported(place).feedback_data] == ["Tell me something"]
    assert [one.message_count for one in statistics.daily_messages(app).data] == [1]
    with pytest.raises(NotFoundError):
        console.apps.messages.get(app, asked.message_id)

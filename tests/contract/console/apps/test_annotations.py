"""Stories of ready answers in the console: made by hand, of messages or from tables, and what they were given for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from dify_mock.contract.place import Place
from dify_sdk.console import Console
from dify_sdk.errors import (
    BadRequestError,
    InvalidParamError,
    NotFoundError,
    PayloadTooLargeError,
    PermissionDeniedError,
    RateLimitError,
    UnprocessableEntityError,
)

UNKNOWN = "59f9d59a-4750-450f-8923-95571dc4f3b7"
COMPARING: dict[str, Any] = {"embedding_provider_name": "stubber/stubai/stubai", "embedding_model_name": "stub-embed"}
TABLE = "question,answer\nWhat is 2+2?,Four.\n,nothing asked\n  Why? , Because. \n"


def app_of(place: Place) -> str:
    return place.mock.world.first_app("chat").id


def switch_on(place: Place, threshold: float = 0.9) -> None:
    job = place.console().apps.annotations.reply.configure(app_of(place), "enable", score_threshold=threshold, **COMPARING)
    assert job.job_status == "waiting"
    place.mock.clock.advance(1)


def test_a_ready_answer_of_the_console_is_given_with_the_apps_key(place: Place) -> None:
    annotations, app, service = place.console().apps.annotations, app_of(place), place.service()
    made = annotations.create(app, question="What is 2+2?", answer="Four.")
    assert (made.question, made.answer, made.hit_count) == ("What is 2+2?", "Four.", 0)
    assert [one.id for one in service.annotations.list()] == [made.id]
    assert annotations.update(app, made.id, question="What is 2+2?", answer="It is four.").answer == "It is four."
    switch_on(place)
    reply = service.chat.send(query="What is 2+2?")
    assert reply.answer == "It is four."
    assert reply.metadata.annotation_reply and reply.metadata.annotation_reply.account
    assert reply.metadata.annotation_reply.account.name == "Admin"
    assert annotations.delete(app, made.id) is None
    assert service.annotations.list().data == []


def test_a_ready_answer_of_the_apps_key_is_in_the_console(place: Place) -> None:
    annotations, app = place.console().apps.annotations, app_of(place)
    for number in range(3):
        place.service().annotations.create(question=f"number {number}", answer="x")
    page = annotations.list(app, limit=2)
    assert [one.question for one in page.data] == ["number 2", "number 1"]
    assert (page.has_more, page.total) == (True, 3)
    assert [one.question for one in page] == ["number 2", "number 1", "number 0"]
    assert [one.question for one in annotations.list(app, keyword="BER 1")] == ["number 1"]
    assert annotations.count(app).count == 3


def test_whoever_wrote_a_ready_answer_is_named(place: Place) -> None:
    editor = place.member("editor")
    editor.apps.annotations.create(app_of(place), question="Who?", content="Me.")
    switch_on(place)
    told = place.service().chat.send(query="Who?")
    assert told.answer == "Me."
    author = next(one for one in place.mock.world.accounts.known.values() if one.email.startswith("editor"))
    assert told.metadata.annotation_reply and told.metadata.annotation_reply.account
    assert told.metadata.annotation_reply.account.id == author.id


def test_a_message_becomes_a_ready_answer(place: Place) -> None:
    console, app = place.console(), app_of(place)
    said = place.service().chat.send(query="Who are you?")
    made = console.apps.annotations.create(app, message_id=said.message_id, answer="A stub.")
    assert made.question == "Who are you?"
    again = console.apps.annotations.create(app, message_id=said.message_id, question="And you?", answer="Another stub.")
    assert (again.id, again.question) == (made.id, "And you?")
    kept = console.apps.messages.get(app, said.message_id).annotation
    assert kept and kept.account
    assert (kept.id, kept.question, kept.content, kept.account.name) == (made.id, "And you?", "Another stub.", "Admin")
    console.apps.annotations.delete(app, made.id)
    assert console.apps.messages.get(app, said.message_id).annotation is None


def test_a_ready_answer_needs_a_question_and_an_answer(place: Place) -> None:
    annotations, app = place.console().apps.annotations, app_of(place)
    with pytest.raises(BadRequestError, match="answer"):
        annotations.create(app, question="Well?")
    with pytest.raises(BadRequestError, match="question"):
        annotations.create(app, answer="Well.")
    made = annotations.create(app, question="Well?", answer="Well.")
    with pytest.raises(BadRequestError, match="question"):
        annotations.update(app, made.id, answer="Better.")
    with pytest.raises(BadRequestError, match="answer"):
        annotations.update(app, made.id, question="Better?")
    assert [(one.question, one.answer) for one in annotations.list(app)] == [("Well?", "Well.")]


def test_what_was_given_is_remembered_as_it_was(place: Place) -> None:
    console, app, service = place.console(), app_of(place), place.service()
    made = console.apps.annotations.create(app, question="What is 2+2?", answer="Four.")
    switch_on(place, threshold=0.8)
    service.chat.send(query="What is 2+2?")
    console.apps.annotations.update(app, made.id, question="What is 2+2?", answer="Still four.")
    last = service.chat.send(query="what is 2 + 2?")
    hits = console.apps.annotations.list_hit_histories(app, made.id)
    assert [(one.question, one.match, one.response) for one in hits.data] == [
        ("what is 2 + 2?", "What is 2+2?", "Still four."),
        ("What is 2+2?", "What is 2+2?", "Four."),
    ]
    assert hits.data[1].score == 1 and 0.8 < (hits.data[0].score or 0) < 1
    assert {one.source for one in hits.data} == {"api"}
    assert [len(one.data) for one in console.apps.annotations.list_hit_histories(app, made.id, limit=1).pages()][:2] == [1, 1]
    assert [one.hit_count for one in console.apps.annotations.list(app)] == [2]
    hit = console.apps.messages.get(app, last.message_id).annotation_hit_history
    assert hit and hit.annotation_create_account
    assert (hit.annotation_id, hit.annotation_create_account.email) == (made.id, "admin@example.com")


def test_ready_answers_are_switched_on_and_off(place: Place) -> None:
    annotations, app = place.console().apps.annotations, app_of(place)
    assert annotations.get_settings(app).enabled is False
    started = annotations.reply.configure(app, "enable", score_threshold=0.9, **COMPARING)
    assert annotations.reply.status(app, "enable", started.job_id).job_status == "waiting"
    assert annotations.reply.status(app, "enable", started.job_id).job_status == "completed"
    settings = annotations.get_settings(app)
    assert (settings.enabled, settings.score_threshold) == (True, 0.9)
    assert settings.embedding_model and settings.embedding_model.embedding_model_name == "stub-embed"
    assert place.service().app.parameters().annotation_reply["score_threshold"] == 0.9
    annotations.reply.configure(app, "disable", score_threshold=0.9, **COMPARING)
    place.mock.clock.advance(1)
    assert annotations.get_settings(app).enabled is False


def test_how_alike_a_question_must_be_can_be_changed(place: Place) -> None:
    annotations, app, service = place.console().apps.annotations, app_of(place), place.service()
    annotations.create(app, question="What is the capital of France?", answer="Paris.")
    switch_on(place, threshold=1.0)
    assert service.chat.send(query="What is the capital of Franc?").answer != "Paris."
    settings_id = annotations.get_settings(app).id or ""
    assert annotations.update_settings(app, settings_id, score_threshold=0.8).score_threshold == 0.8
    assert service.chat.send(query="What is the capital of Franc?").answer == "Paris."
    with pytest.raises(NotFoundError):
        annotations.update_settings(app, UNKNOWN, score_threshold=0.8)
    annotations.reply.configure(app, "disable", score_threshold=1.0, **COMPARING)
    place.mock.clock.advance(1)
    with pytest.raises(NotFoundError):
        annotations.update_settings(app, settings_id, score_threshold=0.8)


def test_a_model_that_is_not_there_compares_nothing(place: Place) -> None:
    annotations, app = place.console().apps.annotations, app_of(place)
    started = annotations.reply.configure(
        app, "enable", score_threshold=0.9, embedding_provider_name="stubber/stubai/stubai", embedding_model_name="gone"
    )
    place.mock.clock.advance(1)
    job = annotations.reply.status(app, "enable", started.job_id)
    assert job.job_status == "error" and job.error_msg
    assert annotations.get_settings(app).enabled is False


def test_a_job_of_nobody_is_refused(place: Place) -> None:
    annotations, app = place.console().apps.annotations, app_of(place)
    with pytest.raises(BadRequestError, match="The job does not exist"):
        annotations.reply.status(app, "enable", UNKNOWN)
    with pytest.raises(BadRequestError, match="The job does not exist"):
        annotations.batch_import_status(app, UNKNOWN)


def test_a_table_is_taken_in_after_a_while(place: Place) -> None:
    annotations, app = place.console().apps.annotations, app_of(place)
    started = annotations.batch_import(app, file=("answers.csv", TABLE.encode(), "text/csv"))
    assert (started.job_status, started.record_count, started.error_msg) == ("waiting", 2, None)
    assert annotations.count(app).count == 0
    place.mock.clock.advance(1)
    job = annotations.batch_import_status(app, started.job_id or "")
    assert (job.job_status, job.error_msg) == ("completed", "")
    assert [(one.question, one.answer) for one in annotations.list(app)] == [("Why?", "Because."), ("What is 2+2?", "Four.")]


@pytest.mark.parametrize(
    ("table", "complaint"),
    [
        (b"no line ends", "appears to be empty"),
        (b"question\nonly one\n", "at least 2 columns"),
        (b"question,answer\n,\n", "at least 1 valid"),
        (b"question,answer\nok,ok\n" + b"q" * 2001 + b",long\n", "Question at row 3 is too long"),
        (b"question,answer\n\xff,broken\n", "An error occurred"),
    ],
)
def test_a_table_that_is_none_gets_no_job(place: Place, table: bytes, complaint: str) -> None:
    annotations, app = place.console().apps.annotations, app_of(place)
    told = annotations.batch_import(app, file=("answers.csv", table, "text/csv"))
    assert (told.job_id, told.record_count) == (None, None)
    assert complaint in (told.error_msg or "")
    place.mock.clock.advance(1)
    assert annotations.count(app).count == 0


def test_a_file_that_cannot_be_a_table_is_refused(place: Place) -> None:
    annotations, app = place.console().apps.annotations, app_of(place)
    with pytest.raises(BadRequestError, match="CSV"):
        annotations.batch_import(app, file=("answers.txt", TABLE.encode(), "text/plain"))
    with pytest.raises(BadRequestError, match="empty"):
        annotations.batch_import(app, file=("answers.csv", b"", "text/csv"))
    with pytest.raises(PayloadTooLargeError):
        annotations.batch_import(app, file=("answers.csv", b"\n" * (2 * 1024**2 + 1), "text/csv"))


def test_tables_come_not_too_often(place: Place) -> None:
    annotations, app = place.console().apps.annotations, app_of(place)
    for _ in range(5):
        annotations.batch_import(app, file=("answers.csv", TABLE.encode(), "text/csv"))
    with pytest.raises(RateLimitError):
        annotations.batch_import(app, file=("answers.csv", TABLE.encode(), "text/csv"))
    place.mock.clock.advance(61)
    assert annotations.batch_import(app, file=("answers.csv", TABLE.encode(), "text/csv")).job_status == "waiting"


def test_what_goes_out_is_no_formula(place: Place) -> None:
    annotations, app = place.console().apps.annotations, app_of(place)
    annotations.create(app, question="=1+1", answer="@home")
    annotations.create(app, question="1+1", answer="home")
    assert [(one.question, one.answer) for one in annotations.export(app).data] == [("1+1", "home"), ("'=1+1", "'@home")]
    assert [one.question for one in annotations.list(app)] == ["1+1", "=1+1"]


def test_some_are_deleted_and_then_all(place: Place) -> None:
    annotations, app = place.console().apps.annotations, app_of(place)
    made = [annotations.create(app, question=f"number {number}", answer="x").id for number in range(4)]
    assert annotations.delete_many(app, annotation_id=[made[0], made[2], UNKNOWN]) is None
    assert [one.id for one in annotations.list(app)] == [made[3], made[1]]
    with pytest.raises(BadRequestError):
        annotations.delete_many(app, annotation_id=[" "])
    annotations.delete_many(app)
    assert annotations.count(app).count == 0


def test_ready_answers_belong_to_their_app(place: Place) -> None:
    annotations, app = place.console().apps.annotations, app_of(place)
    made = annotations.create(app, question="Mine?", answer="Mine.")
    other = place.mock.world.first_app("agent-chat").id
    assert annotations.list(other).data == []
    annotations.delete_many(other)
    for call in (
        lambda: annotations.update(other, made.id, question="q", answer="a"),
        lambda: annotations.delete(other, made.id),
        lambda: annotations.list_hit_histories(other, made.id),
        lambda: annotations.create(app, message_id=UNKNOWN, answer="x"),
        lambda: annotations.count(UNKNOWN),
    ):
        with pytest.raises(NotFoundError):
            call()
    assert [one.id for one in annotations.list(app)] == [made.id]


@pytest.mark.profiles("dify", reason="the documents have one form for all arguments that do not fit")
def test_arguments_that_do_not_fit_are_named(place: Place) -> None:
    annotations, app = place.console().apps.annotations, app_of(place)
    with pytest.raises(UnprocessableEntityError) as refused:
        annotations.list(app, page=0, limit=0)
    assert sorted(refused.value.params) == ["limit", "page"]
    with pytest.raises(InvalidParamError, match="Either 'answer' or 'content'"):
        annotations.create(app)


CALLS: list[Callable[[Console[Any], str], Any]] = [
    lambda console, app: console.apps.annotations.list(app),
    lambda console, app: console.apps.annotations.create(app, question="q", answer="a"),
    lambda console, app: console.apps.annotations.update(app, UNKNOWN, question="q", answer="a"),
    lambda console, app: console.apps.annotations.delete(app, UNKNOWN),
    lambda console, app: console.apps.annotations.delete_many(app),
    lambda console, app: console.apps.annotations.export(app),
    lambda console, app: console.apps.annotations.batch_import(app, file=("a.csv", TABLE.encode(), "text/csv")),
    lambda console, app: console.apps.annotations.batch_import_status(app, UNKNOWN),
    lambda console, app: console.apps.annotations.list_hit_histories(app, UNKNOWN),
    lambda console, app: console.apps.annotations.get_settings(app),
    lambda console, app: console.apps.annotations.update_settings(app, UNKNOWN, score_threshold=0.5),
    lambda console, app: console.apps.annotations.reply.configure(app, "enable", score_threshold=0.5, **COMPARING),
    lambda console, app: console.apps.annotations.reply.status(app, "enable", UNKNOWN),
]


def test_whoever_only_uses_apps_may_only_count(place: Place) -> None:
    console, app = place.member("normal"), app_of(place)
    assert console.apps.annotations.count(app).count == 0
    for call in CALLS:
        with pytest.raises(PermissionDeniedError):
            call(console, app)
    assert place.console().apps.annotations.list(app).data == []

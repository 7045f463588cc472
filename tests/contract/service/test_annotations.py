"""Stories of ready answers: kept, searched, and given in the model's place."""

from __future__ import annotations

import time

import pytest

from dify_mock.contract.place import Place
from dify_sdk import ServiceClient
from dify_sdk.errors import InternalServerError, InvalidParamError, NotFoundError
from dify_sdk.service.annotations import AnnotationJob, ReplyAction

UNKNOWN = "59f9d59a-4750-450f-8923-95571dc4f3b7"
PROVIDER = "stubber/stubai/stubai"


def switched(client: ServiceClient, action: ReplyAction, *, threshold: float = 0.9, model: str = "stub-embed") -> AnnotationJob:
    """The job after it came to an end."""
    started = client.annotations.reply.configure(
        action, score_threshold=threshold, embedding_provider_name=PROVIDER, embedding_model_name=model
    )
    for pause in (0, 0, 1, 2, 4, 8):
        job = client.annotations.reply.status(action, started.job_id)
        if job.job_status in {"completed", "error"}:
            return job
        time.sleep(pause)
    raise AssertionError(f"the job is still {job.job_status}")


def test_a_ready_answer_is_kept_changed_and_deleted(place: Place) -> None:
    annotations = place.service().annotations
    made = annotations.create(question="What is 2+2?", answer="Four.")
    assert (made.question, made.answer, made.hit_count) == ("What is 2+2?", "Four.", 0)
    assert made.id in [one.id for one in annotations.list()]
    assert annotations.update(made.id, question="What is 2+2?", answer="It is four.").answer == "It is four."
    assert next(one for one in annotations.list() if one.id == made.id).answer == "It is four."
    assert annotations.delete(made.id) is None
    assert made.id not in [one.id for one in annotations.list()]


def test_a_search_looks_at_questions_and_answers(place: Place) -> None:
    annotations = place.service().annotations
    made = [annotations.create(question=f"Where is {word}?", answer=f"In {place_} zyx") for word, place_ in (("Ann", "A"), ("Bob", "B"))]
    assert [one.id for one in annotations.list(keyword="where is ann")] == [made[0].id]
    assert {one.id for one in annotations.list(keyword="ZYX")} == {one.id for one in made}
    assert annotations.list(keyword="nowhere to be found").data == []


def test_a_walk_visits_every_ready_answer_newest_first(place: Place) -> None:
    annotations = place.service().annotations
    made = [annotations.create(question=f"number {number} wvu", answer="x").id for number in range(5)]
    page = annotations.list(limit=2, keyword="wvu")
    assert (len(page.data), page.has_more, page.total) == (2, True, 5)
    assert [one.id for one in page] == made[::-1]
    assert [one.id for one in annotations.list(limit=2, page=3, keyword="wvu").data] == [made[0]]


@pytest.mark.profiles("dify", reason="pages of the documents count what is left")
def test_a_full_last_page_promises_another(place: Place) -> None:
    annotations = place.service().annotations
    for number in range(2):
        annotations.create(question=f"number {number} tsr", answer="x")
    assert annotations.list(limit=2, keyword="tsr").has_more
    assert len(list(annotations.list(limit=2, keyword="tsr"))) == 2


def test_more_than_a_hundred_are_taken_as_a_hundred(place: Place) -> None:
    annotations = place.service().annotations
    for number in range(101):
        annotations.create(question=f"number {number} qpo", answer="x")
    page = annotations.list(limit=150, keyword="qpo")
    assert (len(page.data), page.limit) == (100, 150)
    assert len(list(page)) == 101


@pytest.mark.parametrize("wrong", [{"limit": 0}, {"page": 0}])
def test_the_list_refuses_numbers_below_one(place: Place, wrong: dict[str, int]) -> None:
    with pytest.raises(InvalidParamError) as refused:
        place.service().annotations.list(**wrong)
    assert list(refused.value.params) == list(wrong)


def test_an_unknown_ready_answer_is_not_found(place: Place) -> None:
    annotations = place.service().annotations
    with pytest.raises(NotFoundError, match="Annotation not found"):
        annotations.update(UNKNOWN, question="q", answer="a")
    with pytest.raises(NotFoundError, match="Annotation not found"):
        annotations.delete(UNKNOWN)


def test_ready_answers_belong_to_their_app(place: Place) -> None:
    made = place.service().annotations.create(question="Mine?", answer="Mine.")
    other = place.service("agent-chat").annotations
    assert made.id not in [one.id for one in other.list()]
    with pytest.raises(NotFoundError):
        other.delete(made.id)


def test_both_question_and_answer_are_needed(place: Place) -> None:
    with pytest.raises(InvalidParamError) as refused:
        place.service().annotations.create(question=None, answer="a")  # type: ignore[arg-type]  # left out on purpose
    assert list(refused.value.params) == ["question"]


def test_a_ready_answer_is_given_in_the_models_place_and_counted(place: Place) -> None:
    client = place.service()
    made = client.annotations.create(question="What is 2+2?", answer="It is four.")
    assert switched(client, "enable").job_status == "completed"
    assert client.app.parameters().annotation_reply["enabled"]
    reply = client.chat.send(query="What is 2+2?")
    assert reply.answer == "It is four."
    assert reply.metadata and reply.metadata.annotation_reply and reply.metadata.annotation_reply.id == made.id
    assert next(one for one in client.annotations.list() if one.id == made.id).hit_count == 1
    assert client.chat.send(query="Something else entirely").answer != "It is four."


def test_a_stream_spells_a_ready_answer_out(place: Place) -> None:
    client = place.service()
    client.annotations.create(question="What is 3+3?", answer="Six.")
    switched(client, "enable")
    with client.chat.stream(query="What is 3+3?") as stream:
        assert "".join(stream.text_deltas()) == "Six."
        assert stream.result().metadata.annotation_reply  # type: ignore[union-attr]  # it is over


def test_the_threshold_says_how_alike_a_question_must_be(place: Place) -> None:
    client = place.service()
    client.annotations.create(question="What is the capital of France?", answer="Paris.")
    switched(client, "enable", threshold=1.0)
    assert client.chat.send(query="What is the capital of Franc?").answer != "Paris."
    switched(client, "enable", threshold=0.8)
    assert client.chat.send(query="What is the capital of Franc?").answer == "Paris."


def test_switched_off_the_model_answers_again(place: Place) -> None:
    client = place.service()
    client.annotations.create(question="What is 4+4?", answer="Eight.")
    switched(client, "enable")
    assert switched(client, "disable").job_status == "completed"
    assert client.chat.send(query="What is 4+4?").answer != "Eight."
    assert client.app.parameters().annotation_reply == {"enabled": False}


def test_a_job_waits_before_it_is_done(place: Place) -> None:
    clock, reply = place.mock.clock, place.service().annotations.reply
    started = reply.configure("enable", score_threshold=0.9, embedding_provider_name=PROVIDER, embedding_model_name="stub-embed")
    assert (started.job_status, started.error_msg) == ("waiting", None)
    assert place.service().app.parameters().annotation_reply == {"enabled": False}
    clock.advance(1)
    job = reply.status("enable", started.job_id)
    assert (job.job_id, job.job_status, job.error_msg) == (started.job_id, "completed", "")


def test_a_second_look_finds_the_job_done(place: Place) -> None:
    assert place.mock
    reply = place.service().annotations.reply
    started = reply.configure("enable", score_threshold=0.9, embedding_provider_name=PROVIDER, embedding_model_name="stub-embed")
    looks = [reply.status("enable", started.job_id).job_status for _ in range(2)]
    assert looks == ["waiting", "completed"]


def test_a_job_that_runs_is_not_begun_twice(place: Place) -> None:
    assert place.mock
    reply = place.service().annotations.reply
    jobs = [
        reply.configure("enable", score_threshold=0.9, embedding_provider_name=PROVIDER, embedding_model_name="stub-embed")
        for _ in range(2)
    ]
    assert [one.job_status for one in jobs] == ["waiting", "processing"]
    assert jobs[0].job_id == jobs[1].job_id


def test_a_job_with_an_unknown_model_fails(place: Place) -> None:
    job = switched(place.service(), "enable", model="no-such-model")
    assert job.job_status == "error"
    assert job.error_msg


def test_an_unknown_job_is_refused(place: Place) -> None:
    reply = place.service().annotations.reply
    with pytest.raises(InvalidParamError, match="The job does not exist"):
        reply.status("enable", UNKNOWN)
    started = reply.configure("enable", score_threshold=0.9, embedding_provider_name=PROVIDER, embedding_model_name="stub-embed")
    with pytest.raises(InvalidParamError, match="The job does not exist"):
        reply.status("disable", started.job_id)


def test_there_are_two_actions_and_another_breaks_the_server(place: Place) -> None:
    with pytest.raises(InternalServerError):
        place.service().annotations.reply.configure(
            "toggle",  # type: ignore[arg-type]  # wrong on purpose
            score_threshold=0.9,
            embedding_provider_name=PROVIDER,
            embedding_model_name="stub-embed",
        )

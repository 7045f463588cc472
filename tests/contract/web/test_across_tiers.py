"""Stories that cross tiers: what is begun on a page, and who of an app's key sees it."""

from __future__ import annotations

import pytest

from dify_mock.contract import drawings
from dify_mock.contract.place import USER, Place, reach
from dify_sdk.errors import InvalidParamError, NotFoundError

PICTURE = ("pic.png", b"\x89PNG", "image/png")


def test_a_message_of_a_page_as_the_apps_key_sees_it(place: Place) -> None:
    page, service = place.web(user_id=USER), place.service(user=USER)
    reference = page.files.upload_and_reference(file=PICTURE)
    reply = page.chat.send(query="look", files=[reference])
    page.messages.feedback(reply.message_id, rating="like", content="from the page")

    # Its conversation belongs to the page's user, who is another than the one of that name whom the key knows.
    assert reply.conversation_id not in [one.id for one in service.conversations.list()]
    with pytest.raises(NotFoundError, match="Conversation Not Exists"):
        service.messages.list(conversation_id=reply.conversation_id)
    with pytest.raises(NotFoundError, match="Message Not Exists"):
        service.messages.feedback(reply.message_id, rating="dislike")

    # What is the app's, and no user's, is there: the file, the rating, the voice of the answer, the user.
    assert service.files.preview(reference["upload_file_id"]).read() == b"\x89PNG"
    rated = next(one for one in service.app.feedbacks.list() if one.message_id == reply.message_id)
    assert (rated.rating, rated.content) == ("like", "from the page")
    assert service.audio.synthesize(message_id=reply.message_id).read()
    user = service.end_users.get(rated.from_end_user_id or "")
    assert (user.id, user.type) == (page.app.site().end_user_id, "browser")


def test_a_run_of_a_page_is_in_the_logs_of_the_app(place: Place) -> None:
    page, service = place.web("workflow"), place.service("workflow")
    run = page.workflows.run(inputs={"query": "from the page"})
    service.workflows.run(inputs={"query": "from the key"})
    logged = {one.workflow_run.id: one for one in service.workflows.logs.list()}
    log = logged[run.workflow_run_id]
    assert (log.created_from, log.created_by_end_user and log.created_by_end_user.type) == ("web-app", "browser")
    assert {one.created_from for one in logged.values()} >= {"web-app", "service-api"}
    assert service.workflows.runs.get(run.workflow_run_id).outputs == run.outputs


def test_a_run_of_the_key_is_not_followed_on_the_page(place: Place) -> None:
    run = place.service("workflow").workflows.run(inputs={"query": "x"})
    with pytest.raises(NotFoundError):
        list(place.web("workflow").workflows.events(run.workflow_run_id))


def test_a_ready_answer_of_the_key_is_given_on_the_page(place: Place) -> None:
    service = place.service()
    service.annotations.create(question="What is 2+2?", answer="It is four.")
    job = service.annotations.reply.configure(
        "enable", score_threshold=0.9, embedding_provider_name="stubber/stubai/stubai", embedding_model_name="stub-embed"
    )
    place.mock.clock.advance(5)
    assert service.annotations.reply.status("enable", job.job_id).job_status == "completed"
    page = place.web()
    reply = page.chat.send(query="What is 2+2?")
    assert reply.answer == "It is four."
    assert reply.metadata and "annotation_reply" not in reply.metadata.model_fields_set
    [message] = page.messages.list(conversation_id=reply.conversation_id)
    assert message.metadata["annotation_reply"]["id"]


def test_room_is_shared_by_the_page_and_the_key(place: Place) -> None:
    place.mock.world.first_app("chat").max_active_requests = 1
    with place.web().chat.stream(query="[[slow]]") as stream:
        reach(stream, "message")
        with pytest.raises(InvalidParamError, match="Too many requests"):
            place.service().chat.send(query="Hello")


def test_a_form_of_the_key_can_be_filled_on_the_page(place: Place) -> None:
    service = place.service_with(drawings.put(place.mock, "workflow", drawings.approval()))
    stream = service.workflows.stream(inputs={"query": "please"})
    token = stream.result().forms[0].form_token or ""
    place.web().human_input_forms.submit(token, inputs={"comment": "ok", "choice": "blue"}, action="approve")
    assert stream.resume().result().outputs == {"comment": "ok", "choice": "blue"}


def test_an_upload_of_the_key_is_fetched_on_the_page(place: Place) -> None:
    upload = place.service().files.upload(file=PICTURE)
    assert place.web().files.download_url(upload.source_url or "").read() == b"\x89PNG"

"""Stories of running apps as somebody who has signed in."""

from __future__ import annotations

import pytest

from dify_mock.contract import drawings
from dify_mock.contract.place import Place, reach
from dify_mock.state import Mode
from dify_sdk.errors import (
    BadRequestError,
    FormSubmittedError,
    InvalidFormDataError,
    NotFoundError,
    RateLimitError,
    UnprocessableEntityError,
)
from dify_sdk.shared.events import NodeFinishedEvent
from dify_sdk.shared.runs import ChatReply, CompletionReply, WorkflowRun

UNKNOWN = "59f9d59a-4750-450f-8923-95571dc4f3b7"
PICTURE = ("pic.png", b"\x89PNG", "image/png")


def app_of(place: Place, mode: Mode) -> str:
    return place.mock.world.first_app(mode).id


def drawn(place: Place, mode: Mode) -> str:
    """An app that asks a person."""
    drawings.put(place.mock, mode, drawings.approval() if mode == "workflow" else drawings.approved_chat())
    return list(place.mock.world.apps)[-1]


@pytest.mark.parametrize("mode", ["chat", "agent-chat", "advanced-chat"])
def test_apps_that_talk_are_run(place: Place, mode: Mode) -> None:
    reply = place.openapi().apps.run(app_of(place, mode), query="hi")
    assert isinstance(reply, ChatReply)
    assert "You said: hi" in reply.answer
    again = place.openapi().apps.run(app_of(place, mode), query="and?", conversation_id=reply.conversation_id)
    assert isinstance(again, ChatReply)
    assert again.conversation_id == reply.conversation_id


def test_a_completion_is_run(place: Place) -> None:
    reply = place.openapi().apps.run(app_of(place, "completion"), inputs={"query": "hi"})
    assert isinstance(reply, CompletionReply)
    assert "You said: hi" in reply.answer


def test_a_workflow_is_run(place: Place) -> None:
    run = place.openapi().apps.run(app_of(place, "workflow"), inputs={"query": "hi"})
    assert isinstance(run, WorkflowRun)
    assert (run.status, run.outputs["text"]) == ("succeeded", "Hello from the stub. You said: hi")


def test_what_nodes_took_and_gave_stays_inside(place: Place) -> None:
    with place.openapi().apps.stream(app_of(place, "workflow"), inputs={"query": "hi"}) as stream:
        ended = [one.data for one in stream if isinstance(one, NodeFinishedEvent)]
    assert ended
    assert all((one.inputs, one.outputs) == (None, None) for one in ended)


def test_a_version_is_run_by_its_id(place: Place) -> None:
    app = place.mock.world.first_app("workflow")
    app.published, version = None, app.published
    with pytest.raises(BadRequestError, match="Workflow not published"):
        place.openapi().apps.run(app.id, inputs={"query": "hi"})
    run = place.openapi().apps.run(app.id, inputs={"query": "hi"}, workflow_id=version)
    assert isinstance(run, WorkflowRun)
    assert run.data.workflow_id == version


def test_every_mode_takes_what_it_is_asked_for(place: Place) -> None:
    apps = place.openapi().apps
    with pytest.raises(UnprocessableEntityError, match="query_required_for_chat"):
        apps.run(app_of(place, "chat"), query=" ")
    with pytest.raises(UnprocessableEntityError, match="query_not_supported_for_workflow"):
        apps.run(app_of(place, "workflow"), query="hi")
    with pytest.raises(UnprocessableEntityError, match="workspace_id does not match"):
        apps.run(app_of(place, "chat"), query="hi", workspace_id=UNKNOWN)
    with pytest.raises(NotFoundError, match="Conversation Not Exists"):
        apps.run(app_of(place, "chat"), query="hi", conversation_id=UNKNOWN)


def test_an_app_runs_no_more_at_once_than_it_may(place: Place) -> None:
    app = place.mock.world.first_app("workflow")
    app.max_active_requests = 1
    apps = place.openapi().apps
    with apps.stream(app.id, inputs={"query": "[[slow]]"}) as stream:
        reach(stream, "text_chunk")
        with pytest.raises(RateLimitError):
            apps.run(app.id, inputs={"query": "hi"})


@pytest.mark.parametrize(
    ("mode", "given", "piece"), [("workflow", {"inputs": {"query": "[[slow]]"}}, "text_chunk"), ("chat", {"query": "[[slow]]"}, "message")]
)
def test_a_run_is_stopped(place: Place, mode: Mode, given: dict[str, str], piece: str) -> None:
    apps = place.openapi().apps
    with apps.stream(app_of(place, mode), **given) as stream:  # type: ignore[arg-type]  # of each mode its own
        reach(stream, piece)
        stream.stop()
        stopped = stream.result()
    assert stopped.status == "stopped" if isinstance(stopped, WorkflowRun) else len(str(stopped.answer).split()) < 60


def test_to_stop_what_is_not_known_is_no_error(place: Place) -> None:
    assert place.openapi().apps.stop(app_of(place, "chat"), UNKNOWN).result == "success"


def test_a_run_that_lost_its_reader_is_taken_up_again(place: Place) -> None:
    client, app_id = place.openapi(), app_of(place, "workflow")
    with client.apps.stream(app_id, inputs={"query": "[[slow]]"}) as stream:
        reach(stream, "text_chunk")
        run_id = stream.workflow_run_id
    assert run_id
    run = client.apps.events(app_id, run_id, include_state_snapshot=True).result()
    assert isinstance(run, WorkflowRun)
    assert run.status == "succeeded"
    again = client.apps.events(app_id, run_id).result()
    assert isinstance(again, WorkflowRun)
    assert (again.status, again.outputs) == ("succeeded", run.outputs)


def test_a_run_is_only_for_the_one_who_began_it(place: Place) -> None:
    run = place.service("workflow").workflows.run(inputs={"query": "hi"})
    apps, app_id = place.openapi().apps, app_of(place, "workflow")
    with pytest.raises(NotFoundError, match="Workflow run not found"):
        apps.events(app_id, run.workflow_run_id).result()
    with pytest.raises(NotFoundError, match="Workflow run not found"):
        apps.events(app_id, UNKNOWN).result()
    with pytest.raises(UnprocessableEntityError, match="mode_not_supported_for_event_reconnect"):
        apps.events(app_of(place, "chat"), run.workflow_run_id).result()


def test_a_run_is_in_the_logs_of_the_app_with_the_account(place: Place) -> None:
    run = place.openapi().apps.run(app_of(place, "workflow"), inputs={"query": "hi"})
    assert isinstance(run, WorkflowRun)
    me = place.openapi().account.get().account
    assert me is not None
    logs = place.service("workflow").workflows.logs
    log = logs.list(created_by_account=me.email).data[0]
    assert log.workflow_run is not None
    assert log.workflow_run.id == run.workflow_run_id
    assert (log.created_from, log.created_by_role, log.created_by_end_user) == ("openapi", "account", None)
    assert log.created_by_account is not None
    assert (log.created_by_account.id, log.created_by_account.email) == (me.id, me.email)


def test_a_file_goes_with_a_question(place: Place) -> None:
    apps, app_id = place.openapi().apps, app_of(place, "chat")
    reference = apps.files.upload_and_reference(app_id, file=PICTURE)
    reply = apps.run(app_id, query="look", files=[reference])
    assert isinstance(reply, ChatReply)
    sent = place.mock.world.messages[reply.message_id].files
    assert [one.upload_file_id for one in sent] == [reference["upload_file_id"]]


def test_a_file_that_is_too_large_is_a_bad_request(place: Place) -> None:
    files, app_id = place.openapi().apps.files, app_of(place, "chat")
    with pytest.raises(BadRequestError) as refused:
        files.upload(app_id, file=("big.png", b"x" * (11 * 1024 * 1024), "image/png"))
    assert (refused.value.status_code, refused.value.code) == (400, "bad_request")


def test_a_form_is_read_and_filled_and_the_run_goes_on(place: Place) -> None:
    apps, app_id = place.openapi().apps, drawn(place, "workflow")
    waiting = apps.run(app_id, inputs={"query": "please"})
    assert isinstance(waiting, WorkflowRun)
    token = waiting.forms[0].form_token
    assert token
    form = apps.human_input_forms.get(app_id, token)
    assert [one.id for one in form.user_actions] == ["approve", "reject"]
    with pytest.raises(InvalidFormDataError):
        apps.human_input_forms.submit(app_id, token, inputs={}, action="approve")
    apps.human_input_forms.submit(app_id, token, inputs={"comment": "good", "choice": "red"}, action="approve")
    run = apps.events(app_id, waiting.workflow_run_id, include_state_snapshot=True).result()
    assert isinstance(run, WorkflowRun)
    assert run.outputs == {"comment": "good", "choice": "red"}
    with pytest.raises(FormSubmittedError):
        apps.human_input_forms.get(app_id, token)


def test_a_form_of_another_app_is_none(place: Place) -> None:
    apps, app_id = place.openapi().apps, drawn(place, "workflow")
    waiting = apps.run(app_id, inputs={"query": "please"})
    assert isinstance(waiting, WorkflowRun)
    token = waiting.forms[0].form_token
    assert token
    with pytest.raises(NotFoundError) as refused:
        apps.human_input_forms.get(app_of(place, "workflow"), token)
    assert refused.value.code == "form_not_found"

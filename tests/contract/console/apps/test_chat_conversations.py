"""Stories of the conversations of an app, as its editors find them: whoever talked, and wherever."""

from __future__ import annotations

from typing import Any

import pytest

from dify_mock.contract.place import Place
from dify_mock.state import DEBUGGER
from dify_sdk.console.apps.conversations import SortBy
from dify_sdk.errors import BadRequestError, NotFoundError, PermissionDeniedError
from dify_sdk.shared.runs import ChatReply

UNKNOWN = "59f9d59a-4750-450f-8923-95571dc4f3b7"


def chat(place: Place) -> str:
    return place.mock.world.first_app("chat").id


def test_what_users_said_is_found_and_deleted_for_them_too(place: Place) -> None:
    log = place.console().apps.chat.conversations
    ann, page = place.service(user="ann"), place.web(user_id="guest-7")
    fox = ann.chat.send(query="Where is the fox?", inputs={"name": "Ann"}).conversation_id
    hen = page.chat.send(query="Where is the hen?").conversation_id
    goose = ann.chat.send(query="Where is the goose?", auto_generate_name=False).conversation_id
    ann.chat.send(query="Still there?", conversation_id=fox)

    rows = {one.id: one for one in log.list(chat(place))}
    assert [rows[one].from_end_user_session_id for one in (fox, goose)] == ["ann", "ann"]
    assert "guest-7" in (rows[hen].from_end_user_session_id or "")
    assert {(one.from_source, one.from_account_id, one.from_account_name) for one in rows.values()} == {("api", None, None)}
    assert rows[goose].name == rows[goose].summary == "Where is the goose?"
    assert [rows[one].message_count for one in (fox, hen)] == [2, 1]

    def found(keyword: str) -> set[str]:
        return {one.id for one in log.list(chat(place), keyword=keyword)}

    assert found("FOX") == {fox}
    assert found("still there") == {fox}  # in a later message
    assert found("You said: Where is the hen") == {hen}  # in an answer
    assert found("hi ann") == {fox}  # in its opening statement
    assert found("guest-7") == {hen}  # whose it is
    assert found("bear") == set()

    assert log.delete(chat(place), fox) is None
    assert found("fox") == set()
    assert [one.id for one in ann.conversations.list()] == [goose]
    with pytest.raises(NotFoundError, match="Conversation Not Exists"):
        ann.messages.list(conversation_id=fox)
    for gone in (lambda: log.delete(chat(place), fox), lambda: log.get(chat(place), fox)):
        with pytest.raises(NotFoundError, match="Conversation Not Exists"):
            gone()


def test_one_conversation_is_looked_at_and_counts_as_read(place: Place) -> None:
    log, clock = place.console().apps.chat.conversations, place.mock.clock
    made = place.service().chat.send(query="Hello", inputs={"name": "Bob"}).conversation_id
    assert log.list(chat(place)).data[0].read_at is None
    clock.advance(60)
    first = clock.seconds()
    found = log.get(chat(place), made)
    assert (found.introduction, found.message_count, found.annotated) == ("Hi Bob, welcome.", 1, False)
    config = found.model_config_
    assert config and config.model and (config.model["name"], config.pre_prompt) == ("stub-vision", "You are a stub.")
    assert config.suggested_questions == ["What can you do?", "Who are you?"]
    assert [next(iter(one)) for one in config.user_input_form or ()] == ["text-input", "select", "paragraph", "number"]
    clock.advance(60)
    log.get(chat(place), made)
    assert log.list(chat(place)).data[0].read_at == first


def test_it_is_counted_what_users_and_editors_think(place: Place) -> None:
    apps, user = place.console().apps, place.service()
    log = apps.chat.conversations
    first = user.chat.send(query="one")
    second = user.chat.send(query="two", conversation_id=first.conversation_id)
    user.messages.feedback(first.message_id, rating="like")
    user.messages.feedback(second.message_id, rating="dislike")
    for told in (log.list(chat(place)).data[0], log.get(chat(place), first.conversation_id)):
        assert told.user_feedback_stats and told.admin_feedback_stats
        assert (told.user_feedback_stats.like, told.user_feedback_stats.dislike) == (1, 1)
        assert (told.admin_feedback_stats.like, told.admin_feedback_stats.dislike) == (0, 0)
    apps.messages.feedback(chat(place), message_id=first.message_id, rating="like")
    [row] = log.list(chat(place))
    assert row.admin_feedback_stats and row.admin_feedback_stats.like == 1


def test_the_log_is_ordered_and_cut_into_pages(place: Place) -> None:
    log, user = place.console().apps.chat.conversations, place.service()
    made: list[str] = []
    for number in range(3):
        made.append(user.chat.send(query=f"number {number}").conversation_id)
        place.mock.clock.advance(60)
    user.chat.send(query="again", conversation_id=made[0])
    [a, b, c] = made
    orders: dict[SortBy | None, list[str]] = {
        None: [a, c, b],
        "-updated_at": [a, c, b],
        "updated_at": [b, c, a],
        "created_at": [a, b, c],
        "-created_at": [c, b, a],
    }
    for order, expected in orders.items():
        assert [one.id for one in log.list(chat(place), sort_by=order)] == expected
    page = log.list(chat(place), limit=2)
    assert ([one.id for one in page.data], page.total, page.has_more) == ([a, c], 3, True)
    assert [one.id for one in log.list(chat(place), limit=2, page=2).data] == [b]


def test_a_time_is_that_of_the_account_and_of_the_order(place: Place) -> None:
    log, user, clock = place.console().apps.chat.conversations, place.service(), place.mock.clock
    place.mock.world.owner.timezone = "America/New_York"  # the mock's world begins at 4:00 there
    early = user.chat.send(query="early").conversation_id
    clock.advance(7200)
    late = user.chat.send(query="late").conversation_id
    clock.advance(7200)
    user.chat.send(query="early again", conversation_id=early)

    def found(**wanted: Any) -> list[str]:
        return [one.id for one in log.list(chat(place), **wanted)]

    assert found(start="2026-01-05 07:00") == [early]
    assert found(start="2026-01-05 07:00", sort_by="created_at") == []
    assert found(start="2026-01-05 05:00", sort_by="created_at") == [late]
    assert found(end="2026-01-05 04:00", sort_by="created_at") == [early]
    assert found(start="2026-01-05 06:00", end="2026-01-05 06:00") == [late]
    for wrong in ({"start": "2026-01-05"}, {"end": "soon"}, {"start": "2026-01-05 06:00", "end": "2026-01-05 05:00"}):
        with pytest.raises(BadRequestError):
            found(**wrong)


def test_an_annotated_conversation_is_found_by_it(place: Place) -> None:
    apps = place.console().apps
    log = apps.chat.conversations
    first, second = (place.service().chat.send(query=query) for query in ("a", "b"))
    made = apps.annotations.create(chat(place), message_id=first.message_id, answer="A!")
    found = {
        status: [(one.id, one.annotated) for one in log.list(chat(place), annotation_status=status, sort_by="created_at")]
        for status in ("annotated", "not_annotated", "all")
    }
    with_it, without = (first.conversation_id, True), (second.conversation_id, False)
    assert found == {"annotated": [with_it], "not_annotated": [without], "all": [with_it, without]}
    assert log.get(chat(place), first.conversation_id).annotated
    apps.annotations.delete(chat(place), made.id)
    assert list(log.list(chat(place), annotation_status="annotated")) == []


def test_what_is_asked_of_the_log_holds_together(place: Place) -> None:
    apps, user, clock = place.console().apps, place.service(), place.mock.clock
    place.mock.world.owner.timezone = "UTC"  # the mock's world begins at nine
    said: list[ChatReply] = []
    for query in ("a fox", "a hen", "a fox", "a fox", "a fox"):
        said.append(user.chat.send(query=query))
        clock.advance(600)
    for number in (0, 1, 2, 3):
        apps.annotations.create(chat(place), message_id=said[number].message_id, answer="Indeed.")
    wanted: dict[str, Any] = {"keyword": "fox", "annotation_status": "annotated", "start": "2026-01-05 09:10", "end": "2026-01-05 09:40"}
    rows = apps.chat.conversations.list(chat(place), sort_by="created_at", limit=1, **wanted)
    assert ([one.id for one in rows.data], rows.total, rows.has_more) == ([said[2].conversation_id], 2, True)
    assert [one.id for one in rows] == [said[2].conversation_id, said[3].conversation_id]


def test_a_chatflow_tells_how_its_runs_ended_and_what_it_remembers(place: Place) -> None:
    app, log = place.mock.world.first_app("advanced-chat").id, place.console().apps.chat.conversations
    reply = place.service("advanced-chat").chat.send(query="Hello")
    place.service("advanced-chat").chat.stream(query="[[fail-mid]]", conversation_id=reply.conversation_id).result()
    [row] = log.list(app)
    assert row.status_count and (row.status_count.success, row.status_count.failed, row.status_count.paused) == (1, 1, 0)
    assert row.model_config_ and (row.model_config_.model, row.model_config_.pre_prompt) == (None, None)
    told = log.list_variables(app, conversation_id=reply.conversation_id)
    assert [(one.name, one.value_type, one.value) for one in told.data] == [
        ("counter", "number", "0"),
        ("notes", "string", "none"),
        ("items", "array[string]", "[]"),
    ]
    assert (told.total, told.has_more) == (3, False)
    assert log.list_variables(app, conversation_id=UNKNOWN).data == []
    place.service().chat.send(query="Hello")
    assert [one.status_count for one in log.list(chat(place))] == [None]


def test_an_answer_that_nobody_reads_is_whole_in_the_log(place: Place) -> None:
    app, log = place.mock.world.first_app("advanced-chat").id, place.console().apps.chat.conversations
    with place.service("advanced-chat").chat.stream(query="Hello") as stream:
        next(stream)
    [row] = log.list(app, keyword="from the stub")  # in the answer
    assert row.status_count and row.status_count.success == 1


def test_a_deleted_conversation_is_nowhere(place: Place) -> None:
    app, console, user = place.mock.world.first_app("advanced-chat").id, place.console(), place.service("advanced-chat")
    page = place.web("advanced-chat")
    said = page.chat.send(query="Hello")
    page.messages.feedback(said.message_id, rating="like")
    console.apps.annotations.create(app, message_id=said.message_id, answer="Good day.")
    console.apps.chat.conversations.delete(app, said.conversation_id)
    assert page.conversations.list().data == user.app.feedbacks.list().data == []
    assert console.apps.statistics.daily_messages(app).data == []
    assert len(console.apps.export_feedbacks(app).read().splitlines()) == 1  # the names of its columns
    with pytest.raises(NotFoundError, match="Message Not Exists"):
        console.apps.messages.get(app, said.message_id)
    # What it left behind stands for itself.
    [run] = console.apps.chatflows.runs.list(app, triggered_from="app-run").data
    assert (run.status, run.conversation_id, run.message_id) == ("succeeded", None, None)
    assert [one.answer for one in console.apps.annotations.list(app)] == ["Good day."]


def test_what_somebody_has_done_whose_account_is_gone_stays_without_a_name(place: Place) -> None:
    world, apps, editor = place.mock.world, place.console().apps, place.member("editor").apps
    said = editor.chat.send(chat(place), query="Hello")
    editor.messages.feedback(chat(place), message_id=said.message_id, rating="like")
    editor.annotations.create(chat(place), message_id=said.message_id, answer="Good day.")
    world.accounts.remove(next(one for one in world.accounts.known.values() if one.email.startswith("editor")))
    [row] = apps.chat.conversations.list(chat(place), annotation_status="annotated")
    assert (row.from_source, row.from_account_name) == ("console", None)
    [message] = apps.messages.list(chat(place), conversation_id=said.conversation_id)
    assert message.annotation and message.annotation.account is None
    assert [(one.rating, one.from_account) for one in message.feedbacks] == [("like", None)]
    assert apps.export_feedbacks(chat(place)).read()
    assert [one.answer for one in apps.annotations.list(chat(place))] == ["Good day."]


def test_the_debugging_of_a_chatflow_is_not_in_its_log(place: Place) -> None:
    world, log = place.mock.world, place.console().apps.chat.conversations
    app = world.first_app("advanced-chat")
    made = place.service("advanced-chat").chat.send(query="Hello").conversation_id
    assert [one.id for one in log.list(app.id)] == [made]
    world.conversations[made].end_user_id = world.person(app, world.owner_id, DEBUGGER).id
    assert list(log.list(app.id)) == []


def test_what_a_program_with_an_account_said_is_the_accounts(place: Place) -> None:
    place.openapi().apps.stream(chat(place), query="Hello").result()
    [row] = place.console().apps.chat.conversations.list(chat(place))
    assert (row.from_source, row.from_account_name, row.from_end_user_id) == ("console", "Admin", None)


def test_a_log_is_for_editors_and_of_their_own_workspace(place: Place) -> None:
    made = place.service().chat.send(query="Hello").conversation_id
    client = place.member("normal").apps.chat.conversations
    for forbidden in (
        lambda: client.list(chat(place)),
        lambda: client.get(chat(place), made),
        lambda: client.delete(chat(place), made),
    ):
        with pytest.raises(PermissionDeniedError):
            forbidden()
    agent = place.mock.world.first_app("agent-chat").id
    with pytest.raises(NotFoundError, match="Conversation Not Exists"):
        place.member("editor").apps.chat.conversations.get(agent, made)
    with pytest.raises(NotFoundError, match="App not found"):
        place.console().apps.chat.conversations.list(UNKNOWN)


def test_an_app_that_does_not_chat_has_no_conversations(place: Place) -> None:
    world, log = place.mock.world, place.console().apps.chat.conversations
    for mode in ("completion", "workflow"):
        with pytest.raises(NotFoundError, match="App mode is not in the supported list"):
            log.list(world.first_app(mode).id)
        with pytest.raises(NotFoundError, match="App mode is not in the supported list"):
            log.get(world.first_app(mode).id, UNKNOWN)
        with pytest.raises(NotFoundError, match="App mode is not in the supported list"):
            log.delete(world.first_app(mode).id, UNKNOWN)
    with pytest.raises(NotFoundError, match="'advanced-chat'"):
        log.list_variables(chat(place), conversation_id=UNKNOWN)

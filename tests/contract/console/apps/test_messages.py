"""Stories of messages in the console: what users said, as those who keep the app see it."""

from __future__ import annotations

import pytest

from dify_mock.contract.place import Place
from dify_sdk.console.apps.messages import PromptMessage
from dify_sdk.errors import BadRequestError, InvalidParamError, NotFoundError, PermissionDeniedError, UnprocessableEntityError

UNKNOWN = "59f9d59a-4750-450f-8923-95571dc4f3b7"


def test_a_message_in_full(place: Place) -> None:
    app, service = place.mock.world.first_app("chat"), place.service()
    first = service.chat.send(query="Hello", inputs={"name": "Bob"})
    said = service.chat.send(query="And now?", conversation_id=first.conversation_id)
    message = place.console().apps.messages.get(app.id, said.message_id)
    assert (message.id, message.conversation_id, message.query, message.answer) == (
        said.message_id, said.conversation_id, "And now?", said.answer,
    )  # fmt: skip
    assert isinstance(message.message, list)
    assert [(one.role, one.text) for one in message.message if isinstance(one, PromptMessage)] == [
        ("system", "You are a stub.\n"),
        ("user", "Hello"),
        ("assistant", first.answer),
        ("user", "And now?"),
    ]
    usage = said.metadata.usage
    assert usage and message.metadata and message.metadata.usage
    assert (message.message_tokens, message.answer_tokens) == (usage.prompt_tokens, usage.completion_tokens)
    assert message.metadata.usage.total_price == usage.total_price
    assert (message.from_source, message.from_account_id, message.workflow_run_id) == ("api", None, None)
    assert service.end_users.get(message.from_end_user_id or "").session_id == "ann"


def test_everybodys_conversations_can_be_read(place: Place) -> None:
    app, messages = place.mock.world.first_app("chat"), place.console().apps.messages
    for client in (place.service(user="bob"), place.web(user_id="cleo")):
        said = [client.chat.send(query="number 0", conversation_id=None)]
        said += [client.chat.send(query=f"number {number}", conversation_id=said[0].conversation_id) for number in (1, 2)]
        page = messages.list(app.id, conversation_id=said[0].conversation_id, limit=2)
        assert [one.query for one in page.data] == ["number 1", "number 2"]
        assert page.has_more
        earlier = messages.list(app.id, conversation_id=said[0].conversation_id, first_id=page.data[0].id)
        assert [one.query for one in earlier.data] == ["number 0"]
        assert not earlier.has_more


def test_a_chatflows_message_names_its_run(place: Place) -> None:
    app, console = place.mock.world.first_app("advanced-chat"), place.console()
    said = place.service("advanced-chat").chat.send(query="Hello")
    [run] = console.apps.chatflows.runs.list(app.id, triggered_from="app-run").data
    [message] = console.apps.messages.list(app.id, conversation_id=said.conversation_id).data
    assert (message.workflow_run_id, message.message) == (run.id, "")
    assert message.answer == said.answer


def test_the_workspace_rates_beside_the_user(place: Place) -> None:
    app, service, messages = place.mock.world.first_app("chat"), place.service(), place.console().apps.messages
    said = service.chat.send(query="Hello")
    service.messages.feedback(said.message_id, rating="dislike", content="too short")
    assert messages.feedback(app.id, message_id=said.message_id, rating="like", content="short is good").result == "success"
    rated = {one.from_source: one for one in messages.get(app.id, said.message_id).feedbacks}
    assert (rated["user"].rating, rated["user"].content, rated["user"].from_account) == ("dislike", "too short", None)
    assert (rated["admin"].rating, rated["admin"].content, rated["admin"].from_end_user_id) == ("like", "short is good", None)
    assert rated["admin"].from_account and rated["admin"].from_account.name == "Admin"
    listed = {one.from_source: one.rating for one in service.app.feedbacks.list() if one.message_id == said.message_id}
    assert listed == {"user": "dislike", "admin": "like"}
    [own] = service.messages.list(conversation_id=said.conversation_id).data
    assert own.feedback and own.feedback.rating == "dislike"


def test_the_workspace_has_one_rating_and_takes_it_back(place: Place) -> None:
    app, messages = place.mock.world.first_app("chat"), place.console().apps.messages
    said = place.service().chat.send(query="Hello")
    messages.feedback(app.id, message_id=said.message_id, rating="like")
    place.member("normal").apps.messages.feedback(app.id, message_id=said.message_id, rating="dislike", content="no")
    assert [(one.rating, one.content) for one in messages.get(app.id, said.message_id).feedbacks] == [("dislike", "no")]
    messages.feedback(app.id, message_id=said.message_id, rating=None)
    assert messages.get(app.id, said.message_id).feedbacks == []
    with pytest.raises(BadRequestError, match="rating cannot be None"):
        messages.feedback(app.id, message_id=said.message_id, rating=None)


def test_questions_that_may_follow(place: Place) -> None:
    app, messages = place.mock.world.first_app("chat"), place.console().apps.messages
    said = place.service().chat.send(query="Hello")
    assert messages.suggested(app.id, said.message_id).data == place.service().messages.suggested(said.message_id).data
    assert app.config
    app.config["suggested_questions_after_answer"] = {"enabled": False}
    with pytest.raises(PermissionDeniedError):
        messages.suggested(app.id, said.message_id)


def test_how_an_agent_came_to_its_answer(place: Place) -> None:
    app, console = place.mock.world.first_app("agent-chat"), place.console()
    said = place.service("agent-chat").chat.stream(query="[[tool:echo]] now").result()
    log = console.apps.messages.get_agent_log(app.id, message_id=said.message_id, conversation_id=said.conversation_id)
    assert (log.meta.status, log.meta.executor, log.meta.agent_mode, log.meta.iterations) == ("success", "Unknown", "function_call", 2)
    assert log.meta.start_time == "2026-01-05T04:00:00-05:00"
    assert said.metadata.usage
    assert log.meta.total_tokens == said.metadata.usage.total_tokens == sum(one.tokens for one in log.iterations)
    [call] = log.iterations[0].tool_calls
    assert (call.tool_name, call.tool_input, call.status) == ("echo", {"text": "hello"}, "success")
    assert str(call.tool_output).startswith("echo: hello")
    assert call.tool_icon == place.service("agent-chat").app.meta().tool_icons["echo"]
    assert [one.thought for one in said.thoughts] == [one.thought for one in log.iterations]
    assert log.iterations[1].tool_calls == []


def test_an_agent_whose_strategy_nobody_has_chosen_reasons_and_acts(place: Place) -> None:
    console = place.console()
    app = console.apps.create(name="New", mode="agent-chat")
    said = console.apps.chat.stream(app.id, query="Hello").result()
    log = console.apps.messages.get_agent_log(app.id, message_id=said.message_id, conversation_id=said.conversation_id)
    assert (log.meta.agent_mode, log.meta.executor) == ("react", "Admin")


def test_a_tool_that_failed_is_in_the_log(place: Place) -> None:
    app, console = place.mock.world.first_app("agent-chat"), place.console()
    said = place.service("agent-chat").chat.stream(query="[[tool:boom]]").result()
    log = console.apps.messages.get_agent_log(app.id, message_id=said.message_id, conversation_id=said.conversation_id)
    [call] = log.iterations[0].tool_calls
    assert (call.tool_name, call.status, call.error) == ("boom", "error", "tool invoke error: boom")


def test_what_an_agent_made_is_in_its_log(place: Place) -> None:
    app, console = place.mock.world.first_app("agent-chat"), place.console()
    said = place.service("agent-chat").chat.stream(query="[[tool:make_image]] please").result()
    log = console.apps.messages.get_agent_log(app.id, message_id=said.message_id, conversation_id=said.conversation_id)
    assert [one.id for one in log.files] == log.iterations[0].files == [one.id for one in said.made_files]


def test_a_log_of_what_is_not_there(place: Place) -> None:
    app, messages = place.mock.world.first_app("agent-chat"), place.console().apps.messages
    said = place.service("agent-chat").chat.stream(query="Hello").result()
    with pytest.raises(BadRequestError, match="Conversation not found"):
        messages.get_agent_log(app.id, message_id=said.message_id, conversation_id=UNKNOWN)
    with pytest.raises(BadRequestError, match="Message not found"):
        messages.get_agent_log(app.id, message_id=UNKNOWN, conversation_id=said.conversation_id)


def test_what_is_not_there_is_not_found(place: Place) -> None:
    app, other, messages = place.mock.world.first_app("chat").id, place.mock.world.first_app("agent-chat").id, place.console().apps.messages
    said = place.service().chat.send(query="Hello")
    for call in (
        lambda: messages.get(app, UNKNOWN),
        lambda: messages.get(other, said.message_id),
        lambda: messages.feedback(other, message_id=said.message_id, rating="like"),
        lambda: messages.suggested(other, said.message_id),
        lambda: messages.list(other, conversation_id=said.conversation_id),
        lambda: messages.list(app, conversation_id=said.conversation_id, first_id=UNKNOWN),
        lambda: messages.list(UNKNOWN, conversation_id=said.conversation_id),
    ):
        with pytest.raises(NotFoundError):
            call()


@pytest.mark.profiles("dify", reason="the documents have codes of their own")
def test_an_app_of_another_mode_is_not_there(place: Place) -> None:
    messages = place.console().apps.messages
    for mode in ("completion", "workflow"):
        app = place.mock.world.first_app(mode).id
        with pytest.raises(NotFoundError, match="App mode is not in the supported list") as refused:
            messages.list(app, conversation_id=UNKNOWN)
        assert refused.value.code == "app_not_found"
        with pytest.raises(NotFoundError, match="App mode is not in the supported list"):
            messages.suggested(app, UNKNOWN)
    with pytest.raises(NotFoundError, match=r"\{'agent-chat'\}"):
        messages.get_agent_log(place.mock.world.first_app("chat").id, message_id=UNKNOWN, conversation_id=UNKNOWN)


@pytest.mark.profiles("dify", reason="the documents have one form for all arguments that do not fit")
def test_arguments_that_do_not_fit_are_named(place: Place) -> None:
    """Some operations check with a decorator, and some without: their complaints have other forms."""
    app, messages = place.mock.world.first_app("chat").id, place.console().apps.messages
    with pytest.raises(InvalidParamError) as refused:
        messages.list(app, conversation_id="mine", limit=101)
    assert sorted(refused.value.params) == ["conversation_id", "limit"]
    with pytest.raises(BadRequestError, match="message_id"):
        messages.feedback(app, message_id="mine", rating="like")
    with pytest.raises(UnprocessableEntityError):
        messages.get_agent_log(place.mock.world.first_app("agent-chat").id, message_id="mine", conversation_id="mine")


def test_whoever_only_uses_apps_reads_no_conversations(place: Place) -> None:
    app, messages = place.mock.world.first_app("chat").id, place.member("normal").apps.messages
    said = place.service().chat.send(query="Hello")
    with pytest.raises(PermissionDeniedError):
        messages.list(app, conversation_id=said.conversation_id)
    assert messages.get(app, said.message_id).query == "Hello"

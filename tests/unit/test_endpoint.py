"""Declarations: what the decorator above a signature makes of it."""

import subprocess
import sys

import pytest

from dify_sdk import ConfigurationError, EventStream, Listing
from dify_sdk._endpoint import DELETE, GET, PATCH, POST, PUT, Download, Endpoint, Paged, Resource, Streamed
from dify_sdk._files import File
from dify_sdk.service.chat import Chat
from dify_sdk.service.conversations import Conversations
from dify_sdk.service.files import Files
from dify_sdk.service.messages import Messages
from dify_sdk.service.models import Models
from dify_sdk.service.workflows import Workflows
from dify_sdk.shared.runs import ChatRun
from unit.test_logging import SOURCE
from unit.twins import Twin


def test_the_decorator_says_the_kind():
    assert [type(one) for one in (Chat.send, Conversations.list, Files.preview, Workflows.events, Chat.stream)] == [
        Endpoint,
        Paged,
        Download,
        Streamed,
        Streamed,
    ]


def test_a_declaration_knows_its_name_and_its_route():
    assert Chat.send.id == "service.chat.send"
    assert repr(Chat.send) == "<service.chat.send POST /chat-messages>"
    assert Chat.send.__doc__.startswith("Send a message")


def test_an_area_knows_which_key_it_takes_and_an_operation_may_differ():
    class Mixed(Resource, area="service.mixed", key="dataset"):
        @GET("/a")
        def usual(self) -> str: ...

        @GET("/b", key="none")
        def other(self) -> str: ...

    assert (Mixed.usual.key, Mixed.other.key) == ("dataset", "none")
    assert (Chat.send.key, Models.list.key) == ("app", "dataset")


@pytest.mark.parametrize(("verb", "repeatable"), [(GET, True), (PUT, True), (DELETE, True), (POST, False), (PATCH, False)])
def test_the_verb_tells_whether_sending_twice_does_no_harm(verb, repeatable):
    def declaration(self) -> str: ...

    def file(self) -> File: ...

    def pages(self) -> Listing[str]: ...

    made = [verb("/x")(declaration), verb.file("/x")(file), verb.pages("/x")(pages), verb.stream("/x")(declaration)]
    assert [one.route.repeatable for one in made] == [repeatable] * 4
    assert verb("/x", repeatable=not repeatable)(declaration).route.repeatable is not repeatable


def test_a_stop_may_be_sent_twice_and_a_question_that_costs_may_not():
    assert Chat.stop.route.repeatable
    assert not Messages.suggested.route.repeatable
    assert not Chat.send.route.repeatable


def test_runs_are_waited_for_longer():
    assert (Chat.send.route.usual_seconds, Workflows.events.route.usual_seconds, Chat.stop.route.usual_seconds) == (600, 600, 60)


def test_a_streaming_twin_shares_the_arguments_of_its_sibling_and_sets_the_mode():
    assert Chat.stream.plan is Chat.send.plan
    assert (Chat.send.constants, Chat.stream.constants) == ({"response_mode": "blocking"}, {"response_mode": "streaming"})
    assert Chat.stream.fold is ChatRun


def test_two_bindings_of_an_operation_are_the_same(twin):
    client = twin.client()

    assert client.chat is client.chat
    assert client.chat.send is client.chat.send
    assert client.chat.send != client.chat.stop
    assert client.with_options(user="bob").chat.send != client.chat.send


def test_an_area_says_whose_it_is():
    assert repr(Twin("sync").client().chat) == "<Chat of ServiceClient>"


def test_on_its_class_an_operation_can_be_looked_at_but_not_called():
    with pytest.raises(ConfigurationError, match=r"service\.chat\.send is called on a client, not on its class"):
        Chat.send(query="hi")


SCRIPT = """
import sys
from dify_sdk import ServiceClient
client = ServiceClient("app-x")
assert "dify_sdk.service.chat" not in sys.modules
client.chat
assert "dify_sdk.service.chat" in sys.modules
assert "dify_sdk.service.audio" not in sys.modules
"""


def test_an_area_is_imported_on_first_touch():
    subprocess.run([sys.executable, "-c", SCRIPT], env={"PYTHONPATH": SOURCE}, check=True)


def test_a_stream_call_answers_a_stream_at_once():
    assert isinstance(Twin("sync").client().chat.stream(query="hi"), EventStream)

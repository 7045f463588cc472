"""The base of every model on the wire."""

import copy
import pickle

import pytest

from dify_sdk import Listing, UnknownEvent
from dify_sdk.service.conversations import Conversation
from dify_sdk.service.messages import Message
from dify_sdk.shared.forms import PauseReason
from dify_sdk.shared.runs import ChatReply, WorkflowRun

MODELS = [
    Conversation(id="c", name="Talk", new_field={"a": [1]}),
    Listing[Conversation](data=[Conversation(id="c", name="Talk")], has_more=True),
    ChatReply(answer="hi", run=WorkflowRun(task_id="t")),
    UnknownEvent(event="new", more=1),
]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: type(model).__name__)
@pytest.mark.parametrize(
    "again", [copy.copy, copy.deepcopy, lambda model: pickle.loads(pickle.dumps(model))], ids=["copy", "deepcopy", "pickle"]
)
def test_a_model_survives_copy_and_pickle(model, again):
    assert again(model) == model


def test_fields_of_a_newer_server_are_kept():
    conversation = Conversation.model_validate({"id": "c", "name": "n", "pinned": True})

    assert conversation.pinned is True
    assert conversation.model_dump()["pinned"] is True


def test_a_field_goes_by_its_name_and_by_its_name_on_the_wire():
    assert PauseReason(type_="scheduled_pause") == PauseReason.model_validate({"TYPE": "scheduled_pause"})


def test_new_values_of_an_open_choice_are_no_error():
    assert Message.model_validate({"id": "m", "conversation_id": "c", "query": "", "answer": "", "status": "new"}).status == "new"


def test_the_raw_text_of_an_unknown_event_is_not_dumped_twice():
    event = UnknownEvent(event="new", raw='{"event":"new"}')

    assert event.model_dump() == {"event": "new"}
    assert "raw" not in repr(event)

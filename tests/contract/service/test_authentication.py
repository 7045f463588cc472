"""Stories of keys, and of the server's root, which needs none."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dify_mock.contract.place import Place
from dify_sdk import ServiceClient
from dify_sdk.errors import AuthenticationError, ConfigurationError, NotFoundError, PermissionDeniedError

UNKNOWN = "59f9d59a-4750-450f-8923-95571dc4f3b7"
NOTE = ("note.txt", b"words", "text/plain")
REPLY = {"score_threshold": 0.9, "embedding_provider_name": "a", "embedding_model_name": "b"}
CALLS: dict[str, Callable[[ServiceClient], object]] = {
    "annotations.create": lambda client: client.annotations.create(question="q", answer="a"),
    "annotations.delete": lambda client: client.annotations.delete(UNKNOWN),
    "annotations.list": lambda client: client.annotations.list(),
    "annotations.reply.configure": lambda client: client.annotations.reply.configure("enable", **REPLY),  # type: ignore[arg-type]  # mixed values
    "annotations.reply.status": lambda client: client.annotations.reply.status("enable", UNKNOWN),
    "annotations.update": lambda client: client.annotations.update(UNKNOWN, question="q", answer="a"),
    "app.feedbacks.list": lambda client: client.app.feedbacks.list(),
    "app.info": lambda client: client.app.info(),
    "app.meta": lambda client: client.app.meta(),
    "app.parameters": lambda client: client.app.parameters(),
    "app.site": lambda client: client.app.site(),
    "audio.synthesize": lambda client: client.audio.synthesize(text="Hello"),
    "audio.transcribe": lambda client: client.audio.transcribe(file=NOTE),
    "chat.send": lambda client: client.chat.send(query="Hello"),
    "chat.stop": lambda client: client.chat.stop(UNKNOWN),
    "chat.stream": lambda client: client.chat.stream(query="Hello").result(),
    "completion.send": lambda client: client.completion.send(),
    "completion.stop": lambda client: client.completion.stop(UNKNOWN),
    "completion.stream": lambda client: client.completion.stream().result(),
    "conversations.delete": lambda client: client.conversations.delete(UNKNOWN),
    "conversations.list": lambda client: client.conversations.list(),
    "conversations.rename": lambda client: client.conversations.rename(UNKNOWN, name="x"),
    "conversations.variables.list": lambda client: client.conversations.variables.list(UNKNOWN),
    "conversations.variables.update": lambda client: client.conversations.variables.update(UNKNOWN, UNKNOWN, value=1),
    "end_users.get": lambda client: client.end_users.get(UNKNOWN),
    "files.preview": lambda client: client.files.preview(UNKNOWN),
    "files.upload": lambda client: client.files.upload(file=NOTE),
    "messages.feedback": lambda client: client.messages.feedback(UNKNOWN, rating="like"),
    "messages.list": lambda client: client.messages.list(conversation_id=UNKNOWN),
    "messages.suggested": lambda client: client.messages.suggested(UNKNOWN),
}
DOCUMENTED: dict[str, Callable[[ServiceClient], object]] = {
    "files.delete": lambda client: client.files.delete(UNKNOWN),
    "files.get": lambda client: client.files.get(UNKNOWN),
    "messages.get": lambda client: client.messages.get(UNKNOWN),
}
every = pytest.mark.parametrize("operation", CALLS)


def word(place: Place, code: str) -> str:
    """The code for those who are not let in: the documents give them none."""
    return code if place.profile == "dify" else ""


@every
def test_an_unknown_key_opens_nothing(place: Place, operation: str) -> None:
    with pytest.raises(AuthenticationError) as refused:
        CALLS[operation](place.service_with("app-unknown"))
    assert (refused.value.status_code, refused.value.code) == (401, word(place, "unauthorized"))


@every
def test_nothing_is_open_while_the_api_is_switched_off(place: Place, operation: str) -> None:
    place.mock.world.first_app("chat").enable_api = False
    with pytest.raises(PermissionDeniedError) as refused:
        CALLS[operation](place.service())
    assert (refused.value.status_code, refused.value.code) == (403, word(place, "forbidden"))


@pytest.mark.profiles("documented", reason="no release has the operations")
@pytest.mark.parametrize("operation", DOCUMENTED)
def test_an_unknown_key_opens_nothing_that_only_the_documents_have(place: Place, operation: str) -> None:
    with pytest.raises(AuthenticationError, match="Access token is invalid"):
        DOCUMENTED[operation](place.service_with("app-unknown"))


def test_an_unknown_key_for_knowledge_opens_nothing(place: Place) -> None:
    with pytest.raises(AuthenticationError):
        place.service_with(None, dataset_api_key="dataset-unknown").models.list("llm")


def test_the_root_tells_what_server_this_is(place: Place) -> None:
    try:
        info = place.service_with(None).server_info()
    except NotFoundError:
        assert place.live  # a server on a stock web framework does not know its own root
        return
    assert info.api_version
    assert info.server_version


def test_an_unknown_key_is_refused(place: Place) -> None:
    with pytest.raises(AuthenticationError, match="Access token is invalid") as refused:
        place.service_with("app-unknown").app.info()
    assert refused.value.code == word(place, "unauthorized")
    assert refused.value.headers["www-authenticate"] == 'Bearer realm="api"'


def test_a_refused_key_is_no_reason_to_look_at_the_rest(place: Place) -> None:
    with pytest.raises(AuthenticationError):
        place.service_with("app-unknown").chat.send(query="")


def test_a_key_for_knowledge_does_not_open_an_app(place: Place) -> None:
    key = place.mock.credentials.dataset_key
    with pytest.raises(AuthenticationError, match="Access token is invalid"):
        place.service_with(key.replace("dataset-", "app-")).app.info()
    with pytest.raises(ConfigurationError, match="app-"):
        place.service_with(key).app.info()


def test_a_key_of_an_app_does_not_open_knowledge(place: Place) -> None:
    key = place.mock.credentials.app_keys["chat"]
    with pytest.raises(AuthenticationError, match="Access token is invalid"):
        place.service_with(None, dataset_api_key=key.replace("app-", "dataset-")).models.list("llm")


def test_without_a_key_nothing_is_sent(place: Place) -> None:
    with pytest.raises(ConfigurationError, match="api_key"):
        place.service_with(None).app.info()


def test_an_app_whose_api_is_switched_off_is_forbidden(place: Place) -> None:
    place.mock.world.first_app("chat").enable_api = False
    with pytest.raises(PermissionDeniedError, match="API service has been disabled"):
        place.service().chat.send(query="Hello")


def test_the_key_of_a_deleted_app_opens_nothing(place: Place) -> None:
    world = place.mock.world
    del world.apps[world.first_app("chat").id]
    with pytest.raises(PermissionDeniedError if place.profile == "dify" else NotFoundError, match="no longer exists"):
        place.service().app.info()


def test_a_refused_stream_raises_before_its_first_event(place: Place) -> None:
    with pytest.raises(AuthenticationError), place.service_with("app-unknown").chat.stream(query="Hello"):
        pass

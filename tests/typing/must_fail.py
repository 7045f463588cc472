"""Every line marked BAD is an error to both checkers, and no other line is."""

from __future__ import annotations

from collections.abc import Iterator

from dify_mock.registry import handles
from dify_mock.visit import Visit
from dify_sdk import AsyncServiceClient, ConsoleClient, Listing, ServiceClient
from dify_sdk.service.chat import Chat
from dify_sdk.service.conversations import Conversation, Conversations
from dify_sdk.service.files import Files
from dify_sdk.service.messages import Messages
from dify_sdk.shared.events import MessageEvent
from dify_sdk.shared.results import Result


def blocking(client: ServiceClient) -> None:
    client.chat.send(question="hi")  # BAD no such argument
    client.chat.send()  # BAD an argument is missing
    client.chat.send("hi")  # BAD by name only
    client.chat.send(query="hi", stream=True)  # BAD the method says it
    client.chat.stream(qery="hi")  # BAD no such argument of the streaming twin
    client.conversations.list(sort_by="name")  # BAD not among the values
    client.conversations.delete()  # BAD the path is incomplete
    client.messages.feedback("m", rating="great")  # BAD not among the values
    client.files.upload(file=3)  # BAD no file
    client.files.upload_and_reference(type="image")  # BAD an argument of a flow is missing
    client.workflows.events(continue_on_pause=True)  # BAD which run
    repr(client.conversations.list(user="u").data[0].title)  # BAD no such field
    repr(client.with_raw_response.chat.send(query="hi").answer)  # BAD not parsed
    repr(client.chat.stream(query="x").result().text)  # BAD no such field
    client.chat.send(query="hi", files=[{"type": "pdf"}])  # BAD not among the values of the nested input
    client.datasets.documents.create_by_text("d", name="n", text="t", doc_form="poem")  # BAD not among the values
    client.datasets.documents.create_by_text("d", name="n", text="t", process_rule={"rules": None})  # BAD a nested input without its mode
    client.datasets.retrieve("d", query="q", retrieval_model={"search_method": "semantic_search"})  # BAD a nested input that is not whole
    client.datasets.ingest("d", "folder", on_error="shout")  # BAD not among the values
    repr(client.datasets.retrieve("d", query="q").hits)  # BAD no such field
    client.with_options(user=3)  # BAD no user
    repr(client.datasheets)  # BAD no such area


def at_the_console(client: ConsoleClient) -> None:
    client.apps.create(name="x", mode="magic")  # BAD not among the values
    client.apps.deploy()  # BAD nothing to deploy
    client.members.invite(emails=["a@example.com"], role="king")  # BAD not among the values
    client.tags.list()  # BAD of which kind
    client.login("ann@example.com", "secret")  # BAD by name only
    repr(client.apps.get("a").title)  # BAD no such field
    client.session = None  # BAD it is the server's to give


async def awaiting(client: AsyncServiceClient) -> None:
    repr(client.chat.send(query="hi").answer)  # BAD not awaited
    client.chat.send(query="hi")  # BAD never awaited
    repr(client.conversations.list(user="u").data)  # BAD not awaited
    for _ in client.conversations.list(user="u"):  # BAD without async
        pass
    with client.chat.stream(query="x"):  # BAD without async
        pass
    for _ in client.chat.stream(query="x"):  # BAD without async
        pass
    repr(client.chat.stream(query="x").result().answer)  # BAD not awaited
    repr(client.files.preview("f").read())  # BAD not awaited
    repr(client.datasets.documents.wait_until_indexed("d", "b").failed)  # BAD a flow is not awaited
    await client.chat.send(user=1, query="x")  # BAD no user
    await client.chat.stream(query="x")  # BAD there is nothing to await


@handles(Chat.stop)  # BAD another name
def stop(visit: Visit, id: str, *, user: str | None = None) -> Result:
    raise NotImplementedError


@handles(Chat.stop)  # BAD another result
def stopped(visit: Visit, task_id: str, *, user: str | None = None) -> str:
    raise NotImplementedError


@handles(Conversations.list)  # BAD other items
def conversations(
    visit: Visit, *, user: str | None = None, last_id: str | None = None, limit: int = 20, sort_by: str | None = None
) -> Listing[int]:
    raise NotImplementedError


@handles(Conversations.list)  # BAD an argument is missing
def conversations_of_all(visit: Visit, *, last_id: str | None = None, limit: int = 20) -> Listing[Conversation]:
    raise NotImplementedError


@handles(Chat.stream)  # BAD arguments are missing
def stream(visit: Visit, *, query: str) -> Iterator[MessageEvent]:
    raise NotImplementedError


@handles(Files.preview)  # BAD another result
def preview(visit: Visit, file_id: str, *, as_attachment: bool | None = None, user: str | None = None) -> bytes:
    raise NotImplementedError


@handles(Messages.feedback)  # BAD without what says that nothing was given
def feedback(visit: Visit, message_id: str, *, rating: str = "like", content: str | None = None, user: str | None = None) -> Result:
    raise NotImplementedError

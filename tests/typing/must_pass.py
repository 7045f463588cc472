"""Every kind of operation on both twins and behind `with_raw_response`: both checkers accept all of it."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any, assert_type

import httpx

from dify_mock import MockServer
from dify_mock.registry import handles
from dify_mock.visit import Visit
from dify_sdk import (
    OMIT,
    AsyncBinary,
    AsyncConsoleClient,
    AsyncEventStream,
    AsyncPage,
    AsyncPages,
    AsyncServiceClient,
    Binary,
    ConsoleClient,
    EventStream,
    File,
    Listing,
    Page,
    Pause,
    RawResponse,
    ServiceClient,
    Timeout,
    UnknownEvent,
)
from dify_sdk.console.account import Profile
from dify_sdk.console.app_details import AppDetail, AppDetailWithSite, AppSummary
from dify_sdk.console.apps.conversations import ChatLog
from dify_sdk.console.apps.dsl import Deployment
from dify_sdk.console.session import Session
from dify_sdk.errors import APIStatusError, RateLimitError, StreamError
from dify_sdk.service.chat import Chat
from dify_sdk.service.conversations import Conversation, Conversations
from dify_sdk.service.files import Files, UploadedFile
from dify_sdk.service.messages import Messages, Rating
from dify_sdk.shared.events import ChatEvent, MessageEvent, RunEvent, WorkflowEvent
from dify_sdk.shared.files import FileParam
from dify_sdk.shared.results import Result
from dify_sdk.shared.runs import ChatReply, CompletionReply, WorkflowRun


def retrying_once(request: httpx.Request) -> Generator[httpx.Request | Pause, Any, httpx.Response]:
    response: httpx.Response = yield request
    if response.status_code == 503:
        yield Pause(1)
        response = yield request
    return response


def plain(request: httpx.Request) -> Generator[httpx.Request, httpx.Response, httpx.Response]:
    return (yield request)


def blocking() -> None:
    client = ServiceClient("app-x", user="u", timeout=Timeout(read=5, event=60), middleware=[retrying_once, plain])
    with client as same:
        assert_type(same, ServiceClient)
    assert_type(client.with_options(user="v", max_retries=0), ServiceClient)

    assert_type(client.chat.send(query="hi"), ChatReply)
    assert_type(client.chat.send(query="hi", inputs={"a": 1}, conversation_id="c").answer, str)
    assert_type(client.completion.send(inputs={"a": 1}), CompletionReply)
    assert_type(client.workflows.run(inputs={"a": 1}).raise_for_status(), WorkflowRun)
    assert_type(client.chat.stop("t", user="u"), Result)
    assert_type(client.messages.feedback("m", rating=None), Result)
    assert_type(client.messages.feedback("m", rating="like", content=OMIT), Result)

    with client.chat.stream(query="hi") as stream:
        assert_type(stream, EventStream[ChatEvent, ChatReply])
        for event in stream:
            assert_type(event, ChatEvent)
            if isinstance(event, MessageEvent):
                assert_type(event.answer, str)
            elif isinstance(event, UnknownEvent):
                assert_type(event.raw, str)
        for text in stream.text_deltas():
            assert_type(text, str)
        assert_type(stream.result(), ChatReply)
        assert_type(stream.partial, ChatReply)
        assert_type(stream.task_id, str | None)
    assert_type(client.workflows.stream(inputs={"a": 1}), EventStream[WorkflowEvent, WorkflowRun])
    assert_type(client.workflows.stream_run_by_id("w").result(), WorkflowRun)
    for step in client.workflows.events("r", continue_on_pause=True):
        assert_type(step, RunEvent)

    page = client.conversations.list(sort_by="created_at")
    assert_type(page, Page[Conversation])
    assert_type(page.data, list[Conversation])
    assert_type(page.has_more, bool)
    for conversation in client.conversations.list(user="u"):
        assert_type(conversation, Conversation)
    for one in page.pages():
        assert_type(one, Page[Conversation])

    assert_type(client.files.upload(file=Path("a.txt")), UploadedFile)
    assert_type(client.files.upload(file=("a.txt", b"x", "text/plain")), UploadedFile)
    assert_type(client.files.upload(file=File(b"x", "a.txt")), UploadedFile)
    reference = client.files.upload_and_reference(file=b"x", type="image")
    assert_type(reference, FileParam)
    assert_type(client.chat.send(query="hi", files=[reference]), ChatReply)
    assert_type(client.chat.send(query="hi", files=[{"type": "image", "transfer_method": "remote_url", "url": "u"}]), ChatReply)
    binary = client.files.preview("f", as_attachment=True)
    assert_type(binary, Binary)
    assert_type(binary.read(), bytes)
    assert_type(binary.save("x"), Path)

    raw = client.with_raw_response
    assert_type(raw.chat.send(query="hi"), RawResponse[ChatReply])
    assert_type(raw.chat.send(query="hi").parse(), ChatReply)
    assert_type(raw.chat.send(query="hi").status_code, int)
    assert_type(raw.conversations.list(), RawResponse[Page[Conversation]])
    assert_type(raw.files.preview("f"), RawResponse[Binary])
    assert_type(raw.chat.stream(query="hi"), RawResponse[EventStream[ChatEvent, ChatReply]])


async def awaiting() -> None:
    client = AsyncServiceClient("app-x", user="u", middleware=[retrying_once])
    async with client as same:
        assert_type(same, AsyncServiceClient)

    assert_type(await client.chat.send(query="hi"), ChatReply)
    assert_type(await client.chat.stop("t", user="u"), Result)

    async with client.chat.stream(query="hi") as stream:
        assert_type(stream, AsyncEventStream[ChatEvent, ChatReply])
        async for event in stream:
            assert_type(event, ChatEvent)
        async for text in stream.text_deltas():
            assert_type(text, str)
        await stream.stop()
    assert_type(await client.chat.stream(query="hi").result(), ChatReply)
    assert_type(await client.workflows.events("r").result(), WorkflowRun)

    pages = client.conversations.list(user="u")
    assert_type(pages, AsyncPages[Conversation])
    page = await pages
    assert_type(page, AsyncPage[Conversation])
    assert_type(page.data, list[Conversation])
    async for conversation in page:
        assert_type(conversation, Conversation)
    async for conversation in client.conversations.list(user="u"):
        assert_type(conversation, Conversation)
    async for one in page.pages():
        assert_type(one, AsyncPage[Conversation])

    assert_type(await client.files.upload(file=b"x"), UploadedFile)
    assert_type(await client.files.upload_and_reference(file=b"x"), FileParam)
    binary = await client.files.preview("f")
    assert_type(binary, AsyncBinary)
    assert_type(await binary.read(), bytes)
    async for chunk in binary.iter_bytes():
        assert_type(chunk, bytes)

    raw = client.with_raw_response
    assert_type(await raw.chat.send(query="hi"), RawResponse[ChatReply])
    assert_type(await raw.conversations.list(), RawResponse[AsyncPage[Conversation]])
    assert_type(await raw.files.preview("f"), RawResponse[AsyncBinary])
    assert_type(await raw.chat.stream(query="hi"), RawResponse[AsyncEventStream[ChatEvent, ChatReply]])


def failing(client: ServiceClient) -> None:
    try:
        client.chat.send(query="hi")
    except RateLimitError as error:
        assert_type(error.retry_after, float | None)
    except APIStatusError as error:
        assert_type(error.status_code, int)
        assert_type(error.params, dict[str, str])
        if isinstance(error, StreamError):
            assert_type(error.task_id, str | None)


def at_the_console(client: ConsoleClient, app_id: str) -> None:
    assert_type(client.session, Session | None)
    assert_type(client.apps.list(mode="chat"), Page[AppSummary])
    assert_type(client.apps.get(app_id), AppDetailWithSite)
    assert_type(client.apps.deploy("kind: app", publish=False), Deployment)
    assert_type(client.apps.chat.send(app_id, query="hi"), ChatReply)
    assert_type(client.apps.chat.stream(app_id, query="hi"), EventStream[ChatEvent, ChatReply])
    assert_type(client.apps.chat.conversations.list(app_id), Page[ChatLog])
    assert_type(client.with_raw_response.account.get(), RawResponse[Profile])
    assert_type(client.sign_out(), None)


async def at_the_console_awaited(client: AsyncConsoleClient, app_id: str) -> None:
    assert_type(client.apps.list(), AsyncPages[AppSummary])
    assert_type(await client.apps.deploy("kind: app"), Deployment)
    assert_type(await client.apps.rename(app_id, name="New"), AppDetail)
    await client.sign_in(email="ann@example.com", password="secret-1")


def mocking() -> None:
    with MockServer(profile="dify", seed="demo") as mock:
        assert_type(mock.url, str)
        assert_type(mock.credentials.app_keys, dict[str, str])
        ServiceClient("app-x", http_client=httpx.Client(transport=mock.transport))
        AsyncServiceClient("app-x", http_client=httpx.AsyncClient(transport=mock.async_transport))


@handles(Chat.stop)
def stop(visit: Visit, task_id: str, *, user: str | None = None) -> Result:
    return Result(result="success")


@handles(Conversations.list)
def conversations(
    visit: Visit, *, user: str | None = None, last_id: str | None = None, limit: int = 20, sort_by: str | None = None
) -> Listing[Conversation]:
    return Listing[Conversation](data=[])


@handles(Conversations.delete)
def delete(visit: Visit, conversation_id: str, *, user: str | None = None) -> None: ...


@handles(Files.preview)
def preview(visit: Visit, file_id: str, *, as_attachment: bool | None = None, user: str | None = None) -> File:
    return File(b"x")


@handles(Messages.feedback)
def feedback(
    visit: Visit, message_id: str, *, rating: Rating | object | None = OMIT, content: object = OMIT, user: str | None = None
) -> Result:
    return Result(result="success")


@handles(Chat.stream)
def stream(visit: Visit, *, query: str, **rest: object) -> Iterator[ChatEvent | Pause]:
    yield Pause(1)

"""Handlers: apps that are tried. What runs counts as a try."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dify_sdk._files import File
from dify_sdk._params import Upload
from dify_sdk._steps import Pause
from dify_sdk.console.trial_apps.audio import Audio, Transcript
from dify_sdk.console.trial_apps.chat import Chat
from dify_sdk.console.trial_apps.completion import Completion
from dify_sdk.console.trial_apps.messages import Messages, SuggestedQuestions
from dify_sdk.console.trial_apps.workflows import Workflows
from dify_sdk.shared.events import ChatEvent, CompletionEvent, WorkflowEvent
from dify_sdk.shared.files import FileParam
from dify_sdk.shared.results import Result
from dify_sdk.shared.runs import CompletionReply

from ...apps import messages, using, workflows
from ...apps.speaking import NO_AUDIO, Listens, speech, transcript
from ...registry import INSTALLED_CHATS, INSTALLED_COMPLETIONS, INSTALLED_WORKFLOWS, handles
from ...visit import Visit


@handles(Chat.stream, modes=INSTALLED_CHATS, payload="ChatRequest", decorated=True)
def stream_chat(
    visit: Visit,
    app_id: str,
    *,
    query: str,
    inputs: Mapping[str, Any] = {},  # as declared
    conversation_id: str | None = None,
    files: Sequence[FileParam] | None = None,
    parent_message_id: str | None = None,
    retriever_from: str | None = None,
) -> Iterator[ChatEvent | Pause]:
    told = using.chat_events(visit, using.question(query, inputs, conversation_id, files, parent_message_id))
    _tried(visit)
    return told


@handles(Completion.send, modes=INSTALLED_COMPLETIONS, generates=True, payload="CompletionRequest", decorated=True)
def complete(
    visit: Visit,
    app_id: str,
    *,
    inputs: Mapping[str, Any] = {},  # as declared
    query: str | None = None,
    files: Sequence[FileParam] | None = None,
    retriever_from: str | None = None,
) -> CompletionReply:
    told = using.completion(visit, query, inputs, files)
    _tried(visit)
    return told


@handles(Completion.stream, modes=INSTALLED_COMPLETIONS, payload="CompletionRequest", decorated=True)
def stream_completion(
    visit: Visit,
    app_id: str,
    *,
    inputs: Mapping[str, Any] = {},  # as declared
    query: str | None = None,
    files: Sequence[FileParam] | None = None,
    retriever_from: str | None = None,
) -> Iterator[CompletionEvent | Pause]:
    told = using.completion_events(visit, query, inputs, files)
    _tried(visit)
    return told


@handles(Workflows.stream, modes=INSTALLED_WORKFLOWS, payload="WorkflowRunRequest", decorated=True)
def stream_workflow(
    visit: Visit,
    app_id: str,
    *,
    inputs: Mapping[str, Any] = {},  # as declared
    files: Sequence[FileParam] | None = None,
) -> Iterator[WorkflowEvent | Pause]:
    told = using.workflow_events(visit, inputs, files)
    _tried(visit)
    return told


@handles(Workflows.stop, modes=INSTALLED_WORKFLOWS)
def stop_workflow(visit: Visit, app_id: str, task_id: str) -> Result:
    workflows.stop(visit, task_id)
    return Result(result="success")


@handles(Audio.transcribe, modes=Listens(), no_file=NO_AUDIO)
def transcribe(visit: Visit, app_id: str, *, file: Upload) -> Transcript:
    told = transcript(visit, file)
    _tried(visit)
    return told


@handles(Audio.synthesize, payload="TextToSpeechRequest", decorated=True)
def synthesize(
    visit: Visit,
    app_id: str,
    *,
    text: str | None = None,
    message_id: str | None = None,
    voice: str | None = None,
    streaming: bool | None = None,
) -> File:
    told = speech(visit, text, message_id, voice)
    _tried(visit)
    return told


@handles(Messages.suggested, modes=INSTALLED_CHATS)
def suggested(visit: Visit, app_id: str, message_id: str) -> SuggestedQuestions:
    visit.message(message_id)
    return messages.suggested(visit, messages.none_suggested())


def _tried(visit: Visit) -> None:
    visit.world.recommendations.tried[visit.account.id, visit.app.id] += 1

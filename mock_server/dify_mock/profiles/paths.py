"""The paths that the founding documents print, and the operation behind each. Most are the platform's own."""

from __future__ import annotations

from typing import Final

from dify_sdk._plan import PLACEHOLDER

SERVICE: Final = {
    ("GET", "/v1/parameters"): "service.app.parameters",
    ("GET", "/v1/meta"): "service.app.meta",
    ("POST", "/v1/workflows/run"): "service.workflows.run",
    ("GET", "/v1/workflows/run/{run_id}"): "service.workflows.runs.get",
    ("POST", "/v1/workflows/{workflow_id}/run"): "service.workflows.run_by_id",
    ("POST", "/v1/workflows/tasks/{task_id}/stop"): "service.workflows.stop",
    ("GET", "/v1/workflows/logs"): "service.workflows.logs.list",
    ("POST", "/v1/chat-messages"): "service.chat.send",
    ("POST", "/v1/chat-messages/{message_id}/stop"): "service.chat.stop",
    ("GET", "/v1/messages"): "service.messages.list",
    ("GET", "/v1/messages/{message_id}"): "service.messages.get",
    ("GET", "/v1/conversations"): "service.conversations.list",
    ("POST", "/v1/completion-messages"): "service.completion.send",
    ("POST", "/v1/completion-messages/{message_id}/stop"): "service.completion.stop",
    ("GET", "/v1/datasets"): "service.datasets.list",
    ("GET", "/v1/datasets/{dataset_id}/documents"): "service.datasets.documents.list",
    ("POST", "/v1/datasets/{dataset_id}/documents"): "service.datasets.documents.create_by_text",
    ("POST", "/v1/datasets/{dataset_id}/hit-testing"): "service.datasets.retrieve",
    ("POST", "/v1/files/upload"): "service.files.upload",
    ("GET", "/v1/files/{file_id}"): "service.files.get",
    ("DELETE", "/v1/files/{file_id}"): "service.files.delete",
    ("POST", "/v1/audio-to-text"): "service.audio.transcribe",
    ("POST", "/v1/text-to-audio"): "service.audio.synthesize",
}


def laid(printed: str, declared: str) -> str:
    """A printed path with the placeholders of the operation's own, which may have other names."""
    own = [found[0] for found in PLACEHOLDER.finditer(declared)]
    if len(own) != len(PLACEHOLDER.findall(printed)):
        raise ValueError(f"{printed} does not tell what {declared} needs")
    return PLACEHOLDER.sub(lambda _: own.pop(0), printed)

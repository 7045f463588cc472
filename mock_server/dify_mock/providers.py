"""The model providers of the workspace: one, with a model or more of every type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from .llm import PROVIDER
from .refusals import Refusal

if TYPE_CHECKING:
    from .world import World

NOT_READY: Final = (
    "No valid model provider credentials found. Please go to Settings -> Model Provider to complete your provider credentials."
)
LABEL: Final = {"zh_Hans": "Stub AI", "en_US": "Stub AI"}
VOICES: Final[list[dict[str, Any]]] = [
    {"language": ["en-US", "zh-Hans"], "mode": "alloy", "name": "Alloy"},
    {"language": ["en-US"], "mode": "nova", "name": "Nova"},
]
_SPOKEN: Final = "flac,mp3,mp4,mpeg,mpga,m4a,ogg,wav,webm"
_TOOL_CALLS: Final = ["tool-call", "multi-tool-call", "stream-tool-call"]


def _model(name: str, kind: str, properties: dict[str, Any], features: list[str] | None = None) -> dict[str, Any]:
    return {
        "model": name,
        "label": {"zh_Hans": name, "en_US": name},
        "model_type": kind,
        "features": features or [],
        "fetch_from": "predefined-model",
        "model_properties": properties,
        "deprecated": False,
        "status": "active",
        "load_balancing_enabled": False,
        "has_invalid_load_balancing_configs": False,
    }


MODELS: Final[dict[str, list[dict[str, Any]]]] = {
    "llm": [
        _model("stub-chat", "llm", {"context_size": 8192, "mode": "chat"}, [*_TOOL_CALLS[:2], "agent-thought", *_TOOL_CALLS[2:]]),
        _model("stub-vision", "llm", {"context_size": 8192, "mode": "chat"}, [*_TOOL_CALLS, "vision", "document"]),
        _model("stub-completion", "llm", {"context_size": 4096, "mode": "completion"}),
    ],
    "text-embedding": [_model("stub-embed", "text-embedding", {"context_size": 8192, "max_chunks": 32})],
    "rerank": [_model("stub-rerank", "rerank", {"context_size": 8192})],
    "tts": [
        _model(
            "stub-tts",
            "tts",
            {"audio_type": "mp3", "default_voice": "alloy", "max_workers": 1, "voices": VOICES, "word_limit": 3500},
        )
    ],
    "speech2text": [_model("stub-asr", "speech2text", {"file_upload_limit": 25, "supported_file_extensions": _SPOKEN})],
    "moderation": [_model("stub-moderation", "moderation", {"max_characters_per_chunk": 2000, "max_chunks": 32})],
}


def check_ready(world: World) -> None:
    """Refuse where the provider has no credentials."""
    if not world.provider_is_ready:
        raise Refusal(400, "provider_not_initialize", NOT_READY)


def missing(provider: str, kind: str, model: str) -> str:
    """What is said of a model that the workspace does not have; nothing where it has it."""
    if provider != PROVIDER:
        return f"Provider {provider} does not exist."
    return "" if any(one["model"] == model for one in MODELS[kind]) else f"Model {model} not exist."


def unusable(world: World, kind: str, provider: str | None, model: str | None) -> str:
    """Why a model cannot be asked; nothing where it can."""
    return missing(provider or "", kind, model or "") if world.provider_is_ready else NOT_READY


def default(kind: str) -> str:
    """The workspace's own choice of a model."""
    return str(MODELS[kind][0]["model"])


def icon(base_url: str, workspace_id: str) -> dict[str, str]:
    """Where the provider's icon is, by language."""
    root = f"{base_url}/console/api/workspaces/{workspace_id}/model-providers/{PROVIDER}/icon_small"
    return {"zh_Hans": f"{root}/zh_Hans", "en_US": f"{root}/en_US"}

"""Inner: what else plugins ask for and are answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, Required

from typing_extensions import TypedDict

from .._frames import Frames
from .._models import Model, UnknownEvent
from ..shared.events import ChatEvent
from ..shared.runs import AppRunning
from .answers import unwrapped_frame


class InvokedApp(AppRunning):
    """From the events of an app, in binary frames, to what its mode comes to."""

    decoder = Frames

    def opened(self, payload: bytes) -> bytes:
        return unwrapped_frame(payload)

    def feed(self, event: ChatEvent) -> str:
        return "" if isinstance(event, UnknownEvent) and not event.event else super().feed(event)  # a ping


class ParameterParam(TypedDict, total=False):
    """A parameter that a model is to find in a text."""

    name: Required[str]
    type: Required[str]
    options: Sequence[str] | None
    description: Required[str]
    required: Required[bool]


class ClassParam(TypedDict, total=False):
    """A class that a question may belong to."""

    id: Required[str]
    name: Required[str]
    label: str


class ProviderSettingParam(TypedDict):
    """A setting of a provider; those of the type `secret-input` are encrypted."""

    type: Literal["secret-input", "text-input", "select", "boolean", "app-selector", "model-selector", "array[tools]"]
    name: str


class Values(Model):
    """Values by name."""

    data: dict[str, Any]


class TextResult(Model):
    """A text."""

    result: str


class Flagged(Model):
    """Whether a moderation finds fault with a text."""

    result: bool


class Summary(Model):
    """A shorter text."""

    summary: str


class NodeResult(Model):
    """What a node of a workflow took in, gave and did on the way."""

    inputs: dict[str, Any] = {}
    outputs: dict[str, Any] = {}
    process_data: dict[str, Any] = {}


class RerankedDocument(Model):
    """A text, its place in what was given and how well it fits."""

    index: int
    text: str
    score: float


class RerankResult(Model):
    """Texts in order."""

    model: str
    docs: list[RerankedDocument] = []


class EmbeddingUsage(Model):
    """The tokens and the price of embeddings. Money is a decimal text, in `currency`."""

    tokens: int = 0
    total_tokens: int = 0
    unit_price: str = "0"
    price_unit: str = "0"
    total_price: str = "0"
    currency: str = "USD"
    latency: float = 0.0


class EmbeddingResult(Model):
    """A vector for each text."""

    model: str
    embeddings: list[list[float]]
    usage: EmbeddingUsage | None = None

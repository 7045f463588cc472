"""The dress of a reply: what stands around what a handler says, in one tier of one profile."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar, TypeAlias, cast

from dify_sdk._models import Model
from dify_sdk._plan import Parts
from dify_sdk._steps import Pause

from ..exchange import Reply, Request
from ..paging import Slice
from ..refusals import Refusal
from ..world import World

Schema: TypeAlias = dict[str, Any]


class Dress(ABC):
    """Envelopes and headers. Each request has a dress of its own."""

    refusal_schema: ClassVar[Schema]

    def __init__(self, request: Request, world: World) -> None:
        self.request, self.world = request, world

    def asked(self) -> dict[str, Any]:
        """What the request says in its JSON, or in its query."""
        if self.request.method == "GET":
            return dict(self.request.pairs)
        try:
            told = json.loads(self.request.body) if self.request.is_json else None
        except ValueError:
            return {}
        return cast("dict[str, Any]", told) if isinstance(told, dict) else {}

    def parts(self, *, json_expected: bool, silently: bool) -> Parts:
        """The request as the plan of a declaration reads it."""
        return self.request.parts(json_expected=json_expected, silently=silently)

    def wants_stream(self) -> bool:
        """Whether the answer is to come as it is made, where it can."""
        return self.asked().get("response_mode") == "streaming"

    @abstractmethod
    def value(self, status: int, told: Any, *, generated: bool) -> Reply:
        """A value; `generated` by a model or a workflow."""

    @abstractmethod
    def page(self, status: int, told: dict[str, Any], cut: Slice[Any]) -> Reply:
        """A page of a list; `cut` tells where in the list it lies."""

    @abstractmethod
    def stream(self, events: Iterator[Model | bytes | Pause], headers: Mapping[str, str]) -> Reply:
        """Events as they happen; bytes are frames already."""

    @abstractmethod
    def refusal(self, refusal: Refusal) -> Reply:
        """A no."""

    @abstractmethod
    def nowhere(self) -> Reply:
        """There is no such path."""

    @abstractmethod
    def preflight(self, verbs: Sequence[str]) -> Reply:
        """What may be asked of a path that has these verbs."""

    @abstractmethod
    def headers(self, *, routed: bool) -> Mapping[str, str]:
        """The headers that every reply has; `routed` tells whether there is such a route."""

    @classmethod
    @abstractmethod
    def schema(cls, told: Schema, *, paged: bool) -> Schema:
        """The schema of a reply, from that of its value or page."""


def as_json(status: int, body: Any, headers: Mapping[str, str] | None = None) -> Reply:
    """A body as the server's framework writes it."""
    asked = {"www-authenticate": 'Bearer realm="api"'} if status == 401 else {}
    return Reply(status, {"content-type": "application/json", **(headers or {}), **asked}, json.dumps(body).encode() + b"\n")

"""Inner: what the answers to plugins are wrapped in, at once or frame by frame."""

from __future__ import annotations

import json
from abc import ABC
from typing import Annotated, Any, ClassVar, Generic, TypeVar, cast

from pydantic import ValidatorFunctionWrapHandler, WrapValidator

from .._folds import Fold, Framing
from .._frames import Frames
from .._models import Failing
from .._refusals import decoded, error_from
from ..errors import APIError

T = TypeVar("T")
E = TypeVar("E")
R = TypeVar("R")


def _unless_null(value: Any, validate: ValidatorFunctionWrapHandler) -> Any:
    return None if value is None else validate(value)  # null stands beside an error, which is raised


class Answer(Failing, Generic[T]):
    """An answer to a plugin: what was asked for is in `data`. An error in its place is raised."""

    data: Annotated[T, WrapValidator(_unless_null)]
    error: str = ""

    @property
    def failure(self) -> APIError | None:
        return error_from(500, json.dumps({"error": self.error}).encode(), {}) if self.error else None


class Framed(Fold[E, R], ABC, Generic[E, R]):
    """Reads an answer to a plugin that comes in binary frames, each an answer by itself, up to the end of the body."""

    decoder: ClassVar[type[Framing]] = Frames
    open_ended = True

    def opened(self, payload: bytes) -> bytes:
        return unwrapped_frame(payload)


def unwrapped_frame(payload: bytes) -> bytes:
    """What a frame holds; where that is an error, the frame as it is."""
    told = fields_of(payload)
    return json.dumps(told["data"]).encode() if "data" in told and not told.get("error") else payload


def fields_of(text: bytes) -> dict[str, Any]:
    """The fields of a JSON object; none where it is something else."""
    told = decoded(text)
    return cast("dict[str, Any]", told) if isinstance(told, dict) else {}

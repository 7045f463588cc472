"""The base of every model on the wire."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

if TYPE_CHECKING:
    from .errors import APIError

T = TypeVar("T")


class Model(BaseModel):
    """Keeps unknown fields, builds its validator on first use."""

    model_config = ConfigDict(extra="allow", defer_build=True, populate_by_name=True, protected_namespaces=())


class Failing(Model, ABC):
    """An answer that may be an error though its status is good."""

    @property
    @abstractmethod
    def failure(self) -> APIError | None:
        """The error to raise in its place."""


class UnknownEvent(Model):
    """A record of a stream that this version cannot read as an event of its own.

    Its fields are kept as extras; `raw` is the record as it came.
    """

    event: str = ""
    raw: str = Field(default="", exclude=True, repr=False)


class Listing(Model, Generic[T]):
    """A list as the server sends it. Declared as the return type it makes the operation a paged one."""

    data: list[T]
    has_more: bool | None = None
    limit: int | None = None
    page: int | None = None
    total: int | None = None

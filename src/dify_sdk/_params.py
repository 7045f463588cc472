"""What an argument's annotation may say beyond its type."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal, TypeAlias

from ._files import Uploadable

Place: TypeAlias = Literal["path", "query", "header", "json", "form", "file", "whole"]


class Omit(enum.Enum):
    """The type of `OMIT`: an argument that was not given, where `None` is a value of its own."""

    OMIT = "omit"

    def __repr__(self) -> str:
        return self.name


OMIT: Final = Omit.OMIT


@dataclass(frozen=True)
class In:
    """Puts the argument in another place than the verb's usual one, or under another name.

    In the place `whole` the name is that of a part of the request, which the argument is all of: `query`, `headers`, or
    as the body `json`, `form` and `files`, or `content`.
    """

    place: Place | None = None
    name: str | None = None


@dataclass(frozen=True)
class FromClient:
    """Taken from the client's options when the call does not give it."""

    option: str
    required: bool = False


@dataclass(frozen=True)
class Within:
    """The numbers, or the lengths of a text, that the server takes.

    Nothing is refused before it is sent: a walk over pages keeps its later pages within, and the mock refuses the rest.
    Where `capped`, the server takes more than `most` and gives no more than that.
    """

    least: int | None = None
    most: int | None = None
    capped: bool = False


@dataclass(frozen=True)
class Uuid:
    """The server takes only a UUID here (or, where `empty`, nothing at all)."""

    empty: bool = False


@dataclass(frozen=True)
class Bearer:
    """A token that travels in a header behind the word `Bearer`."""


@dataclass(frozen=True)
class Always:
    """The default is sent too: the server requires the field, the caller need not."""


User: TypeAlias = Annotated[str | None, FromClient("user")]
RequiredUser: TypeAlias = Annotated[str | None, FromClient("user", required=True)]
Inputs: TypeAlias = Annotated[Mapping[str, Any], Always()]
Upload: TypeAlias = Annotated[Uploadable, In("file")]
PageNumber: TypeAlias = Annotated[int, Within(least=1)]
AnyQuery: TypeAlias = Annotated[Mapping[str, Any], In("whole", "query")]
AnyHeaders: TypeAlias = Annotated[Mapping[str, str], In("whole", "headers")]
AnyJSON: TypeAlias = Annotated[Any, In("whole", "json")]
AnyForm: TypeAlias = Annotated[Mapping[str, Any], In("whole", "form")]
AnyFiles: TypeAlias = Annotated[Mapping[str, Uploadable], In("whole", "files")]
AnyContent: TypeAlias = Annotated[bytes | str, In("whole", "content")]
UpTo100: TypeAlias = Annotated[int, Within(1, 100)]

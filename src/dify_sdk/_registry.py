"""Every declaration of every tier, with its id. Tests, tools and the mock read it; a client never does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any, Final, TypeAlias, cast

from ._client import AsyncClient, SyncClient
from ._endpoint import Declaration, Resource, Streamed, area, flow

_TIERS: Final = {  # the tier's module, the class of its areas, the blocking client
    "service": ("Service", "ServiceClient"),
    "web": ("Web", "WebClient"),
    "console": ("Console", "ConsoleClient"),
    "files": ("FilesTier", "FilesClient"),
    "openapi": ("OpenAPI", "OpenAPIClient"),
    "mcp": ("MCP", "MCPClient"),
    "inner": ("Inner", "InnerClient"),
    "triggers": ("Triggers", "TriggersClient"),
}


@dataclass(frozen=True)
class Tier:
    """A tier: where its paths begin and what its clients can do."""

    name: str
    prefix: str
    areas: type[Resource[Any]]
    clients: tuple[type[SyncClient], type[AsyncClient]]


@dataclass(frozen=True)
class Operation:
    """A declaration and the way to it: `client.<path>` is its method."""

    tier: Tier
    path: str
    declaration: Declaration[..., Any]

    @property
    def contract_id(self) -> str:
        """The operation of the contract that it calls: a streaming twin calls its sibling's."""
        owner, _, name = self.path.rpartition(".")
        sibling = _sibling(self.declaration, name)
        return ".".join(filter(None, (owner, sibling or name)))

    @property
    def url_path(self) -> str:
        """The path on the server, with the prefix of the tier."""
        return self.tier.prefix + self.declaration.route.path


@dataclass(frozen=True)
class Flow:
    """Several operations behind one method."""

    tier: Tier
    path: str
    flow: flow[..., Any]


@cache
def tiers() -> dict[str, Tier]:
    """The tiers that have declarations, by name."""
    return {name: _tier(name, areas, client) for name, (areas, client) in _TIERS.items()}


@cache
def operations(tier: str) -> tuple[Operation, ...]:
    """The declarations of a tier, in the order of its files; streaming twins too."""
    found = tiers()[tier]
    return tuple(Operation(found, path, member) for path, member in _walk(found.areas) if isinstance(member, Declaration))


@cache
def flows(tier: str) -> tuple[Flow, ...]:
    """The flows of a tier."""
    found = tiers()[tier]
    return tuple(Flow(found, path, member) for path, member in _walk(found.areas) if isinstance(member, flow))


def every() -> Iterator[Operation]:
    """The declarations of all tiers."""
    for tier in tiers():
        yield from operations(tier)


def _tier(name: str, areas: str, client: str) -> Tier:
    module = import_module(f".{name}", __package__)
    return Tier(name, module.PREFIX, getattr(module, areas), (getattr(module, client), getattr(module, f"Async{client}")))


class _Nowhere:
    """Stands in for a client where an area is only looked at."""

    _core = None


_Member: TypeAlias = "Declaration[..., Any] | flow[..., Any]"


def _walk(resource: type[Resource[Any]], path: str = "") -> Iterator[tuple[str, _Member]]:
    for name, member in _members(resource).items():
        if isinstance(member, (Declaration, flow)):
            yield path + name, member
        elif isinstance(member, area):
            below: type[Resource[Any]] = type(cast("area[Resource[Any]]", member).__get__(None, _Nowhere))
            yield from _walk(below, f"{path}{name}.")


def _members(resource: type[Resource[Any]]) -> dict[str, object]:
    """What a resource has of its own, and of the parts that it is put together from."""
    parts: list[type[object]] = [part for part in reversed(resource.__mro__) if issubclass(part, Resource)]
    return {name: member for part in parts for name, member in vars(part).items()}


def _sibling(declaration: Declaration[..., Any], name: str) -> str | None:
    """The method beside a stream that answers its end: `send` or `run` for `stream`, `x` for `stream_x`."""
    if not isinstance(declaration, Streamed):
        return None
    like = cast("Streamed[..., Any, Any]", declaration).like
    if like is not None:
        return like.name
    candidates = ("send", "run") if name == "stream" else (name.removeprefix("stream_"),)
    return next((one for one in candidates if one != name and one in vars(declaration.owner)), None)

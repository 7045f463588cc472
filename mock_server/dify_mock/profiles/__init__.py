"""Profiles: the wires that the mock speaks. The world and its handlers are the same behind all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from dify_sdk._endpoint import Declaration

from . import documented, paths, plain
from .dress import Dress

__all__ = ["WIRES", "Dress", "Wire", "wire_of"]


@dataclass(frozen=True)
class Wire:
    """What a profile stands for: the dresses of its tiers, and the paths it has beside the declared ones."""

    name: str
    dresses: Mapping[str, type[Dress]]  # by tier
    elsewhere: type[Dress]
    documented: bool = False  # whether it has the operations that only the documents know
    paths: Mapping[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])  # by verb and path: the operation

    def dress(self, tier: str) -> type[Dress]:
        """The dress of a tier, or of what is in none."""
        return self.dresses.get(tier, self.elsewhere)

    def serves(self, declaration: Declaration[..., Any]) -> bool:
        """Whether there is such an operation behind it."""
        return self.documented or not declaration.route.documented

    def beside(self, declaration: Declaration[..., Any], prefix: str) -> Iterator[tuple[str, str]]:
        """The verbs and paths that lead to an operation, beside its own; a streaming twin has those of its sibling."""
        sibling: Declaration[..., Any] = getattr(declaration, "like", None) or declaration
        own = (declaration.route.verb, prefix + declaration.route.path)
        for (verb, printed), operation in self.paths.items():
            if operation == sibling.id and (found := (verb, paths.laid(printed, own[1]))) != own:
                yield found


_UNDOCUMENTED: Final = {  # of these the documents do not know
    "openapi": plain.OpenAPI,
    "mcp": plain.Plain,
    "inner": plain.Inner,
    "triggers": plain.Triggers,
}
WIRES: Final = {
    one.name: one
    for one in (
        Wire(
            "dify",
            {"service": plain.Service, "console": plain.Console, **_UNDOCUMENTED},
            plain.Plain,
        ),
        Wire(
            "documented",
            {
                "service": documented.Service,
                "web": documented.Web,
                "console": documented.Console,
                "files": documented.Files,
                **_UNDOCUMENTED,
            },
            documented.Service,
            documented=True,
            paths=paths.SERVICE | paths.WEB | paths.CONSOLE,
        ),
    )
}


def wire_of(profile: str) -> Wire:
    """The wire of a profile."""
    if profile not in WIRES:
        raise ValueError(f"there is no profile {profile!r}: take {' or '.join(map(repr, WIRES))}")
    return WIRES[profile]

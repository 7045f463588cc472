"""Handlers, each checked against the very declaration it answers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec, Protocol, TypeAlias, TypeVar

from dify_sdk._endpoint import Declaration

from .access import Access
from .accounts import Role
from .refusals import Refusal
from .state import App
from .visit import Visit

P = ParamSpec("P")
W = TypeVar("W")


class AppCheck(Protocol):
    """What an operation asks of the app before it looks at the arguments."""

    def check(self, app: App) -> None:
        """Refuse an app that it is not for."""
        ...


@dataclass(frozen=True)
class Modes:
    """The modes of app that an operation is for, and the server's word to the others."""

    modes: frozenset[str]
    code: str
    message: str = "Please check if your app mode matches the right API route."

    def check(self, app: App) -> None:
        """Refuse an app of another mode."""
        if app.mode not in self.modes:
            raise Refusal(400, self.code, self.message)


@dataclass(frozen=True)
class OfModes:
    """The modes of app that an operation of the console is for; to it the others are not there."""

    modes: frozenset[str]

    def check(self, app: App) -> None:
        """Refuse an app of another mode."""
        if app.mode not in self.modes:
            listed = ", ".join(map(repr, sorted(self.modes)))
            raise Refusal(404, "app_not_found", f"App mode is not in the supported list: {{{listed}}}")


CHATS = Modes(frozenset({"chat", "agent-chat", "advanced-chat"}), "not_chat_app")
WORKFLOWS = Modes(frozenset({"workflow"}), "not_workflow_app")
RUNS = Modes(frozenset({"workflow", "advanced-chat"}), "not_workflow_app")
COMPLETIONS = Modes(frozenset({"completion"}), "app_unavailable", "App unavailable, please check your app configurations.")
COMPLETION_PAGES = Modes(
    frozenset({"completion"}), "not_completion_app", "Please check if your Completion app mode matches the right API route."
)
WORKFLOW_PAGES = Modes(frozenset({"workflow"}), "not_workflow_app", "Please check if your Workflow app mode matches the right API route.")
CONSOLE_CHATS = OfModes(frozenset({"agent", "agent-chat", "advanced-chat", "chat"}))
CONSOLE_COMPLETIONS = OfModes(frozenset({"completion"}))


INSTALLED_CHATS = Modes(CHATS.modes, CHATS.code, "App mode is invalid.")
INSTALLED_COMPLETIONS = Modes(COMPLETION_PAGES.modes, COMPLETION_PAGES.code, "Not Completion App")
INSTALLED_WORKFLOWS = Modes(WORKFLOW_PAGES.modes, WORKFLOW_PAGES.code, "Only support workflow app.")


@dataclass(frozen=True)
class Handler:
    """What answers an operation."""

    declaration: Declaration[..., Any]
    function: Callable[..., Any]
    modes: AppCheck | None
    generates: bool  # a model or a workflow answers: its JSON has a charset and no line end
    payload: str  # what the server calls the arguments where it complains of them; made from the id where it is empty
    no_file: tuple[int, str, str]  # status, code and message for a form without its file
    nested: bool  # nested documents are checked too, else the handler looks into them by hand
    by_hand: frozenset[str]  # arguments that may be anything: the handler has its own word for a wrong one
    refuse: Callable[[Refusal], Refusal]  # what is made of the refusal of arguments that do not fit
    needs_mode: bool  # the response mode must be said
    sampled: bool  # any value that fits is answered: nothing stands behind it
    access: Access | None  # what is asked of a token
    roles: frozenset[Role]  # what somebody must be in the workspace; anything where there are none
    decorated: bool  # a decorator of the server checks the arguments: its complaints are a list, and JSON that it cannot read is empty


HANDLERS: dict[str, Handler] = {}
Guard: TypeAlias = Callable[[Visit, Mapping[str, Any]], None]
"""What refuses arguments that fit the declaration, and nothing in the world."""


def _as_it_is(refusal: Refusal) -> Refusal:
    return refusal


NO_FILE = (400, "no_file_uploaded", "Please upload your file.")


def handles(
    declaration: Declaration[P, W],
    *,
    modes: AppCheck | None = None,
    generates: bool = False,
    payload: str = "",
    no_file: tuple[int, str, str] = NO_FILE,
    nested: bool = False,
    by_hand: Collection[str] = (),
    refuse: Callable[[Refusal], Refusal] = _as_it_is,
    needs_mode: bool = False,
    access: Access | None = None,
    roles: frozenset[Role] = frozenset(),
    decorated: bool = False,
    sampled: bool = False,
) -> Callable[[Callable[Concatenate[Visit, P], W]], Callable[Concatenate[Visit, P], W]]:
    """The handler of an operation: the declared arguments after the visit, and what the declaration says on the wire."""

    def register(handler: Callable[Concatenate[Visit, P], W]) -> Callable[Concatenate[Visit, P], W]:
        HANDLERS[declaration.id] = Handler(
            declaration,
            handler,
            modes,
            generates,
            payload,
            no_file,
            nested,
            frozenset(by_hand),
            refuse,
            needs_mode,
            sampled,
            access,
            roles,
            decorated,
        )
        return handler

    return register

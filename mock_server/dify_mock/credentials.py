"""Who is asking, and what for: the check of a key or passport, in the words and the order of the real server."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from dify_sdk._auth import Key

from . import bearers, console_callers
from .console_sessions import signed_in
from .exchange import Request
from .knowledge.state import Dataset
from .passports import holder, page_of
from .refusals import NO_SUCH_PAGE, AppGone, NoEntry, Refusal, forbidden, not_found
from .registry import Handler
from .state import App
from .tokens import unauthorized
from .visit import Caller
from .world import World

_MANAGEMENT: Final = ("/inner/api/enterprise/", "/inner/api/billing/")


def authorized(world: World, handler: Handler, request: Request, path: Mapping[str, str], *, bearer: bool = False) -> Caller:
    """Who is let in; nobody in particular where the key is one of the workspace's knowledge, or where none is needed.

    `bearer` says that a passport may travel as other keys do.
    """
    match key := handler.declaration.key:
        case "app" | "dataset":
            return Caller(_app_of_key(world, key, request))
        case "passport":
            return Caller(*holder(world, request, bearer=bearer))
        case "code":
            return Caller(page_of(world, request))
        case "token":
            assert handler.access is not None, "the handler does not say what it asks of a token"
            return bearers.caller(world, request, handler.access, path)
        case "session":
            if handler.declaration.id.startswith("console."):
                return console_callers.caller(world, handler, request, path)
            return Caller(account=signed_in(world, request))
        case "admin":
            console_callers.check_administrator(world, request)
            return Caller()
        case "none" | "known" | "stranger":
            return Caller()
        case "inner":
            check_inner(world, request)
            return Caller()


def check_inner(world: World, request: Request) -> None:
    """An enterprise's management has a key of its own, and is told that it is wrong; others find nothing."""
    shown, held = request.headers.get("x-inner-api-key", ""), world.interior
    if request.raw_path.startswith(_MANAGEMENT):
        if not held.is_open:
            raise not_found(NO_SUCH_PAGE)
        if shown != held.key:
            raise Refusal(401, "inner_api_unauthorized", "The inner API key is invalid.")
    elif shown != held.plugin_key:
        raise not_found(NO_SUCH_PAGE)


def _app_of_key(world: World, kind: Key, request: Request) -> App | None:
    header = request.headers.get("authorization", "")
    scheme, _, token = header.partition(" ")
    if not token:
        raise unauthorized("Authorization header must be provided and start with 'Bearer'")
    if scheme.lower() != "bearer":
        raise unauthorized("Authorization scheme must be 'Bearer'")
    found = next((one for one in world.api_keys.values() if one.token == token), None)
    if found is None or found.kind != kind:
        raise unauthorized("Access token is invalid")
    found.last_used_at = world.clock.seconds()
    if found.app_id is None:
        return None
    app = world.apps.get(found.app_id)
    if app is None:
        raise AppGone(403, "forbidden", "The app no longer exists.")
    if not app.enable_api:
        raise NoEntry(403, "forbidden", "The app's API service has been disabled.")
    return app


def opened(world: World, dataset_id: str) -> Dataset:
    """The dataset that a key for knowledge opens."""
    dataset = world.knowledge.datasets.get(dataset_id)
    if dataset is None:
        raise not_found("Dataset not found.")
    if not dataset.enable_api:
        raise forbidden("Dataset api access is not enabled.")
    return dataset

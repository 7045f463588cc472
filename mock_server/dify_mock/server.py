"""The mock without I/O: a request in, a reply out."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Any, Final
from urllib.parse import quote, unquote

from dify_sdk._endpoint import Download, Paged, Streamed
from dify_sdk._files import File
from dify_sdk._steps import Pause

from . import gates
from .arguments import Arguments
from .credentials import authorized, opened
from .exchange import Reply, Request, Served
from .faults import Faults
from .journal import Entry, Journal, masked_body, masked_headers, masked_path, masked_query
from .pages import pages
from .paging import slice_of
from .profiles import Dress, wire_of
from .refusals import NoEntry, PageNotFound, Refusal
from .registry import HANDLERS, Handler
from .routing import Router
from .visit import Visit
from .world import World

PREFIXES: Final = {
    "service": "/v1",
    "web": "/api",
    "files": "/files",
    "console": "/console/api",
    "openapi": "/openapi/v1",
    "mcp": "/mcp",
    "inner": "/inner/api",
    "triggers": "/triggers",
}


@dataclass(frozen=True)
class _Route:
    handler: Handler
    arguments: Arguments


class Server:
    """All handlers over one world."""

    def __init__(self, world: World, profile: str = "dify") -> None:
        self.wire = wire_of(profile)
        for tier in PREFIXES:
            import_module(f"dify_mock.{tier}")  # registers its handlers
        self.world = world
        self.journal = Journal()
        self.faults = Faults()
        self._lock = threading.RLock()  # handlers are not made for threads
        self._pages = pages(self.wire)
        self._router: Router[_Route] = Router()
        declared: list[Any] = [handler.declaration for handler in HANDLERS.values()]
        twinned = {one.like.id for one in declared if one.streams and one.like}
        for operation, handler in HANDLERS.items():
            if self.wire.serves(handler.declaration):
                self._add(handler, twinned=operation in twinned)

    def _add(self, handler: Handler, *, twinned: bool) -> None:
        declaration = handler.declaration
        prefix = PREFIXES[declaration.id.partition(".")[0]]
        stream = "+stream" if declaration.constants.get("response_mode") == "streaming" else ""
        target = _Route(handler, Arguments(handler, twinned=twinned))
        own = [(verb, prefix + path) for verb, path in declaration.route.spellings]
        for verb, path in (*own, *self.wire.beside(declaration, prefix)):
            self._router.add(verb + stream, path, target)

    def reply(self, request: Request) -> Reply:
        """Answer one request."""
        with self._lock:
            tier = next((name for name, prefix in PREFIXES.items() if f"{request.raw_path}/".startswith(f"{prefix}/")), "")
            dress = self.wire.dress(tier)(request, self.world)
            operation: str | None = None
            fault, routed = None, True
            self.world.catch_up()
            try:
                route, path = self._route(request, dress)
                operation = route.handler.declaration.id
                fault = self.faults.take(operation)
                reply = fault.reply if fault and fault.reply else self._answer(route, path, request, dress)
            except Refusal as refusal:
                reply, routed = dress.refusal(refusal), operation is not None
                reply.cookies += refusal.cookies
            except PageNotFound:
                fault, routed = fault or self.faults.take(None), False
                reply = fault.reply if fault and fault.reply else dress.nowhere()
            except _Answered as answered:
                reply, routed = answered.reply, answered.reply.status == 200
            reply = replace(reply, headers={**reply.headers, **dress.headers(routed=routed)})
            if fault and not fault.reply:
                reply = fault.spoil(reply)
            if request.method == "HEAD":
                length = {"content-length": str(len(reply.body))} if isinstance(reply.body, bytes) else {}
                reply = Reply(reply.status, {**reply.headers, **length}, cookies=reply.cookies)
            if not isinstance(reply.body, bytes):
                reply.body = self._guarded(reply.body)
            self._note(operation, request, reply)
            return reply

    def _note(self, operation: str | None, request: Request, reply: Reply) -> None:
        headers = masked_headers(request.headers)
        body = masked_body(request.body, request.media_type)
        path, query = masked_path(request.raw_path), masked_query(request.query)
        self.journal.add(Entry(operation, request.method, path, query, headers, body, reply.status))

    def _guarded(self, body: Iterator[bytes | Pause]) -> Iterator[bytes | Pause]:
        """A streamed body whose steps do not run beside other handlers; waiting moves the world's clock."""
        try:
            while True:
                with self._lock:
                    piece = next(body, None)
                if piece is None:
                    return
                if isinstance(piece, Pause):
                    self.world.clock.advance(piece.seconds)
                    if not self.world.clock.pace:
                        continue
                    piece = Pause(piece.seconds * self.world.clock.pace)
                yield piece
        finally:
            with self._lock:
                if close := getattr(body, "close", None):
                    close()

    def _route(self, request: Request, dress: Dress) -> tuple[_Route, dict[str, str]]:
        segments = [unquote(one) for one in request.raw_path[1:].split("/")]
        if not request.raw_path.endswith("/") and f"{request.raw_path}/" in {f"{prefix}/" for prefix in PREFIXES.values()}:
            raise _Answered(_moved(f"{request.base_url}{request.raw_path}/"))
        method = "GET" if request.method == "HEAD" else request.method
        if method == "GET" and (page := self._pages.get(request.raw_path)):
            raise _Answered(page())
        if dress.wants_stream():
            found = self._router.find(f"{method}+stream", segments)
            if not isinstance(found, set):
                return found
        found = self._router.find(method, segments)
        if not isinstance(found, set):
            return found
        verbs = sorted({verb.partition("+")[0] for verb in found})
        if not verbs:
            raise PageNotFound
        if request.method == "OPTIONS":
            raise _Answered(dress.preflight(verbs))
        raise Refusal(405, "method_not_allowed", "The method is not allowed for the requested URL.")

    def _answer(self, route: _Route, path: dict[str, str], request: Request, dress: Dress) -> Reply:
        """The order of the checks is the real server's: the first that fails decides."""
        handler, arguments = route.handler, route.arguments
        key, path = handler.declaration.key, arguments.placed(path, {**dict(request.pairs), **dress.asked()})
        gates.check(self.world, handler.declaration.id, request)
        caller = authorized(self.world, handler, request, path, bearer=self.wire.documented)
        if caller.app and path.get("app_id", caller.app.id) != caller.app.id:
            raise NoEntry(403, "forbidden", "You do not have permission to access this app.")
        dataset = opened(self.world, path["dataset_id"]) if key == "dataset" and "dataset_id" in path else None
        if handler.modes and caller.app and not arguments.names_user:
            handler.modes.check(caller.app)
        parts = dress.parts(json_expected=arguments.in_json, silently=handler.decorated)
        found = arguments.found(path, parts)
        arguments.check_user(found)
        if handler.modes and caller.app and arguments.names_user:
            handler.modes.check(caller.app)
        given = arguments.checked(found, parts)
        visit = Visit(self.world, request, caller, dataset, inside=self.reply)
        answer = handler.function(visit, **given)
        reply = self._written(handler, visit, answer, dress)
        reply.cookies += visit.cookies
        return reply

    def _written(self, handler: Handler, visit: Visit, answer: Any, dress: Dress) -> Reply:
        declaration = handler.declaration
        if isinstance(declaration, Streamed) and hasattr(answer, "__next__"):
            return dress.stream(answer, visit.headers)
        if isinstance(declaration, Download):
            return _file(answer)
        if declaration.relays:
            return Reply(answer.status_code, dict(answer.headers), answer.content)
        status = visit.status or declaration.route.status
        if "location" in visit.headers:
            return _moved(visit.headers["location"], status, visit.headers)
        if answer is None:
            return Reply(status, {"content-type": "application/json"})
        told: Any = getattr(handler.declaration, "like", None) or handler.declaration  # what could be streamed may come at once
        value = told.adapter.dump_python(answer, mode="json", by_alias=True, exclude_unset=True)
        if isinstance(declaration, Paged) and declaration.items == "data":
            return dress.page(status, value, slice_of(answer))
        reply = dress.value(status, value, generated=handler.generates)
        reply.headers.update(visit.headers)
        if visit.waited and isinstance(reply.body, bytes):
            pieces: list[bytes | Pause] = [Pause(visit.waited), reply.body]
            return Reply(reply.status, reply.headers, iter(pieces))
        return reply


class _Answered(Exception):  # noqa: N818  # it is an answer
    def __init__(self, reply: Reply) -> None:
        super().__init__()
        self.reply = reply


def _file(answer: File) -> Reply:
    if isinstance(answer, Served):
        return Reply(200, {"content-type": answer.media_type, **answer.headers}, iter([answer.read()]) if answer.chunked else answer.read())
    headers = {"content-type": answer.media_type}
    if answer.name:
        headers["content-disposition"] = f"attachment; filename*=UTF-8''{quote(answer.name)}"
    return Reply(200, headers, answer.read())


def _moved(url: str, status: int = 308, headers: Mapping[str, str] | None = None) -> Reply:
    page = (
        "<!doctype html>\n<html lang=en>\n<title>Redirecting...</title>\n<h1>Redirecting...</h1>\n<p>You should be redirected "
        f'automatically to the target URL: <a href="{url}">{url}</a>. If not, click the link.\n'
    )
    return Reply(status, {**(headers or {}), "content-type": "text/html; charset=utf-8", "location": url}, page.encode())

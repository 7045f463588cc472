"""Typed clients for every API tier of Dify, synchronous and asynchronous."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from . import errors
    from ._call import RawResponse
    from ._endpoint import Async, RawAsync, RawSync, Sync
    from ._files import AsyncBinary, Binary, File
    from ._models import Listing, Model, UnknownEvent
    from ._options import Timeout
    from ._pages import AsyncPage, AsyncPages, Page
    from ._params import OMIT, Omit
    from ._replies import Reply
    from ._steps import Middleware, Pause
    from ._streams import AsyncEventStream, EventStream
    from .console import AsyncConsoleClient, ConsoleClient
    from .errors import (
        APIConnectionError,
        APIError,
        APIStatusError,
        APITimeoutError,
        AuthenticationError,
        BadRequestError,
        ConfigurationError,
        ConflictError,
        DifyError,
        InternalServerError,
        MethodNotAllowedError,
        NotFoundError,
        PayloadTooLargeError,
        PermissionDeniedError,
        PreconditionFailedError,
        RateLimitError,
        ResponseValidationError,
        StreamError,
        StreamInterruptedError,
        UnprocessableEntityError,
        UnsupportedMediaTypeError,
        WorkflowFailedError,
    )
    from .service import AsyncServiceClient, ServiceClient
    from .web import AsyncWebClient, WebClient

_HOMES: Final = {
    "service": ("AsyncServiceClient", "ServiceClient"),
    "console": ("AsyncConsoleClient", "ConsoleClient"),
    "web": ("AsyncWebClient", "WebClient"),
    "_call": ("RawResponse",),
    "_endpoint": ("Async", "RawAsync", "RawSync", "Sync"),
    "_files": ("AsyncBinary", "Binary", "File"),
    "_models": ("Listing", "Model", "UnknownEvent"),
    "_options": ("Timeout",),
    "_pages": ("AsyncPage", "AsyncPages", "Page"),
    "_params": ("OMIT", "Omit"),
    "_replies": ("Reply",),
    "_steps": ("Middleware", "Pause"),
    "_streams": ("AsyncEventStream", "EventStream"),
    "errors": (
        "APIConnectionError",
        "APIError",
        "APIStatusError",
        "APITimeoutError",
        "AuthenticationError",
        "BadRequestError",
        "ConfigurationError",
        "ConflictError",
        "DifyError",
        "InternalServerError",
        "MethodNotAllowedError",
        "NotFoundError",
        "PayloadTooLargeError",
        "PermissionDeniedError",
        "PreconditionFailedError",
        "RateLimitError",
        "ResponseValidationError",
        "StreamError",
        "StreamInterruptedError",
        "UnprocessableEntityError",
        "UnsupportedMediaTypeError",
        "WorkflowFailedError",
    ),
}
_HOME_OF: Final = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "OMIT",
    "APIConnectionError",
    "APIError",
    "APIStatusError",
    "APITimeoutError",
    "Async",
    "AsyncBinary",
    "AsyncConsoleClient",
    "AsyncEventStream",
    "AsyncPage",
    "AsyncPages",
    "AsyncServiceClient",
    "AsyncWebClient",
    "AuthenticationError",
    "BadRequestError",
    "Binary",
    "ConfigurationError",
    "ConflictError",
    "ConsoleClient",
    "DifyError",
    "EventStream",
    "File",
    "InternalServerError",
    "Listing",
    "MethodNotAllowedError",
    "Middleware",
    "Model",
    "NotFoundError",
    "Omit",
    "Page",
    "Pause",
    "PayloadTooLargeError",
    "PermissionDeniedError",
    "PreconditionFailedError",
    "RateLimitError",
    "RawAsync",
    "RawResponse",
    "RawSync",
    "Reply",
    "ResponseValidationError",
    "ServiceClient",
    "StreamError",
    "StreamInterruptedError",
    "Sync",
    "Timeout",
    "UnknownEvent",
    "UnprocessableEntityError",
    "UnsupportedMediaTypeError",
    "WebClient",
    "WorkflowFailedError",
    "errors",
]


def __getattr__(name: str) -> Any:
    if name == "errors":
        return import_module(".errors", __name__)
    if (home := _HOME_OF.get(name)) is None:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    found = globals()[name] = getattr(import_module(f".{home}", __name__), name)
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})

"""What can go wrong.

DifyError
├── ConfigurationError                      nothing was sent: an argument or a setting is wrong (also a ValueError)
├── WorkflowFailedError                     a run that ended badly, raised by `raise_for_status()`
├── IndexingError                           documents that are not indexed: .report
│   ├── IndexingFailedError                 some cannot be, raised by `raise_for_status()`: .failed
│   ├── IndexingTimeoutError                it takes longer than it may
│   └── IngestError                         a file of a folder failed
└── APIError                                .partial .task_id .message_id .conversation_id .workflow_run_id
    ├── APIConnectionError                  no answer, or only a part of it
    │   ├── APITimeoutError
    │   └── StreamInterruptedError          a stream that ended before its run did (also a StreamError)
    │       └── StreamTimeoutError          its events, or the time for it, ran out (also an APITimeoutError)
    ├── StreamError                         a stream failed; with an `error` event, also the class of its code
    │   ├── EventTooLargeError
    │   └── MalformedFrameError             bytes that are no frame, in a stream of binary frames
    ├── ResponseValidationError             an answer of another shape; .body keeps it
    ├── MCPError                            a JSON-RPC error: .code .message .data
    └── APIStatusError                      an answer that says no
        │                                   .status_code .code .message .params .body .headers .request_id
        ├── BadRequestError 400             NotChatAppError, NotWorkflowAppError, CompletionRequestError, ...
        ├── AuthenticationError 401
        ├── PermissionDeniedError 403       ArchivedDocumentError, FileAccessDeniedError
        ├── NotFoundError 404               UploadedFileNotFoundError, EndUserNotFoundError, InvalidSignatureError (or 403), ...
        ├── MethodNotAllowedError 405
        ├── ConflictError 409               DatasetInUseError, DatasetNameDuplicateError
        ├── PreconditionFailedError 412     FormSubmittedError, FormExpiredError
        ├── PayloadTooLargeError 413        FileTooLargeError, AudioTooLargeError
        ├── UnsupportedMediaTypeError 415   UnsupportedFileTypeError, UnsupportedAudioTypeError
        ├── UnprocessableEntityError 422
        ├── RateLimitError 429              .retry_after; QuotaExceededError
        └── InternalServerError >= 500
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar


class DifyError(Exception):
    """The root of everything this package raises on its own account."""

    def __reduce__(self) -> tuple[Callable[..., BaseException], tuple[Any, ...]]:
        kind = type(self)
        if plain := kind.__dict__.get("_plain"):  # made by `in_stream`: pickle could not find it by name
            return _revive_in_stream, (plain, self.args, self.__dict__)
        return _revive, (kind, self.args, self.__dict__)


class ConfigurationError(DifyError, ValueError):
    """An argument or a setting is wrong; nothing was sent."""


class WorkflowFailedError(DifyError):
    """A run did not succeed. `run` is the whole of it."""

    def __init__(self, message: str, *, run: Any) -> None:
        super().__init__(message)
        self.run = run


class IndexingError(DifyError):
    """Documents are not indexed. `report` tells how far each of them is."""

    def __init__(self, message: str, *, report: Any) -> None:
        super().__init__(message)
        self.report = report


class IndexingFailedError(IndexingError):
    """Documents cannot be indexed. `failed` has the reason for each, by its id or its path."""

    def __init__(self, failed: Mapping[str, str], *, report: Any) -> None:
        super().__init__("; ".join(f"{name}: {why}" for name, why in failed.items()), report=report)
        self.failed = dict(failed)


class IndexingTimeoutError(IndexingError):
    """The indexing takes longer than it may. It goes on at the server."""


class IngestError(IndexingError):
    """A file of a folder failed; the error it is raised from says how."""


class APIError(DifyError):
    """An exchange with the server went wrong. Inside a stream it carries what had arrived and the ids to go on from."""

    partial: Any = None
    task_id: str | None = None
    message_id: str | None = None
    conversation_id: str | None = None
    workflow_run_id: str | None = None


class APIConnectionError(APIError):
    """No answer came, or only a part of it.

    `sent` tells whether the request may have reached the server.
    """

    def __init__(self, message: str, *, sent: bool = True) -> None:
        super().__init__(message)
        self.sent = sent


class APITimeoutError(APIConnectionError):
    """No answer came in time."""


class StreamError(APIError):
    """A stream ended in an error. `partial` is the result as far as it had come."""


class StreamInterruptedError(APIConnectionError, StreamError):
    """A stream ended before its run did. The run may go on at the server."""


class StreamTimeoutError(StreamInterruptedError, APITimeoutError):
    """A stream fell silent, or took longer than it may."""


class EventTooLargeError(StreamError):
    """One event of a stream is larger than the limit allows."""


class MalformedFrameError(StreamError):
    """A stream of binary frames goes on with something else."""


class ResponseValidationError(APIError):
    """An answer is not of the declared shape. `body` is the answer, decoded where it is JSON."""

    def __init__(self, message: str, *, body: Any = None) -> None:
        super().__init__(message)
        self.body = body


class MCPError(APIError):
    """A JSON-RPC error. `code` is a number of that protocol: -32601 for a method there is not, -32602 for wrong arguments."""

    def __init__(self, message: str, *, code: int, data: Any = None) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message
        self.data = data


class APIStatusError(APIError):
    """The server said no.

    `code` is the server's own word ("" where it gave none), `params` names the fields it complains about with the reason
    for each, `body` is the whole answer, decoded where it is JSON.
    """

    status: ClassVar[int] = 0
    by_status: ClassVar[dict[int, type[APIStatusError]]] = {}
    by_code: ClassVar[dict[str, type[APIStatusError]]] = {}

    def __init_subclass__(cls, *, status: int = 0, codes: tuple[str, ...] = ()) -> None:
        super().__init_subclass__()
        if status:
            cls.status = status
            APIStatusError.by_status[status] = cls
        for code in codes:
            APIStatusError.by_code[code] = cls

    def __init__(
        self,
        message: str,
        *,
        status_code: int,
        code: str = "",
        params: Mapping[str, str] | None = None,
        body: Any = None,
        headers: Mapping[str, str] | None = None,
        request_id: str | None = None,
    ) -> None:
        super().__init__(" ".join(part for part in (str(status_code), code and f"{code}:", message) if part))
        self.status_code = status_code
        self.code = code
        self.message = message
        self.params = dict(params or {})
        self.body = body
        self.headers: Mapping[str, str] = headers if headers is not None else {}
        self.request_id = request_id


class BadRequestError(APIStatusError, status=400):
    """400: the server refuses the arguments, or the state of an app or a model forbids the call."""


class AuthenticationError(APIStatusError, status=401):
    """401: no credentials, or wrong ones."""


class PermissionDeniedError(APIStatusError, status=403):
    """403: the credentials do not allow it."""


class NotFoundError(APIStatusError, status=404):
    """404: no such thing, or not for this user."""


class MethodNotAllowedError(APIStatusError, status=405):
    """405: the server does not know the verb on this path."""


class ConflictError(APIStatusError, status=409):
    """409: something of that name or state exists already."""


class PreconditionFailedError(APIStatusError, status=412):
    """412: it is too late for this."""


class PayloadTooLargeError(APIStatusError, status=413):
    """413: the upload is too large."""


class UnsupportedMediaTypeError(APIStatusError, status=415):
    """415: not a type the server takes."""


class UnprocessableEntityError(APIStatusError, status=422):
    """422: the arguments do not validate; `params` names them."""


class RateLimitError(APIStatusError, status=429):
    """429: too many requests, or a quota is used up."""

    @property
    def retry_after(self) -> float | None:
        """Seconds until the server wants to be asked again, where it says so."""
        from ._retry import retry_after

        return retry_after(self.headers)


class InternalServerError(APIStatusError, status=500):
    """500 and above: the server, or a gateway before it, failed."""


class AccessDeniedError(BadRequestError, codes=("access_denied",)):
    """Somebody has refused to let the program in."""


class AgentNotPublishedError(BadRequestError, codes=("agent_not_published",)):
    """The agent has no published version."""


class AppUnavailableError(BadRequestError, codes=("app_unavailable",)):
    """The app is not configured, or its mode does not know this operation."""


class AuthorizationPendingError(BadRequestError, codes=("authorization_pending",)):
    """Nobody has decided yet whether to let the program in."""


class CompletionRequestError(BadRequestError, codes=("completion_request_error",)):
    """The model failed; the message is the provider's."""


class ConversationCompletedError(BadRequestError, codes=("conversation_completed",)):
    """The conversation is closed."""


class DatasetNotInitializedError(BadRequestError, codes=("dataset_not_initialized",)):
    """Nothing of the dataset is indexed yet."""


class DocumentIndexingError(BadRequestError, codes=("document_indexing",)):
    """The document is being indexed; wait until that is over."""


class InvalidActionError(BadRequestError, codes=("invalid_action",)):
    """There is no such action, or the documents are not in a state for it."""


class InvalidFormDataError(BadRequestError, codes=("invalid_form_data",)):
    """A human-input form was not filled as it asks."""


class InvalidMetadataError(BadRequestError, codes=("invalid_metadata",)):
    """`metadata` is `all`, `only` or `without`."""


class InvalidParamError(BadRequestError, codes=("invalid_param", "validation_error")):
    """An argument is refused; `params` names it where the server does."""


class ModelNotSupportedError(BadRequestError, codes=("model_currently_not_support",)):
    """The workspace may not use the model."""


class NotChatAppError(BadRequestError, codes=("not_chat_app",)):
    """The key belongs to an app of another mode; this operation wants a chat app, an agent or a chatflow."""


class NotCompletionAppError(BadRequestError, codes=("not_completion_app",)):
    """The key belongs to an app of another mode; this operation wants a completion app."""


class NotWorkflowAppError(BadRequestError, codes=("not_workflow_app",)):
    """The key belongs to an app of another mode; this operation wants a workflow."""


class ProviderNotInitializedError(BadRequestError, codes=("provider_not_initialize",)):
    """No credentials for the model's provider, or no default model."""


class ProviderQuotaExceededError(BadRequestError, codes=("provider_quota_exceeded",)):
    """The credits for the hosted model are used up."""


class RemoteFileUploadError(BadRequestError, codes=("remote_file_upload_error",)):
    """The server could not fetch the file."""


class SpeechToTextDisabledError(BadRequestError, codes=("speech_to_text_disabled",)):
    """The app has speech to text switched off."""


class ArchivedDocumentError(PermissionDeniedError, codes=("archived_document_immutable",)):
    """The document is archived and cannot be changed."""


class ExpiredTokenError(BadRequestError, codes=("expired_token",)):
    """The code of a device grant is too old, unknown or used up."""


class SlowDownError(BadRequestError, codes=("slow_down",)):
    """Asked again too soon."""


class UnsupportedClientError(BadRequestError, codes=("unsupported_client",)):
    """The server does not know the program that asks to be let in."""


class FileAccessDeniedError(PermissionDeniedError, codes=("file_access_denied",)):
    """The file belongs to another app or workspace."""


class EndUserNotFoundError(NotFoundError, codes=("end_user_not_found",)):
    """No such end user."""


class UploadedFileNotFoundError(NotFoundError, codes=("file_not_found",)):
    """No such file, or no message uses it."""


class DatasetInUseError(ConflictError, codes=("dataset_in_use",)):
    """An app uses the dataset."""


class DatasetNameDuplicateError(ConflictError, codes=("dataset_name_duplicate",)):
    """Another dataset has this name."""


class InvalidSignatureError(NotFoundError, PermissionDeniedError):
    """A signed address is too old (they hold for five minutes), forged, or leads to no file; ask for the reply that had it again."""


class FormExpiredError(PreconditionFailedError, codes=("human_input_form_expired",)):
    """The form's time is over."""


class FormSubmittedError(PreconditionFailedError, codes=("human_input_form_submitted",)):
    """Somebody has answered the form already."""


class AudioTooLargeError(PayloadTooLargeError, codes=("audio_too_large",)):
    """More than 30 MB of sound."""


class FileTooLargeError(PayloadTooLargeError, codes=("file_too_large",)):
    """The file is over the limit for its type."""


class UnsupportedAudioTypeError(UnsupportedMediaTypeError, codes=("unsupported_audio_type",)):
    """Not a sound format the server takes; give the media type yourself if the guess was wrong."""


class UnsupportedFileTypeError(UnsupportedMediaTypeError, codes=("unsupported_file_type",)):
    """Not a file type the server takes."""


class QuotaExceededError(RateLimitError, codes=("rate_limit_error",)):
    """A quota is used up: a model provider's rate limit or the plan's runs. Never retried by the client."""


class ChildChunkIndexingError(InternalServerError, codes=("child_chunk_indexing_error", "child_chunk_delete_index_error")):
    """The index could not take in, or let go of, a child chunk."""


class PipelineRunError(InternalServerError, codes=("pipeline_run_error",)):
    """A pipeline could not be run."""


def in_stream(kind: type[APIStatusError]) -> type[APIStatusError]:
    """The class of an `error` event: a status error that is also a `StreamError`."""
    if (found := _IN_STREAM.get(kind)) is None:
        found = type(kind.__name__, (kind, StreamError), {"__module__": kind.__module__, "__doc__": kind.__doc__, "_plain": kind})
        found = _IN_STREAM.setdefault(kind, found)
    return found


_IN_STREAM: dict[type[APIStatusError], type[APIStatusError]] = {}


def _revive(kind: type[BaseException], args: tuple[Any, ...], state: dict[str, Any]) -> BaseException:
    error = kind.__new__(kind, *args)
    error.args = args
    error.__dict__.update(state)
    return error


def _revive_in_stream(kind: type[APIStatusError], args: tuple[Any, ...], state: dict[str, Any]) -> BaseException:
    return _revive(in_stream(kind), args, state)

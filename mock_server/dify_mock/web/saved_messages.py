"""Handlers: messages that a user keeps."""

from __future__ import annotations

from dify_sdk._models import Listing
from dify_sdk.shared.results import Result
from dify_sdk.web.saved_messages import SavedMessage, SavedMessages

from ..apps import saved_messages
from ..registry import COMPLETION_PAGES, handles
from ..visit import Visit


@handles(SavedMessages.list, modes=COMPLETION_PAGES, payload="SavedMessageListQuery", decorated=True)
def list_saved(visit: Visit, *, last_id: str | None = None, limit: int = 20) -> Listing[SavedMessage]:
    return saved_messages.page(visit, last_id, limit)


@handles(SavedMessages.create, modes=COMPLETION_PAGES, payload="SavedMessageCreatePayload", decorated=True)
def create(visit: Visit, *, message_id: str) -> Result:
    saved_messages.keep(visit, message_id)
    return Result(result="success")


@handles(SavedMessages.delete, modes=COMPLETION_PAGES)
def delete(visit: Visit, message_id: str) -> None:
    saved_messages.forget(visit, message_id)

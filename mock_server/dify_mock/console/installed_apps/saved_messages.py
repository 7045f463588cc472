"""Handlers: messages of an installed app that an account keeps."""

from __future__ import annotations

from dify_sdk._models import Listing
from dify_sdk.console.installed_apps.saved_messages import SavedMessage, SavedMessages
from dify_sdk.shared.results import Result

from ...apps import saved_messages
from ...registry import INSTALLED_COMPLETIONS, handles
from ...visit import Visit


@handles(SavedMessages.list, modes=INSTALLED_COMPLETIONS, payload="SavedMessageListQuery")
def list_saved(visit: Visit, installed_app_id: str, *, last_id: str | None = None, limit: int = 20) -> Listing[SavedMessage]:
    return saved_messages.page(visit, last_id, limit)


@handles(SavedMessages.create, modes=INSTALLED_COMPLETIONS, payload="SavedMessageCreatePayload", decorated=True)
def create(visit: Visit, installed_app_id: str, *, message_id: str) -> Result:
    saved_messages.keep(visit, message_id)
    return Result(result="success")


@handles(SavedMessages.delete, modes=INSTALLED_COMPLETIONS)
def delete(visit: Visit, installed_app_id: str, message_id: str) -> None:
    saved_messages.forget(visit, message_id)

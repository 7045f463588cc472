"""Handlers: messages that a user keeps."""

from __future__ import annotations

from dify_sdk._models import Listing
from dify_sdk.shared.results import Result
from dify_sdk.web.saved_messages import SavedMessage, SavedMessages

from ..apps import messages
from ..paging import after
from ..registry import COMPLETION_PAGES, handles
from ..visit import Visit


@handles(SavedMessages.list, modes=COMPLETION_PAGES, payload="SavedMessageListQuery", decorated=True)
def list_saved(visit: Visit, *, last_id: str | None = None, limit: int = 20) -> Listing[SavedMessage]:
    known = visit.world.messages
    newest_first = [known[message_id] for message_id in reversed(visit.end_user().kept) if message_id in known]
    cut = after(newest_first, last_id, limit, missing="Last Message Not Exists.")
    told = (messages.facts(visit, one) for one in cut.rows)
    rows = [SavedMessage(**{name: one[name] for name in SavedMessage.model_fields}) for one in told]
    return cut.listing(rows, has_more=cut.has_next, limit=limit)


@handles(SavedMessages.create, modes=COMPLETION_PAGES, payload="SavedMessageCreatePayload", decorated=True)
def create(visit: Visit, *, message_id: str) -> Result:
    kept = visit.end_user().kept
    if visit.message(message_id).id not in kept:
        kept.append(message_id)
    return Result(result="success")


@handles(SavedMessages.delete, modes=COMPLETION_PAGES)
def delete(visit: Visit, message_id: str) -> None:
    """Nobody is told whether it was kept, or is there at all."""
    kept = visit.end_user().kept
    if message_id in kept:
        kept.remove(message_id)

"""Messages that a user keeps."""

from __future__ import annotations

from dify_sdk._models import Listing
from dify_sdk.shared.messages import SavedMessage

from ..paging import after
from ..visit import Visit
from . import messages


def page(visit: Visit, last_id: str | None, limit: int) -> Listing[SavedMessage]:
    """A page of them, the newest first."""
    known = visit.world.messages
    newest_first = [known[message_id] for message_id in reversed(visit.end_user().kept) if message_id in known]
    cut = after(newest_first, last_id, limit, missing="Last Message Not Exists.")
    told = (messages.facts(visit, one) for one in cut.rows)
    rows = [SavedMessage(**{name: one[name] for name in SavedMessage.model_fields}) for one in told]
    return cut.listing(rows, has_more=cut.has_next, limit=limit)


def keep(visit: Visit, message_id: str) -> None:
    """Keep a message."""
    kept = visit.end_user().kept
    if visit.message(message_id).id not in kept:
        kept.append(message_id)


def forget(visit: Visit, message_id: str) -> None:
    """Stop keeping a message. Nobody is told whether it was kept, or is there at all."""
    kept = visit.end_user().kept
    if message_id in kept:
        kept.remove(message_id)

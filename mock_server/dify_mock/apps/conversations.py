"""Conversations of an end user."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from operator import attrgetter
from typing import Any

from dify_sdk._models import Listing
from dify_sdk.shared.conversations import Conversation, ConversationVariable, SortBy

from .. import state as held
from ..paging import after
from ..refusals import Refusal, unfit
from ..visit import Visit


def page(
    visit: Visit, user: held.EndUser, last_id: str | None, limit: int, sort_by: SortBy | None, *, pinned: bool | None = None
) -> Listing[Conversation]:
    """A page of them."""
    order: str = sort_by or "-updated_at"
    every = visit.world.conversations.values()
    mine = [one for one in every if (one.app_id, one.end_user_id) == (visit.app.id, user.id) and pinned in {None, one.is_pinned}]
    cut = after(ordered(mine, order), last_id, limit, missing="Last Conversation Not Exists.")
    return cut.listing(map(told, cut.rows), has_more=cut.has_next, limit=limit)


def ordered(rows: Iterable[held.Conversation], order: str) -> list[held.Conversation]:
    """Conversations by one of their moments; of those that are alike, the one that began first is the earlier."""
    moment = attrgetter(order.removeprefix("-"))
    pairs = sorted(enumerate(rows), key=lambda pair: (moment(pair[1]), pair[0]), reverse=order.startswith("-"))
    return [one for _, one in pairs]


def delete(visit: Visit, conversation: held.Conversation) -> None:
    """Delete one, with its messages."""
    for message in list(visit.world.messages_of(conversation.id)):
        del visit.world.messages[message.id]
    del visit.world.conversations[conversation.id]


_unfit = partial(unfit, "ConversationRenamePayload")


def rename(
    visit: Visit,
    conversation_id: str,
    name: str | None,
    user: str | None = None,
    *,
    auto_generate: bool | None,
    refuse: Callable[[str, Any], Refusal] = _unfit,
) -> Conversation:
    """Give one a name, or let the model find one; the tiers have forms of their own for a name that is missing."""
    if not auto_generate and not (name or "").strip():
        raise refuse("name is required when auto_generate is false", visit.request.json)
    conversation = visit.conversation(conversation_id, user)
    conversation.name = "Stub Title" if auto_generate else str(name)
    conversation.updated_at = visit.world.clock.seconds()
    return told(conversation)


def pin(visit: Visit, conversation_id: str) -> None:
    """Let one stand before the others."""
    visit.conversation(conversation_id).is_pinned = True


def unpin(visit: Visit, conversation_id: str) -> None:
    """Let it stand among them again. Nobody is told whether it was pinned, or is there at all."""
    found = visit.world.conversations.get(conversation_id)
    if found is not None and found.end_user_id == visit.end_user().id:
        found.is_pinned = False


def told(conversation: held.Conversation) -> Conversation:
    """A conversation as the wire has it."""
    return Conversation(
        id=conversation.id,
        name=conversation.name,
        inputs=conversation.inputs,
        status=conversation.status,
        introduction=conversation.introduction,
        created_at=conversation.created_at,
        updated_at=conversation.updated_at,
    )


def told_variable(variable: held.Variable) -> ConversationVariable:
    """A variable as the wire has it: whatever its type, its value is a text in Python's spelling."""
    return ConversationVariable(
        id=variable.id,
        name=variable.name,
        value_type=variable.value_type,
        value=str(variable.value),
        description=variable.description,
        created_at=variable.created_at,
        updated_at=variable.updated_at,
    )

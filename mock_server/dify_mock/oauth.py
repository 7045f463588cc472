"""OAuth both ways: people who come with an account elsewhere, and programs that they let in with their account here."""

from __future__ import annotations

from .clock import Clock
from .elsewhere import Elsewhere
from .ids import Ids
from .oauth_clients import OAuthClients


class OAuth:
    """What the server knows of other places and of other programs."""

    def __init__(self, clock: Clock, ids: Ids) -> None:
        self.elsewhere = Elsewhere(ids)
        self.clients = OAuthClients(clock, ids)

"""Accounts, as several tiers tell them."""

from __future__ import annotations

from .._models import Model


class AccountSummary(Model):
    """Somebody with an account."""

    id: str
    name: str = ""
    email: str = ""

"""Who did something, as the console names them."""

from __future__ import annotations

from dify_sdk.shared.accounts import AccountSummary

from ...world import World


def author(world: World, account_id: str | None) -> AccountSummary | None:
    """Somebody with an account, if there is such a one."""
    found = world.accounts.known.get(account_id or "")
    return AccountSummary(id=found.id, name=found.name, email=found.email) if found else None

"""Handlers: whoever has signed in, and where."""

from __future__ import annotations

from typing import Any

from dify_sdk._models import Listing
from dify_sdk.openapi import account as wire
from dify_sdk.openapi.account import AccountSummary, Revoked, Sessions, Subject, WorkspaceRole

from ..access import ACCOUNT
from ..accounts import Account
from ..devices import Session, Stranger, Subject as Known
from ..paging import at
from ..refusals import not_found
from ..registry import handles
from ..visit import Visit
from ..world import World


@handles(wire.Account.get, access=ACCOUNT)
def get(visit: Visit) -> Subject:
    return Subject(**subject_facts(visit.world, visit.account))


@handles(Sessions.list, access=ACCOUNT)
def list_sessions(visit: Visit, *, page: int = 1, limit: int = 100) -> Listing[wire.Session]:
    cut = at(visit.world.devices.sessions_of(visit.account), page, limit, most=200)
    rows = [_told(visit.world, one) for one in cut.rows]
    return cut.listing(rows, page=page, limit=limit, total=cut.total, has_more=cut.has_next)


@handles(Sessions.revoke_current, access=ACCOUNT)
def revoke_current(visit: Visit) -> Revoked:
    del visit.world.devices.sessions[visit.session.id]
    return Revoked(status="revoked")


@handles(Sessions.revoke, access=ACCOUNT)
def revoke(visit: Visit, session_id: str) -> Revoked:
    if session_id not in {one.id for one in visit.world.devices.sessions_of(visit.account)}:
        raise not_found("session not found")
    del visit.world.devices.sessions[session_id]
    return Revoked(status="revoked")


def subject_facts(world: World, subject: Known) -> dict[str, Any]:
    """Whoever has signed in, as the wire has them."""
    if isinstance(subject, Stranger):
        known = {"subject_email": subject.email, "subject_issuer": subject.issuer}
        return {"subject_type": "external_sso", **known, "account": None, "workspaces": [], "default_workspace_id": None}
    roles = [WorkspaceRole(id=one.id, name=one.name, role=one.roles[subject.id]) for one in world.accounts.workspaces_of(subject)]
    return {
        "subject_type": "account",
        "subject_email": subject.email,
        "account": _account(subject),
        "workspaces": roles,
        "default_workspace_id": subject.current_workspace_id,
    }


def _account(account: Account) -> AccountSummary:
    return AccountSummary(id=account.id, email=account.email, name=account.name)


def _told(world: World, session: Session) -> wire.Session:
    zoned = world.clock.zoned
    return wire.Session(
        id=session.id,
        prefix=session.prefix,
        client_id=session.client_id,
        device_label=session.device_label,
        created_at=zoned(session.created_at),
        last_used_at=None if session.last_used_at is None else zoned(session.last_used_at),
        expires_at=zoned(session.expires_at),
    )

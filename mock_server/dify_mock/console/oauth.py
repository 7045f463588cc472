"""Handlers: signing in with an account elsewhere."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlencode

from dify_sdk.console.oauth import OAuth

from .. import console_sessions
from ..accounts import BANNED, FROZEN, Account, Integration
from ..elsewhere import PLACES, Person
from ..refusals import Refusal
from ..registry import handles
from ..tokens import claims_of, issue
from ..visit import Visit
from .root import BELONGS_NOWHERE


@handles(OAuth.login)
def login(
    visit: Visit,
    provider: str,
    *,
    invite_token: str | None = None,
    timezone: str | None = None,
    language: str | None = None,
    redirect_url: str | None = None,
) -> None:
    _check_place(provider)
    kept = {"invite_token": invite_token, "timezone": timezone, "language": language, "redirect_url": redirect_url}
    state = issue(visit.world, {name: value for name, value in kept.items() if value is not None})
    back = f"{visit.request.base_url}/console/api/oauth/authorize/{provider}"
    visit.headers["location"] = f"{PLACES[provider]}?{urlencode({'response_type': 'code', 'redirect_uri': back, 'state': state})}"


@handles(OAuth.callback)
def callback(visit: Visit, provider: str, *, code: str, state: str | None = None) -> None:
    _check_place(provider)
    person = visit.world.oauth.elsewhere.use(provider, code)
    if person is None:
        raise _failed("OAuth process failed")
    kept = claims_of(visit.world, state)
    visit.headers["location"] = f"{visit.request.base_url}{_invited(visit, person, kept) or _signed_in(visit, person, kept)}"


def _invited(visit: Visit, person: Person, kept: dict[str, Any]) -> str | None:
    """Where somebody goes who comes by an invitation."""
    invitation = visit.world.accounts.invitation(kept.get("invite_token", ""))
    if invitation is None:
        return None
    if invitation.account.email != person.email:
        return _refused("Invalid invitation token.")
    return f"/signin/invite-settings?invite_token={invitation.token}"


def _signed_in(visit: Visit, person: Person, kept: dict[str, Any]) -> str:
    """Where somebody goes who is let in, or is not."""
    accounts, account = visit.world.accounts, _account_of(visit, person)
    is_new = account is None
    if account is None:
        if not visit.world.settings.registration_is_open:
            return _refused("Invalid email or password")
        if accounts.is_frozen(person.email):
            return _refused(FROZEN)
        account = accounts.register(person.email, language=kept.get("language"), timezone=kept.get("timezone"))
        account.name = person.name
    if account.status == "banned":
        return _refused(BANNED)
    if next(accounts.workspaces_of(account), None) is None:
        return _refused(BELONGS_NOWHERE)
    if account.status == "pending":
        account.status = "active"
    account.integrations.setdefault(person.place, Integration(person.id, visit.world.clock.now()))
    console_sessions.begin(visit, account)
    return f"{_path(kept.get('redirect_url'))}?oauth_new_user={str(is_new).lower()}"


def _account_of(visit: Visit, person: Person) -> Account | None:
    """The account that was bound to the one elsewhere, or has its address."""
    for one in visit.world.accounts.known.values():
        bound = one.integrations.get(person.place)
        if bound is not None and bound.id == person.id:
            return one
    return visit.world.accounts.by_email(person.email)


def _path(wanted: str | None) -> str:
    """Where in the console to go on; nobody is sent to another place."""
    return wanted if wanted and wanted.startswith("/") and not wanted.startswith("//") else ""


def _refused(message: str) -> str:
    return f"/signin?message={quote(message)}"


def _check_place(provider: str) -> None:
    if provider not in PLACES:
        raise _failed("Invalid provider")


def _failed(message: str) -> Refusal:
    return Refusal(400, "bad_request", message, body={"error": message})

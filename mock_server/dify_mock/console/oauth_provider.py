"""Handlers: other programs that sign people in with their account here."""

from __future__ import annotations

from typing import Final

from dify_sdk.console.oauth import AuthorizationCode, GrantType, OAuthAccount, OAuthApp, OAuthToken, Provider

from ..oauth_clients import SECONDS, OAuthClient
from ..refusals import NoEntry, bad_request, not_found
from ..registry import handles
from ..visit import Visit

_TYPE: Final = "Bearer"


@handles(Provider.get_app, payload="OAuthProviderRequest", decorated=True)
def get_app(visit: Visit, *, client_id: str, redirect_uri: str) -> OAuthApp:
    client = _client(visit, client_id)
    _check_way_back(client, redirect_uri)
    return OAuthApp(app_icon=client.icon, app_label=client.label, scope=client.scope, auto_authorize=client.is_trusted)


@handles(Provider.authorize, payload="OAuthClientPayload")
def authorize(visit: Visit, *, client_id: str) -> AuthorizationCode:
    client = _client(visit, client_id)
    return AuthorizationCode(code=visit.world.oauth.clients.give("code", client, visit.account.id))


@handles(Provider.create_token, payload="OAuthTokenRequest", decorated=True)
def create_token(
    visit: Visit,
    *,
    client_id: str,
    grant_type: GrantType | str,
    code: str | None = None,
    client_secret: str | None = None,
    redirect_uri: str | None = None,
    refresh_token: str | None = None,
) -> OAuthToken:
    client = _client(visit, client_id)
    match grant_type:
        case "authorization_code":
            return _for_code(visit, client, code, client_secret, redirect_uri)
        case "refresh_token":
            return _for_refresh_token(visit, client, refresh_token)
        case _:
            raise bad_request("invalid grant_type")


@handles(Provider.get_account, payload="OAuthClientPayload")
def get_account(visit: Visit, *, client_id: str, access_token: str | None = None) -> OAuthAccount:
    client = _client(visit, client_id)
    if not visit.request.headers.get("authorization"):
        raise _unknown("Authorization header is required")
    holder = visit.world.oauth.clients.holder("access token", client, visit.request.bearer)
    account = visit.world.accounts.known.get(holder or "")
    if account is None:
        raise _unknown("access_token or client_id is invalid")
    return OAuthAccount(
        id=account.id,
        name=account.name,
        email=account.email,
        avatar=account.avatar,
        interface_language=account.interface_language,
        timezone=account.timezone,
    )


def _for_code(visit: Visit, client: OAuthClient, code: str | None, secret: str | None, way_back: str | None) -> OAuthToken:
    if not code:
        raise bad_request("code is required")
    if secret != client.secret:
        raise bad_request("client_secret is invalid")
    _check_way_back(client, way_back)
    holder = visit.world.oauth.clients.use("code", client, code)
    if holder is None:
        raise bad_request("invalid code")
    return _token(visit, client, holder, visit.world.oauth.clients.give("refresh token", client, holder))


def _for_refresh_token(visit: Visit, client: OAuthClient, refresh_token: str | None) -> OAuthToken:
    if not refresh_token:
        raise bad_request("refresh_token is required")
    holder = visit.world.oauth.clients.holder("refresh token", client, refresh_token)
    if holder is None:
        raise bad_request("invalid refresh token")
    return _token(visit, client, holder, refresh_token)


def _token(visit: Visit, client: OAuthClient, holder: str, refresh_token: str) -> OAuthToken:
    access_token = visit.world.oauth.clients.give("access token", client, holder)
    return OAuthToken(access_token=access_token, token_type=_TYPE, expires_in=SECONDS["access token"], refresh_token=refresh_token)


def _client(visit: Visit, client_id: str) -> OAuthClient:
    if not client_id:
        raise bad_request("client_id is required")
    if (found := visit.world.oauth.clients.known.get(client_id)) is None:
        raise not_found("client_id is invalid")
    return found


def _check_way_back(client: OAuthClient, redirect_uri: str | None) -> None:
    if redirect_uri not in client.redirect_uris:
        raise bad_request("redirect_uri is invalid")


def _unknown(message: str) -> NoEntry:
    return NoEntry(401, "unauthorized", message, {"www-authenticate": "Bearer"}, body={"error": message})

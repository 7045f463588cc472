"""Handlers: who may use a page."""

from __future__ import annotations

from dify_sdk.web.webapp import AccessMode, Permission, WebAppArea

from .. import passports
from ..refusals import invalid, not_found
from ..registry import handles
from ..visit import Visit


@handles(WebAppArea.access_mode)
def access_mode(visit: Visit, *, appId: str | None = None, appCode: str | None = None) -> AccessMode:
    enterprise = visit.world.enterprise
    if enterprise is None:
        return AccessMode(accessMode="public")
    if not appId and not appCode:
        raise invalid("appId or appCode must be provided")
    app = visit.world.apps.get(appId) if appId else visit.world.app_of(appCode)
    if app is None:
        raise not_found("Web app not found.", "app_not_found")
    return AccessMode(accessMode=enterprise.access_mode(app.id))


@handles(WebAppArea.permission, by_hand=("appId",))
def permission(visit: Visit, *, appId: str) -> Permission:
    if not appId or "x-app-code" not in visit.request.headers:
        raise invalid("appId must be provided")
    enterprise = visit.world.enterprise
    if enterprise is None or enterprise.access_mode(appId) != "private":
        return Permission(result=True)
    return Permission(result=enterprise.admits(appId, passports.signed_in_id(visit.world, visit.request)))

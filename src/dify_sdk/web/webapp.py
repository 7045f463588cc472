"""Web: who may use a page."""

from __future__ import annotations

from typing import Literal, TypeAlias

from .._endpoint import GET, M, Resource
from .._models import Model


class WebAppArea(Resource[M], area="web.webapp", key="none"):
    """Who may use a page."""

    @GET("/webapp/access-mode")
    def access_mode(self, *, appId: str | None = None, appCode: str | None = None) -> AccessMode:
        """Tell who may use a page.

        Args:
            appId: The app; or give its code.
            appCode: The code in the page's address.

        Raises:
            InvalidParamError: Neither is given.
            NotFoundError: There is no such app.
        """
        ...

    @GET("/webapp/permission", key="known")
    def permission(self, *, appId: str) -> Permission:
        """Tell whether the one who is signed in may use an app.

        Args:
            appId: The app.
        """
        ...


AccessModeName: TypeAlias = Literal["public", "private", "private_all", "sso_verified"]


class AccessMode(Model):
    """Who may use a page."""

    accessMode: AccessModeName | str


class Permission(Model):
    """Whether it is allowed."""

    result: bool

"""Inner: what plugins may know of apps."""

from __future__ import annotations

from .._endpoint import POST, M, Resource
from .answers import Answer
from .nodes import Values


class Apps(Resource[M], area="inner.apps", key="inner"):
    """What plugins may know of apps."""

    @POST("/fetch/app/info")
    def info(self, *, tenant_id: str, user_id: str, app_id: str) -> Answer[Values]:
        """Read what an app is and takes.

        Args:
            tenant_id: The workspace.
            user_id: The user.
            app_id: The app.

        Raises:
            InvalidParamError: An argument is refused.
            NotFoundError: The key is wrong.
        """
        ...

"""Console: the workflows of apps, and their versions."""

from __future__ import annotations

from typing import Annotated

from ..._endpoint import POST, M, Resource
from ..._models import Model
from ..._params import Within


class Workflows(Resource[M], area="console.apps.workflows", key="session"):
    """The workflows of apps, and their versions."""

    @POST("/apps/{app_id:uuid}/workflows/publish")
    def publish(
        self,
        app_id: str,
        *,
        marked_name: Annotated[str | None, Within(most=20)] = None,
        marked_comment: Annotated[str | None, Within(most=100)] = None,
    ) -> Publication:
        """Make the draft the current version.

        Args:
            app_id: The app, a workflow or a chatflow.
            marked_name: A name for the version, up to 20 characters.
            marked_comment: What is to be said of it, up to 100 characters.

        Raises:
            InvalidParamError: There is no draft.
            NotFoundError: There is no such app, or it has no workflow.
            PermissionDeniedError: The account may not.
        """
        ...


class Publication(Model):
    """A version that is current from now on."""

    result: str
    created_at: int

"""Console: apps, and everything below them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..._endpoint import GET, POST, M, Resource, area
from .dsl import AppDsl, AppImport, Dependencies, DslVersion, ImportMode

if TYPE_CHECKING:
    from .workflows import Workflows


class Apps(Resource[M], area="console.apps", key="session"):
    """The apps of the workspace."""

    @area
    def workflows(self) -> Workflows[M]:
        """The workflows of apps, and their versions."""
        from .workflows import Workflows

        return Workflows(self._core)

    # Apps as YAML.

    @GET("/app-dsl-version", key="none", since="1.16")
    def get_dsl_version(self) -> DslVersion:
        """Tell the version of the YAML that the server writes."""
        ...

    @GET("/apps/{app_id:uuid}/export")
    def export_dsl(self, app_id: str, *, include_secret: bool | None = None, workflow_id: str | None = None) -> AppDsl:
        """Export an app as YAML.

        Args:
            app_id: The app.
            include_secret: Whether secret variables go along.
            workflow_id: A published version, instead of the draft.

        Raises:
            InvalidParamError: There is nothing to export yet, or no such version.
            NotFoundError: There is no such app.
            PermissionDeniedError: The account may not.
        """
        ...

    @POST("/apps/imports")
    def import_dsl(
        self,
        *,
        mode: ImportMode,
        yaml_content: str | None = None,
        yaml_url: str | None = None,
        name: str | None = None,
        description: str | None = None,
        icon_type: str | None = None,
        icon: str | None = None,
        icon_background: str | None = None,
        app_id: str | None = None,
    ) -> AppImport:
        """Make an app from its YAML, or change one.

        A workflow becomes a draft, which `workflows.publish` makes the current version.
        An import of another version waits to be confirmed: its `status` is `pending`.

        Args:
            mode: Whether the YAML itself is given, or its address.
            yaml_content: The YAML.
            yaml_url: Its address.
            name: A name, instead of the one in the YAML.
            description: A description, instead of the one in the YAML.
            icon_type: What kind of icon it is.
            icon: An icon, instead of the one in the YAML.
            icon_background: The colour behind it.
            app_id: The app to change, a workflow or a chatflow.

        Raises:
            BadRequestError: The import failed; `body` is the import.
            PermissionDeniedError: The account may not.
        """
        ...

    @POST("/apps/imports/{import_id}/confirm")
    def confirm_import(self, import_id: str) -> AppImport:
        """Confirm an import that waits for it.

        Args:
            import_id: The import.

        Raises:
            BadRequestError: The import failed, or there is none; `body` is the import.
            PermissionDeniedError: The account may not.
        """
        ...

    @GET("/apps/imports/{app_id}/check-dependencies")
    def check_dependencies(self, app_id: str) -> Dependencies:
        """Tell which plugins an app needs and the workspace lacks; for ten minutes after its import.

        Args:
            app_id: The app.

        Raises:
            NotFoundError: There is no such app.
            PermissionDeniedError: The account may not.
        """
        ...

"""Console: apps as YAML, and what comes of them."""

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike
from pathlib import Path

from pydantic import Field

from ..._endpoint import GET, POST, M, Resource, flow
from ..._models import Model
from ..._steps import Steps
from ...shared.imports import (
    AppDsl as AppDsl,
    AppImport as AppImport,
    Dependencies as Dependencies,
    Dependency as Dependency,
    DslImportWarning as DslImportWarning,
    ImportMode as ImportMode,
)


class AppDsls(Resource[M], area="console.apps", key="session"):
    """Apps as YAML, and what comes of them."""

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
        """Make an app from its YAML, or change one. `deploy` goes on to what can be called.

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

    @flow
    def deploy(
        self, dsl: str, *, name: str | None = None, app_id: str | None = None, publish: bool = True, key: bool = True
    ) -> Steps[Deployment]:
        """Bring an app from its YAML to where it can be called: imported, confirmed where the server asks for it, published, with a key.

        Args:
            dsl: The YAML.
            name: A name, instead of the one in the YAML.
            app_id: The app to change, a workflow or a chatflow; a new one where it is not given.
            publish: Whether a workflow is published.
            key: Whether a key is wanted: the app's first one, or a new one where it has none.

        Raises:
            BadRequestError: The import failed, in the server's words; or what was imported cannot be published.
            PermissionDeniedError: The account may not.
        """
        from .deploying import deployed

        return deployed(dsl, name, app_id, publish=publish, key=key)

    @flow
    def export_all(self, folder: str | PathLike[str], *, include_secret: bool = False) -> Steps[Sequence[Path]]:
        """Export every app of the workspace into a folder, as `<name>-<first 8 of its id>.yml`; answers the files.

        A file that is there already is replaced. An app that the server does not export, as one without a workflow yet, keeps no other from
        being written: the error is raised when all others are, with a note for each app that is missing.

        Args:
            folder: The folder; made where there is none.
            include_secret: Whether secret variables go along.

        Raises:
            APIStatusError: Apps could not be exported: the first one's error, with notes that name them all.
            PermissionDeniedError: The account may not.
        """
        from .deploying import exported

        return exported(Path(folder), include_secret=include_secret)


class DslVersion(Model):
    """The version of the YAML that a server writes."""

    app_dsl_version: str


class Deployment(Model):
    """An app that can be called with its key. `imported` has the warnings of the import."""

    app_id: str
    app_mode: str | None = None
    key: str | None = Field(default=None, repr=False)
    imported: AppImport

"""Inner: what an enterprise's own management does with workspaces, apps and credentials."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import Field
from typing_extensions import TypedDict

from .._endpoint import GET, POST, M, Resource, area
from .._models import Model
from ..shared.imports import AppDsl as AppDsl, AppImport as AppImport, DslImportWarning as DslImportWarning
from .billing import Said


class CredentialParam(TypedDict):
    """A credential that is asked for."""

    credential_id: str
    provider: str
    kind: str


class EnterpriseApps(Resource[M], area="inner.enterprise.apps", key="inner"):
    """Apps."""

    @GET("/enterprise/apps/{app_id}/dsl", since="1.16")
    def export_dsl(self, app_id: str, *, include_secret: bool | None = None, workflow_id: str | None = None) -> AppDsl:
        """Export an app as YAML.

        Args:
            app_id: The app.
            include_secret: Whether secret variables go along.
            workflow_id: A published version, instead of the draft.

        Raises:
            AuthenticationError: The key is wrong.
            BadRequestError: The version is none, or is not published.
            NotFoundError: There is no such app or version.
        """
        ...


class EnterpriseCredentials(Resource[M], area="inner.enterprise.credentials", key="inner"):
    """Credentials."""

    @POST("/enterprise/credentials/resolve", since="1.16")
    def resolve(self, *, tenant_id: str, credentials: Sequence[CredentialParam] | None = None) -> ResolvedCredentials:
        """Read credentials in the clear.

        Args:
            tenant_id: The workspace.
            credentials: Which ones.

        Raises:
            AuthenticationError: The key is wrong.
            BadRequestError: One of them cannot be read.
            NotFoundError: There is no such workspace.
        """
        ...


class EnterpriseWorkspaces(Resource[M], area="inner.enterprise.workspaces", key="inner"):
    """Workspaces."""

    @POST("/enterprise/workspace")
    def create(self, *, name: str, owner_email: str) -> WorkspaceCreated:
        """Create a workspace.

        Args:
            name: Its name.
            owner_email: The account that it will belong to.

        Raises:
            AuthenticationError: The key is wrong.
            NotFoundError: There is no such account.
        """
        ...

    @POST("/enterprise/workspace/ownerless")
    def create_ownerless(self, *, name: str) -> WorkspaceCreated:
        """Create a workspace that belongs to nobody yet.

        Args:
            name: Its name.

        Raises:
            AuthenticationError: The key is wrong.
        """
        ...

    @POST("/enterprise/workspaces/{workspace_id}/dsl/import", since="1.16")
    def import_dsl(
        self, workspace_id: str, *, yaml_content: str, creator_email: str, name: str | None = None, description: str | None = None
    ) -> AppImport:
        """Make an app from YAML. Where the answer is `pending`, the YAML is of another version and waits for a confirmation.

        Args:
            workspace_id: The workspace.
            yaml_content: The YAML.
            creator_email: The account that the app will be by.
            name: A name in place of the one in the YAML.
            description: A description in place of the one in the YAML.

        Raises:
            AuthenticationError: The key is wrong.
            BadRequestError: The YAML cannot be imported.
            NotFoundError: There is no such workspace or account.
        """
        ...


class Enterprise(Resource[M], area="inner.enterprise", key="inner"):
    """What an enterprise's own management does."""

    @area
    def apps(self) -> EnterpriseApps[M]:
        """Apps."""
        return EnterpriseApps(self._core)

    @area
    def credentials(self) -> EnterpriseCredentials[M]:
        """Credentials."""
        return EnterpriseCredentials(self._core)

    @area
    def workspaces(self) -> EnterpriseWorkspaces[M]:
        """Workspaces."""
        return EnterpriseWorkspaces(self._core)

    @POST("/enterprise/mail")
    def send_mail(self, *, to: Sequence[str], subject: str, body: str, substitutions: Mapping[str, Any] | None = None) -> Said:
        """Send a mail.

        Args:
            to: The addresses.
            subject: The subject.
            body: The text, with names of substitutions in double braces.
            substitutions: What stands for the names.

        Raises:
            AuthenticationError: The key is wrong.
            NotFoundError: The server has its inner API switched off.
        """
        ...


class ResolvedCredential(Model):
    """A credential in the clear."""

    credential_id: str
    kind: str
    provider: str
    values: dict[str, Any] = Field(default={}, repr=False)


class ResolvedCredentials(Model):
    """Credentials in the clear."""

    credentials: list[ResolvedCredential] = []


class Workspace(Model):
    """A workspace. Times are ISO 8601."""

    id: str
    name: str
    encrypt_public_key: str | None = None
    plan: str = ""
    status: str = ""
    custom_config: dict[str, Any] | None = None
    created_at: str | None = None
    updated_at: str | None = None


class WorkspaceCreated(Model):
    """A new workspace."""

    message: str
    tenant: Workspace

"""Console: the configurations of the agents in workflows, and their files."""

from __future__ import annotations

from typing import Annotated

from ..._endpoint import DELETE, GET, POST, M, Resource, area
from ..._params import In
from ...shared.agents import AgentManifest as AgentManifest, FilePreview as FilePreview
from ..agent_configs import (
    ConfigFileAdded as ConfigFileAdded,
    ConfigFileList as ConfigFileList,
    ConfigItemsRemoved as ConfigItemsRemoved,
    DownloadAddress as DownloadAddress,
    DraftType as DraftType,
)
from .agent_skills import AgentConfigSkills


class AgentConfigFiles(Resource[M], area="console.apps.agent_config.files", key="session"):
    """The files in a configuration."""

    @GET("/apps/{app_id:uuid}/agent/config/files", since="1.16")
    def list(
        self,
        app_id: str,
        *,
        node_id: str | None = None,
        version_id: str | None = None,
        draft_type: DraftType | None = None,
    ) -> ConfigFileList:
        """List the files of a configuration.

        Args:
            app_id: The app.
            node_id: The node of the workflow that the agent stands behind.
            version_id: A published version; the one that is being edited if not given.
            draft_type: `debug_build` for the account's own copy of what is being edited.

        Raises:
            BadRequestError: No agent stands behind the node.
            NotFoundError: No such app or version.
        """
        ...

    @POST("/apps/{app_id:uuid}/agent/config/files", status=201, since="1.16")
    def create(
        self,
        app_id: str,
        *,
        upload_file_id: str,
        node_id: Annotated[str | None, In("query")] = None,
        version_id: Annotated[str | None, In("query")] = None,
        draft_type: Annotated[DraftType | None, In("query")] = None,
    ) -> ConfigFileAdded:
        """Put an upload into a configuration, in the place of a file of the same name.

        Args:
            app_id: The app.
            upload_file_id: The upload; `files.upload` of the console makes one.
            node_id: The node of the workflow that the agent stands behind.
            version_id: A published version; the one that is being edited if not given.
            draft_type: `debug_build` for the account's own copy of what is being edited.

        Raises:
            BadRequestError: No agent stands behind the node.
            NotFoundError: No such app, version or upload.
            PermissionDeniedError: The account may not, or the version cannot be written.
        """
        ...

    @DELETE("/apps/{app_id:uuid}/agent/config/files/{file_name}", since="1.16")
    def delete(
        self,
        app_id: str,
        file_name: str,
        *,
        node_id: str | None = None,
        version_id: str | None = None,
        draft_type: DraftType | None = None,
    ) -> ConfigItemsRemoved:
        """Take a file out of a configuration.

        Args:
            app_id: The app.
            file_name: The file.
            node_id: The node of the workflow that the agent stands behind.
            version_id: A published version; the one that is being edited if not given.
            draft_type: `debug_build` for the account's own copy of what is being edited.

        Raises:
            BadRequestError: No agent stands behind the node.
            NotFoundError: No such app or version.
            PermissionDeniedError: The account may not, or the version cannot be written.
        """
        ...

    @GET("/apps/{app_id:uuid}/agent/config/files/{file_name}/download", since="1.16")
    def download(
        self,
        app_id: str,
        file_name: str,
        *,
        node_id: str | None = None,
        version_id: str | None = None,
        draft_type: DraftType | None = None,
    ) -> DownloadAddress:
        """Ask for the address of a file; `files.download_url` of the console fetches it.

        Args:
            app_id: The app.
            file_name: The file.
            node_id: The node of the workflow that the agent stands behind.
            version_id: A published version; the one that is being edited if not given.
            draft_type: `debug_build` for the account's own copy of what is being edited.

        Raises:
            BadRequestError: No agent stands behind the node.
            NotFoundError: No such app, version or file.
        """
        ...

    @GET("/apps/{app_id:uuid}/agent/config/files/{file_name}/preview", since="1.16")
    def preview(
        self,
        app_id: str,
        file_name: str,
        *,
        node_id: str | None = None,
        version_id: str | None = None,
        draft_type: DraftType | None = None,
    ) -> FilePreview:
        """Read the beginning of a file.

        Args:
            app_id: The app.
            file_name: The file.
            node_id: The node of the workflow that the agent stands behind.
            version_id: A published version; the one that is being edited if not given.
            draft_type: `debug_build` for the account's own copy of what is being edited.

        Raises:
            BadRequestError: No agent stands behind the node.
            NotFoundError: No such app, version or file.
        """
        ...


class AgentConfigs(Resource[M], area="console.apps.agent_config", key="session"):
    """The configurations of the agents in workflows. Drafts can be written, published versions only be read."""

    @area
    def files(self) -> AgentConfigFiles[M]:
        """The files in a configuration."""
        return AgentConfigFiles(self._core)

    @area
    def skills(self) -> AgentConfigSkills[M]:
        """The skills in a configuration."""
        return AgentConfigSkills(self._core)

    @GET("/apps/{app_id:uuid}/agent/config/manifest", since="1.16")
    def get_manifest(
        self,
        app_id: str,
        *,
        node_id: str | None = None,
        version_id: str | None = None,
        draft_type: DraftType | None = None,
    ) -> AgentManifest:
        """Read what a configuration consists of.

        Args:
            app_id: The app.
            node_id: The node of the workflow that the agent stands behind.
            version_id: A published version; the one that is being edited if not given.
            draft_type: `debug_build` for the account's own copy of what is being edited.

        Raises:
            BadRequestError: No agent stands behind the node.
            NotFoundError: No such app or version.
        """
        ...

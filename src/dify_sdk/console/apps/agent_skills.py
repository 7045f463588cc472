"""Console: the skills of the agents in workflows."""

from __future__ import annotations

from typing import Annotated

from ..._endpoint import DELETE, GET, POST, M, Resource
from ..._files import File
from ..._params import In, Upload
from ...shared.agents import FilePreview as FilePreview, SkillInspection as SkillInspection
from ..agent_configs import (
    ConfigItemsRemoved as ConfigItemsRemoved,
    ConfigSkillAdded as ConfigSkillAdded,
    ConfigSkillList as ConfigSkillList,
    DownloadAddress as DownloadAddress,
    DraftType as DraftType,
)


class AgentConfigSkills(Resource[M], area="console.apps.agent_config.skills", key="session"):
    """The skills in a configuration."""

    @GET("/apps/{app_id:uuid}/agent/config/skills", since="1.16")
    def list(
        self,
        app_id: str,
        *,
        node_id: str | None = None,
        version_id: str | None = None,
        draft_type: DraftType | None = None,
    ) -> ConfigSkillList:
        """List the skills of a configuration.

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

    @POST("/apps/{app_id:uuid}/agent/config/skills/upload", status=201, since="1.16")
    def upload(
        self,
        app_id: str,
        *,
        file: Upload,
        node_id: Annotated[str | None, In("query")] = None,
        version_id: Annotated[str | None, In("query")] = None,
        draft_type: Annotated[DraftType | None, In("query")] = None,
    ) -> ConfigSkillAdded:
        """Put a skill into a configuration, in the place of one of the same name.

        Args:
            app_id: The app.
            file: A packed folder, `.zip` or `.skill`, with a `SKILL.md` that begins with its name and what it is for.
            node_id: The node of the workflow that the agent stands behind.
            version_id: A published version; the one that is being edited if not given.
            draft_type: `debug_build` for the account's own copy of what is being edited.

        Raises:
            BadRequestError: It is no such folder, or no agent stands behind the node.
            PermissionDeniedError: The account may not, or the version cannot be written.
        """
        ...

    @GET("/apps/{app_id:uuid}/agent/config/skills/{skill_name}/inspect", since="1.16")
    def inspect(
        self,
        app_id: str,
        skill_name: str,
        *,
        node_id: str | None = None,
        version_id: str | None = None,
        draft_type: DraftType | None = None,
    ) -> SkillInspection:
        """Look into a skill.

        Args:
            app_id: The app.
            skill_name: The skill.
            node_id: The node of the workflow that the agent stands behind.
            version_id: A published version; the one that is being edited if not given.
            draft_type: `debug_build` for the account's own copy of what is being edited.

        Raises:
            BadRequestError: No agent stands behind the node.
            NotFoundError: No such app, version or skill.
        """
        ...

    @DELETE("/apps/{app_id:uuid}/agent/config/skills/{skill_name}", since="1.16")
    def delete(
        self,
        app_id: str,
        skill_name: str,
        *,
        node_id: str | None = None,
        version_id: str | None = None,
        draft_type: DraftType | None = None,
    ) -> ConfigItemsRemoved:
        """Take a skill out of a configuration.

        Args:
            app_id: The app.
            skill_name: The skill.
            node_id: The node of the workflow that the agent stands behind.
            version_id: A published version; the one that is being edited if not given.
            draft_type: `debug_build` for the account's own copy of what is being edited.

        Raises:
            BadRequestError: No agent stands behind the node.
            NotFoundError: No such app or version.
            PermissionDeniedError: The account may not, or the version cannot be written.
        """
        ...

    @GET("/apps/{app_id:uuid}/agent/config/skills/{skill_name}/download", since="1.16")
    def download(
        self,
        app_id: str,
        skill_name: str,
        *,
        node_id: str | None = None,
        version_id: str | None = None,
        draft_type: DraftType | None = None,
    ) -> DownloadAddress:
        """Ask for the address of a skill, packed; `files.download_url` of the console fetches it.

        Args:
            app_id: The app.
            skill_name: The skill.
            node_id: The node of the workflow that the agent stands behind.
            version_id: A published version; the one that is being edited if not given.
            draft_type: `debug_build` for the account's own copy of what is being edited.

        Raises:
            BadRequestError: No agent stands behind the node.
            NotFoundError: No such app, version or skill.
        """
        ...

    @GET("/apps/{app_id:uuid}/agent/config/skills/{skill_name}/files/preview", since="1.16")
    def preview_file(
        self,
        app_id: str,
        skill_name: str,
        *,
        path: str,
        node_id: str | None = None,
        version_id: str | None = None,
        draft_type: DraftType | None = None,
    ) -> FilePreview:
        """Read the beginning of a file in a skill.

        Args:
            app_id: The app.
            skill_name: The skill.
            path: Where the file lies in the skill.
            node_id: The node of the workflow that the agent stands behind.
            version_id: A published version; the one that is being edited if not given.
            draft_type: `debug_build` for the account's own copy of what is being edited.

        Raises:
            BadRequestError: No agent stands behind the node.
            NotFoundError: No such app, version or file.
        """
        ...

    @GET.file("/apps/{app_id:uuid}/agent/config/skills/{skill_name}/files/content", since="1.16")
    def get_file_content(
        self,
        app_id: str,
        skill_name: str,
        *,
        path: str,
        node_id: str | None = None,
        version_id: str | None = None,
        draft_type: DraftType | None = None,
    ) -> File:
        """Fetch a file in a skill.

        Args:
            app_id: The app.
            skill_name: The skill.
            path: Where the file lies in the skill.
            node_id: The node of the workflow that the agent stands behind.
            version_id: A published version; the one that is being edited if not given.
            draft_type: `debug_build` for the account's own copy of what is being edited.

        Raises:
            BadRequestError: No agent stands behind the node.
            NotFoundError: No such app, version or file.
        """
        ...

    @GET("/apps/{app_id:uuid}/agent/config/skills/{skill_name}/files/download", since="1.16")
    def download_file(
        self,
        app_id: str,
        skill_name: str,
        *,
        path: str,
        node_id: str | None = None,
        version_id: str | None = None,
        draft_type: DraftType | None = None,
    ) -> DownloadAddress:
        """Ask for the address of a file in a skill: that of `get_file_content`, which wants the session too.

        Args:
            app_id: The app.
            skill_name: The skill.
            path: Where the file lies in the skill.
            node_id: The node of the workflow that the agent stands behind.
            version_id: A published version; the one that is being edited if not given.
            draft_type: `debug_build` for the account's own copy of what is being edited.

        Raises:
            BadRequestError: No agent stands behind the node.
            NotFoundError: No such app, version or file.
        """
        ...

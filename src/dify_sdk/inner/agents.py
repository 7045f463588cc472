"""Inner: the configurations of agents, and the files that they work with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from pydantic import Field
from typing_extensions import TypedDict

from .._endpoint import GET, PATCH, POST, PUT, M, Resource, area
from .._models import Model
from ..shared.agents import (
    AgentManifest as AgentManifest,
    ConfigFile as ConfigFile,
    ConfigFiles as ConfigFiles,
    ConfigSkill as ConfigSkill,
    ConfigSkills as ConfigSkills,
    ConfigVersion as ConfigVersion,
    ConfigVersionKind as ConfigVersionKind,
    FilePreview as FilePreview,
    SkillFile as SkillFile,
    SkillInspection as SkillInspection,
)
from .files import FileReferenceParam, InvokedFrom, UserFrom


class ConfigItemParam(TypedDict):
    """A file or a skill of a configuration."""

    kind: Literal["file", "skill"]
    name: str


class AgentSkills(Resource[M], area="inner.agent_config.skills", key="inner"):
    """The skills in a configuration."""

    @GET("/agent-config/{agent_id}/skills/{skill_name}/inspect", since="1.16")
    def inspect(
        self,
        agent_id: str,
        skill_name: str,
        *,
        tenant_id: str,
        config_version_id: str,
        config_version_kind: ConfigVersionKind,
        user_id: str | None = None,
    ) -> SkillInspection:
        """Look into a skill.

        Args:
            agent_id: The agent.
            skill_name: The skill.
            tenant_id: The workspace.
            config_version_id: The version of the configuration.
            config_version_kind: What kind of version it is.
            user_id: For whom.

        Raises:
            BadRequestError: An argument is refused.
            NotFoundError: There is no such agent, version or skill; or the key is wrong.
        """
        ...


class AgentConfigs(Resource[M], area="inner.agent_config", key="inner"):
    """The configurations of agents, version by version."""

    @area
    def skills(self) -> AgentSkills[M]:
        """The skills in a configuration."""
        return AgentSkills(self._core)

    @GET("/agent-config/{agent_id}/manifest", since="1.16")
    def get_manifest(
        self,
        agent_id: str,
        *,
        tenant_id: str,
        config_version_id: str,
        config_version_kind: ConfigVersionKind,
        user_id: str | None = None,
    ) -> AgentManifest:
        """Read what a configuration consists of.

        Args:
            agent_id: The agent.
            tenant_id: The workspace.
            config_version_id: The version of the configuration.
            config_version_kind: What kind of version it is.
            user_id: For whom.

        Raises:
            BadRequestError: An argument is refused.
            NotFoundError: There is no such agent or version; or the key is wrong.
        """
        ...

    @POST("/agent-config/{agent_id}/push", since="1.16")
    def push(
        self,
        agent_id: str,
        *,
        tenant_id: str,
        user_id: str,
        config_version_id: str,
        config_version_kind: ConfigVersionKind,
        files: Sequence[Mapping[str, Any]] | None = None,
        skills: Sequence[Mapping[str, Any]] | None = None,
        env_text: str | None = None,
        note: str | None = None,
    ) -> AgentManifest:
        """Write parts of a configuration.

        Args:
            agent_id: The agent.
            tenant_id: The workspace.
            user_id: In whose name.
            config_version_id: The version of the configuration.
            config_version_kind: What kind of version it is.
            files: The files that it gets.
            skills: The skills that it gets.
            env_text: The environment, in lines of `NAME=value`.
            note: The note.

        Raises:
            BadRequestError: An argument is refused, or the version cannot be written.
            NotFoundError: There is no such agent or version; or the key is wrong.
        """
        ...

    @PATCH("/agent-config/{agent_id}/env", since="1.16")
    def update_env(
        self,
        agent_id: str,
        *,
        tenant_id: str,
        user_id: str,
        config_version_id: str,
        config_version_kind: ConfigVersionKind,
        env_text: str,
    ) -> AgentEnv:
        """Change the environment of a configuration.

        Args:
            agent_id: The agent.
            tenant_id: The workspace.
            user_id: In whose name.
            config_version_id: The version of the configuration.
            config_version_kind: What kind of version it is.
            env_text: The environment, in lines of `NAME=value`.

        Raises:
            BadRequestError: An argument is refused, or the version cannot be written.
            NotFoundError: There is no such agent or version; or the key is wrong.
        """
        ...

    @PUT("/agent-config/{agent_id}/note", since="1.16")
    def update_note(
        self, agent_id: str, *, tenant_id: str, user_id: str, config_version_id: str, config_version_kind: ConfigVersionKind, note: str
    ) -> AgentNote:
        """Change the note of a configuration.

        Args:
            agent_id: The agent.
            tenant_id: The workspace.
            user_id: In whose name.
            config_version_id: The version of the configuration.
            config_version_kind: What kind of version it is.
            note: The note.

        Raises:
            BadRequestError: An argument is refused, or the version cannot be written.
            NotFoundError: There is no such agent or version; or the key is wrong.
        """
        ...

    @POST("/agent-config/{agent_id}/download-request", since="1.16")
    def request_download(
        self,
        agent_id: str,
        *,
        tenant_id: str,
        config_version_id: str,
        config_version_kind: ConfigVersionKind,
        config: ConfigItemParam,
        user_id: str | None = None,
    ) -> AgentDownload:
        """Ask for the address of a file or a skill.

        Args:
            agent_id: The agent.
            tenant_id: The workspace.
            config_version_id: The version of the configuration.
            config_version_kind: What kind of version it is.
            config: The file or the skill.
            user_id: For whom.

        Raises:
            BadRequestError: An argument is refused.
            NotFoundError: There is no such thing in this version; or the key is wrong.
        """
        ...


class AgentFiles(Resource[M], area="inner.agent_files", key="inner"):
    """The files that agents work with."""

    @POST("/agent/files/download-request", since="1.16")
    def request_download(
        self,
        *,
        tenant_id: str,
        user_id: str,
        user_from: UserFrom,
        invoke_from: InvokedFrom,
        file: FileReferenceParam,
        for_frontend: bool | None = None,
    ) -> AgentDownload:
        """Ask for the address of a file.

        Args:
            tenant_id: The workspace.
            user_id: The user.
            user_from: Whether that is an account or an end user.
            invoke_from: Where the run was started from.
            file: The file.
            for_frontend: Whether the address is for a browser; for the server's own network if not.

        Raises:
            NotFoundError: There is no such file for this user; or the key is wrong.
        """
        ...

    @POST("/agent/files/upload-request", since="1.16")
    def request_upload(
        self,
        *,
        tenant_id: str,
        user_id: str,
        filename: str,
        mimetype: str,
        max_size: int,
        user_from: UserFrom | None = None,
        conversation_id: str | None = None,
    ) -> AgentUpload:
        """Ask for an address to upload a file to.

        Args:
            tenant_id: The workspace.
            user_id: Whom the file will belong to.
            filename: Its name.
            mimetype: Its media type.
            max_size: Its largest size, in bytes.
            user_from: Whether the user is an account or an end user.
            conversation_id: The conversation that it will belong to.

        Raises:
            InvalidParamError: An argument is refused.
            NotFoundError: There is no such workspace; or the key is wrong.
        """
        ...


class AgentDownload(Model):
    """A file, and where it can be fetched."""

    filename: str
    mime_type: str | None = None
    size: int
    download_uri: str = Field(repr=False)


class AgentUpload(Model):
    """Where a file can be uploaded to."""

    upload_uri: str = Field(repr=False)


class AgentEnv(Model):
    """The names in an environment."""

    env_keys: list[str] = []


class AgentNote(Model):
    """The note of a configuration."""

    note: str | None = None

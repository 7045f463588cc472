"""The configurations of agents, as several tiers tell them."""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

from pydantic import Field

from .._models import Model

ConfigVersionKind: TypeAlias = Literal["snapshot", "draft", "build_draft"]


class ConfigVersion(Model):
    """A version of a configuration."""

    id: str
    kind: ConfigVersionKind | str
    writable: bool = False


class ConfigFile(Model):
    """A file in a configuration. `size` is in bytes."""

    id: str
    name: str
    file_id: str | None = None
    is_missing: bool = False
    size: int | None = None
    hash: str | None = None
    mime_type: str | None = None


class ConfigSkill(ConfigFile):
    """A skill in a configuration: a packed folder."""

    description: str | None = None


class ConfigFiles(Model):
    """The files in a configuration."""

    items: list[ConfigFile] = []


class ConfigSkills(Model):
    """The skills in a configuration."""

    items: list[ConfigSkill] = []


class AgentManifest(Model):
    """What a configuration consists of. Of the environment only the names are told."""

    agent_id: str
    config_version: ConfigVersion
    skills: ConfigSkills = Field(default_factory=ConfigSkills)
    files: ConfigFiles = Field(default_factory=ConfigFiles)
    env_keys: list[str] = []
    note: str | None = None


class SkillFile(Model):
    """A file or a folder in a skill."""

    path: str
    name: str
    type: Literal["file", "directory"] | str
    previewable: bool = False
    downloadable: bool = False


class FilePreview(Model):
    """The beginning of a file, where it is a text; named by itself, or by its path in a skill. `size` is in bytes."""

    name: str | None = None
    path: str | None = None
    size: int | None = None
    truncated: bool
    binary: bool
    text: str | None = None


class SkillInspection(ConfigSkill):
    """A skill, looked into: all that is in it, and its `SKILL.md`."""

    source: str = "config_skill_zip"
    files: list[SkillFile] = []
    file_tree: list[dict[str, Any]] | None = None
    skill_md: FilePreview | str
    warnings: list[Any] = []

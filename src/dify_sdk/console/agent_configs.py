"""Console: the configurations of agents, and what changes in them."""

from __future__ import annotations

from typing import Literal, TypeAlias

from pydantic import Field

from .._models import Model
from ..shared.agents import ConfigFile, ConfigFiles, ConfigSkill, ConfigSkills, ConfigVersion
from ..shared.results import Result

DraftType: TypeAlias = Literal["draft", "debug_build"]


class ConfigFileList(ConfigFiles):
    """The files in a configuration, and which one it is."""

    agent_id: str
    config_version: ConfigVersion


class ConfigSkillList(ConfigSkills):
    """The skills in a configuration, and which one it is."""

    agent_id: str
    config_version: ConfigVersion


class ConfigFileAdded(Model):
    """A file that came into a configuration."""

    file: ConfigFile
    config_version: ConfigVersion


class ConfigSkillAdded(Model):
    """A skill that came into a configuration."""

    skill: ConfigSkill
    config_version: ConfigVersion


class ConfigItemsRemoved(Result):
    """What went out of a configuration."""

    removed_names: list[str] = []


class DownloadAddress(Model):
    """Where something can be fetched."""

    url: str = Field(repr=False)

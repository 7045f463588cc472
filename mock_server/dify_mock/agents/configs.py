"""What is done with a configuration, whichever tier asks for it."""

from __future__ import annotations

import hashlib
from codecs import getincrementaldecoder
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from dify_sdk.shared import agents as told

from ..attachments import tool_url, upload_url
from ..visit import Visit
from ..world import World
from .packages import SKILL_MD, contents, refused, unpack
from .state import Agent, Asset, Version

_SHOWN: Final = 64 * 1024
"""Bytes of a file."""


@dataclass(frozen=True)
class Config:
    """A version of an agent's configuration."""

    agent: Agent
    version: Version

    @property
    def reference(self) -> told.ConfigVersion:
        """Which one it is."""
        return told.ConfigVersion(id=self.version.id, kind=self.version.kind, writable=self.version.kind != "snapshot")

    @property
    def files(self) -> list[told.ConfigFile]:
        """The files in it."""
        return [file_item(one) for one in self.version.files.values()]

    @property
    def skills(self) -> list[told.ConfigSkill]:
        """The skills in it."""
        return [skill_item(one) for one in self.version.skills.values()]

    @property
    def manifest(self) -> told.AgentManifest:
        """All that it consists of."""
        return told.AgentManifest(
            agent_id=self.agent.id,
            config_version=self.reference,
            skills=told.ConfigSkills(items=self.skills),
            files=told.ConfigFiles(items=self.files),
            env_keys=list(self.version.env),
            note=self.version.note,
        )

    def file(self, name: str) -> Asset:
        """A file in it."""
        if name not in self.version.files:
            raise refused(404, "config_file_not_found", "config file not found")
        return self.version.files[name]

    def skill(self, name: str) -> Asset:
        """A skill in it."""
        if name not in self.version.skills:
            raise refused(404, "config_skill_not_found", "config skill not found")
        return self.version.skills[name]


def file_item(asset: Asset) -> told.ConfigFile:
    """A file as the wire has it: its name is its id."""
    return told.ConfigFile(
        id=asset.name,
        name=asset.name,
        file_id=asset.file_id,
        is_missing=False,
        size=asset.size,
        hash=asset.hash,
        mime_type=asset.mime_type,
    )


def skill_item(asset: Asset) -> told.ConfigSkill:
    """A skill as the wire has it."""
    return told.ConfigSkill(**file_item(asset).model_dump(), description=asset.description)


def put_skill(world: World, config: Config, content: bytes, filename: str, name: str | None = None) -> Asset:
    """Put a skill into a configuration; under a name that was asked for, if that is its own."""
    skill = unpack(content, filename)
    if name not in {None, skill.name}:
        raise refused(400, "skill_name_mismatch", "skill package name must match the requested config skill name")
    packed = skill.packed()
    kept = world.tool_file(packed, "zip", "application/zip", f"{skill.name}.zip")
    digest = hashlib.sha256(packed).hexdigest()
    made = Asset(skill.name, kept.id, len(packed), kept.mime_type, digest, skill.description)
    config.version.skills[made.name] = made
    return made


def from_upload(world: World, file_id: str, workspace_id: str) -> Asset | None:
    """An upload as a file of a configuration, if it is one of the workspace."""
    kept = world.upload_files.get(file_id)
    if kept is None or world.workspace_of(kept) != workspace_id:
        return None
    return Asset(kept.name, kept.id, len(kept.content), kept.mime_type, hashlib.sha3_256(kept.content).hexdigest())


def content_of(world: World, asset: Asset) -> bytes:
    """The bytes of a file or a packed skill."""
    found = world.tool_files.get(asset.file_id) or world.upload_files.get(asset.file_id)
    if found is None:
        raise refused(404, "config_file_not_found", "config file payload is missing")
    return found.content


def member_of(world: World, skill: Asset, path: str) -> bytes:
    """The bytes of a file in a skill."""
    held = contents(content_of(world, skill))
    if path not in held:
        raise refused(404, "config_skill_file_not_found", "config skill file not found")
    return held[path]


def address_of(visit: Visit, asset: Asset) -> str:
    """Where a file or a packed skill can be fetched."""
    world, base_url = visit.world, visit.request.base_url
    at = tool_url if asset.file_id in world.tool_files else upload_url
    return f"{at(world, base_url, asset.file_id)}&as_attachment=true"


def preview(content: bytes) -> Mapping[str, Any]:
    """The beginning of a file, if it is a text."""
    is_cut = len(content) > _SHOWN
    text = _text(content[:_SHOWN], is_cut=is_cut)
    return {"size": len(content), "truncated": is_cut, "binary": text is None, "text": text}


def _text(content: bytes, *, is_cut: bool) -> str | None:
    """The text that bytes are, if they are one; half a character may be at the cut."""
    try:
        return None if b"\x00" in content else getincrementaldecoder("utf-8")().decode(content, final=not is_cut)
    except UnicodeDecodeError:
        return None


def inspection(world: World, skill: Asset) -> told.SkillInspection:
    """A skill, looked into."""
    held = contents(content_of(world, skill))
    folders = {path.rsplit("/", depth)[0] for path in held for depth in range(1, path.count("/") + 1)}
    listed = [(path, "directory") for path in folders] + [(path, "file") for path in held]
    return told.SkillInspection(
        **skill_item(skill).model_dump(),
        source="config_skill_zip",
        files=[_listed(path, kind) for path, kind in sorted(listed)],
        skill_md=told.FilePreview.model_validate({"path": SKILL_MD, **preview(held[SKILL_MD])}),
        warnings=[],
    )


def _listed(path: str, kind: str) -> told.SkillFile:
    is_file = kind == "file"
    return told.SkillFile(path=path, name=path.rpartition("/")[2], type=kind, previewable=is_file, downloadable=is_file)

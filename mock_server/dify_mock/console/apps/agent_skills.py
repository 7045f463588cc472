"""Handlers: the skills of the agents in workflows."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from dify_sdk._files import File
from dify_sdk._params import Upload
from dify_sdk.console.agent_configs import ConfigItemsRemoved, ConfigSkillAdded, ConfigSkillList, DownloadAddress, DraftType
from dify_sdk.console.apps.agent_skills import AgentConfigSkills
from dify_sdk.shared.agents import FilePreview, SkillInspection

from ...accounts import EDITORS
from ...agents.configs import address_of, inspection, member_of, preview, put_skill, skill_item
from ...agents.packages import refused
from ...registry import handles
from ...visit import Visit
from .agent_config import FLOWS, config_of, writable


@handles(AgentConfigSkills.list, modes=FLOWS)
def list_skills(
    visit: Visit, app_id: str, *, node_id: str | None = None, version_id: str | None = None, draft_type: DraftType | None = None
) -> ConfigSkillList:
    config = config_of(visit, node_id, version_id, draft_type)
    return ConfigSkillList(agent_id=config.agent.id, config_version=config.reference, items=config.skills)


@handles(AgentConfigSkills.upload, modes=FLOWS, roles=EDITORS, no_file=(400, "no_file", "no skill file uploaded"))
def upload(
    visit: Visit,
    app_id: str,
    *,
    file: Upload,
    node_id: str | None = None,
    version_id: str | None = None,
    draft_type: DraftType | None = None,
) -> ConfigSkillAdded:
    config = writable(visit, node_id, version_id, draft_type)
    if len(visit.request.form.files) > 1:
        raise refused(400, "too_many_files", "only one skill file is allowed")
    given = File.of(file)
    made = put_skill(visit.world, config, given.read(), given.name)
    return ConfigSkillAdded(skill=skill_item(made), config_version=config.reference)


@handles(AgentConfigSkills.inspect, modes=FLOWS)
def inspect(
    visit: Visit,
    app_id: str,
    skill_name: str,
    *,
    node_id: str | None = None,
    version_id: str | None = None,
    draft_type: DraftType | None = None,
) -> SkillInspection:
    return inspection(visit.world, config_of(visit, node_id, version_id, draft_type).skill(skill_name))


@handles(AgentConfigSkills.delete, modes=FLOWS, roles=EDITORS)
def delete(
    visit: Visit,
    app_id: str,
    skill_name: str,
    *,
    node_id: str | None = None,
    version_id: str | None = None,
    draft_type: DraftType | None = None,
) -> ConfigItemsRemoved:
    writable(visit, node_id, version_id, draft_type).version.skills.pop(skill_name, None)
    return ConfigItemsRemoved(result="success", removed_names=[skill_name])


@handles(AgentConfigSkills.download, modes=FLOWS)
def download(
    visit: Visit,
    app_id: str,
    skill_name: str,
    *,
    node_id: str | None = None,
    version_id: str | None = None,
    draft_type: DraftType | None = None,
) -> DownloadAddress:
    return DownloadAddress(url=address_of(visit, config_of(visit, node_id, version_id, draft_type).skill(skill_name)))


@handles(AgentConfigSkills.preview_file, modes=FLOWS)
def preview_file(
    visit: Visit,
    app_id: str,
    skill_name: str,
    *,
    path: str,
    node_id: str | None = None,
    version_id: str | None = None,
    draft_type: DraftType | None = None,
) -> FilePreview:
    skill = config_of(visit, node_id, version_id, draft_type).skill(skill_name)
    return FilePreview(path=path, **preview(member_of(visit.world, skill, path)))


@handles(AgentConfigSkills.get_file_content, modes=FLOWS)
def get_file_content(
    visit: Visit,
    app_id: str,
    skill_name: str,
    *,
    path: str,
    node_id: str | None = None,
    version_id: str | None = None,
    draft_type: DraftType | None = None,
) -> File:
    skill = config_of(visit, node_id, version_id, draft_type).skill(skill_name)
    return File(member_of(visit.world, skill, path), path.rpartition("/")[2], "application/octet-stream")


@handles(AgentConfigSkills.download_file, modes=FLOWS)
def download_file(
    visit: Visit,
    app_id: str,
    skill_name: str,
    *,
    path: str,
    node_id: str | None = None,
    version_id: str | None = None,
    draft_type: DraftType | None = None,
) -> DownloadAddress:
    member_of(visit.world, config_of(visit, node_id, version_id, draft_type).skill(skill_name), path)
    asked = {"path": path, "node_id": node_id, "version_id": version_id, "draft_type": draft_type}
    query = urlencode({name: value for name, value in asked.items() if value})
    content = f"/console/api/apps/{app_id}/agent/config/skills/{quote(skill_name, safe='')}/files/content"
    return DownloadAddress(url=f"{content}?{query}")

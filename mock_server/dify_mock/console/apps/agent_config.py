"""Handlers: the configurations of the agents in workflows, and their files."""

from __future__ import annotations

from typing import Final

from dify_sdk.console.agent_configs import ConfigFileAdded, ConfigFileList, ConfigItemsRemoved, DownloadAddress, DraftType
from dify_sdk.console.apps.agent_config import AgentConfigFiles, AgentConfigs
from dify_sdk.shared.agents import AgentManifest, FilePreview

from ...accounts import EDITORS
from ...agents.configs import Config, address_of, content_of, file_item, from_upload, preview
from ...agents.packages import refused
from ...agents.state import Version
from ...registry import OfModes, handles
from ...visit import Visit

FLOWS: Final = OfModes(frozenset({"advanced-chat", "workflow"}))


def config_of(visit: Visit, node_id: str | None, version_id: str | None, draft_type: DraftType | None) -> Config:
    """The configuration that is meant, of the agent behind a node."""
    agent = visit.world.agents.behind(visit.app.id, node_id or "")
    if agent is None:
        raise refused(400, "agent_not_bound", "no agent is bound for this app/node")
    version: Version | None = agent.draft
    if version_id:
        version = agent.version(version_id, "snapshot")
    elif draft_type == "debug_build":
        version = agent.build_draft(visit.account.id)
    if version is None:
        raise refused(404, "config_version_not_found", "agent config version was not found")
    return Config(agent, version)


def writable(visit: Visit, node_id: str | None, version_id: str | None, draft_type: DraftType | None) -> Config:
    """The same, to be written."""
    config = config_of(visit, node_id, version_id, draft_type)
    if config.version.kind == "snapshot":
        raise refused(403, "config_not_writable", "config mutations are only allowed for editable drafts")
    return config


@handles(AgentConfigs.get_manifest, modes=FLOWS)
def get_manifest(
    visit: Visit, app_id: str, *, node_id: str | None = None, version_id: str | None = None, draft_type: DraftType | None = None
) -> AgentManifest:
    return config_of(visit, node_id, version_id, draft_type).manifest


@handles(AgentConfigFiles.list, modes=FLOWS)
def list_files(
    visit: Visit, app_id: str, *, node_id: str | None = None, version_id: str | None = None, draft_type: DraftType | None = None
) -> ConfigFileList:
    config = config_of(visit, node_id, version_id, draft_type)
    return ConfigFileList(agent_id=config.agent.id, config_version=config.reference, items=config.files)


@handles(AgentConfigFiles.create, payload="AgentConfigFileUploadPayload", decorated=True, modes=FLOWS, roles=EDITORS)
def create(
    visit: Visit,
    app_id: str,
    *,
    upload_file_id: str,
    node_id: str | None = None,
    version_id: str | None = None,
    draft_type: DraftType | None = None,
) -> ConfigFileAdded:
    config = writable(visit, node_id, version_id, draft_type)
    asset = from_upload(visit.world, upload_file_id, visit.workspace.id)
    if asset is None:
        raise refused(404, "upload_file_not_found", "upload file not found in this workspace")
    config.version.files[asset.name] = asset
    return ConfigFileAdded(file=file_item(asset), config_version=config.reference)


@handles(AgentConfigFiles.delete, modes=FLOWS, roles=EDITORS)
def delete(
    visit: Visit,
    app_id: str,
    file_name: str,
    *,
    node_id: str | None = None,
    version_id: str | None = None,
    draft_type: DraftType | None = None,
) -> ConfigItemsRemoved:
    writable(visit, node_id, version_id, draft_type).version.files.pop(file_name, None)
    return ConfigItemsRemoved(result="success", removed_names=[file_name])


@handles(AgentConfigFiles.download, modes=FLOWS)
def download(
    visit: Visit,
    app_id: str,
    file_name: str,
    *,
    node_id: str | None = None,
    version_id: str | None = None,
    draft_type: DraftType | None = None,
) -> DownloadAddress:
    return DownloadAddress(url=address_of(visit, config_of(visit, node_id, version_id, draft_type).file(file_name)))


@handles(AgentConfigFiles.preview, modes=FLOWS)
def preview_file(
    visit: Visit,
    app_id: str,
    file_name: str,
    *,
    node_id: str | None = None,
    version_id: str | None = None,
    draft_type: DraftType | None = None,
) -> FilePreview:
    asset = config_of(visit, node_id, version_id, draft_type).file(file_name)
    return FilePreview(name=asset.name, **preview(content_of(visit.world, asset)))

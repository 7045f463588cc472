"""Handlers: agents. Their configurations are samples; their files are the world's."""

from __future__ import annotations

from dify_sdk.inner.agents import AgentConfigs, AgentDownload, AgentFiles, AgentSkills, AgentUpload
from dify_sdk.inner.files import FileReferenceParam, InvokedFrom, UserFrom

from ..refusals import not_found
from ..registry import handles
from ..sampled import samples
from ..signing import PluginUpload
from ..visit import Visit
from .checks import check_given, check_tenant, unfit
from .files import address_for, found

samples(
    AgentConfigs.get_manifest,
    AgentConfigs.push,
    AgentConfigs.update_env,
    AgentConfigs.update_note,
    AgentConfigs.request_download,
    AgentSkills.inspect,
    guard=check_given,
)


@handles(AgentFiles.request_download, refuse=unfit)
def request_download(
    visit: Visit,
    *,
    tenant_id: str,
    user_id: str,
    user_from: UserFrom,
    invoke_from: InvokedFrom,
    file: FileReferenceParam,
    for_frontend: bool | None = None,
) -> AgentDownload:
    check_tenant(visit, tenant_id)
    held = found(visit, user_id, user_from, file)
    if held is None:
        raise not_found("File not found or not accessible.", "file_not_accessible")
    return AgentDownload(filename=held.filename, mime_type=held.mime_type, size=held.size, download_uri=held.download_url)


@handles(AgentFiles.request_upload, refuse=unfit)
def request_upload(
    visit: Visit,
    *,
    tenant_id: str,
    user_id: str,
    filename: str,
    mimetype: str,
    max_size: int,
    user_from: UserFrom | None = None,
    conversation_id: str | None = None,
) -> AgentUpload:
    check_tenant(visit, tenant_id)
    upload = PluginUpload(filename, mimetype, tenant_id, user_id, conversation_id, user_from, max_size)
    return AgentUpload(upload_uri=address_for(visit, upload))

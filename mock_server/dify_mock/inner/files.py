"""Handlers: addresses at which plugins fetch files and leave them."""

from __future__ import annotations

import base64
import binascii
import json
import mimetypes
from urllib.parse import urlencode, urlsplit

from dify_sdk.inner.answers import Answer
from dify_sdk.inner.files import FileDownload, FileReferenceParam, Files, FileUpload, InvokedFrom, UserFrom

from ..attachments import tool_url, upload_url
from ..registry import handles
from ..signing import PluginUpload
from ..visit import Visit
from .checks import check_tenant, failed


@handles(Files.request_upload)
def request_upload(
    visit: Visit, *, tenant_id: str, user_id: str, filename: str, mimetype: str, conversation_id: str | None = None
) -> Answer[FileUpload]:
    check_tenant(visit, tenant_id)
    upload = PluginUpload(filename, mimetype, tenant_id, user_id, conversation_id)
    return Answer[FileUpload](data=FileUpload(url=address_for(visit, upload)), error="")


@handles(Files.request_download)
def request_download(
    visit: Visit,
    *,
    tenant_id: str,
    user_id: str,
    user_from: UserFrom,
    invoke_from: InvokedFrom,
    file: FileReferenceParam,
    for_external: bool | None = None,
) -> Answer[FileDownload]:
    check_tenant(visit, tenant_id)
    held = found(visit, user_id, user_from, file)
    if held is None:
        raise failed("file not found")
    return Answer[FileDownload](data=held, error="")


def address_for(visit: Visit, upload: PluginUpload) -> str:
    """Where just this may be uploaded to."""
    return f"{visit.request.base_url}/files/upload/for-plugin?{urlencode(upload.query(visit.world))}"


def found(visit: Visit, user_id: str, user_from: UserFrom, file: FileReferenceParam) -> FileDownload | None:
    """A file elsewhere, one of a tool, or an upload of this user; accounts may have all uploads."""
    world, base_url = visit.world, visit.request.base_url
    if file["transfer_method"] == "remote_url":
        url = file.get("url") or ""
        name = urlsplit(url).path.rpartition("/")[2]
        return FileDownload(filename=name, mime_type=mimetypes.guess_type(name)[0], size=-1, download_url=url) if url else None
    record_id = _record(file.get("reference") or "")
    if made := world.tool_files.get(record_id):
        return FileDownload(
            filename=made.name, mime_type=made.mime_type, size=len(made.content), download_url=tool_url(world, base_url, made.id)
        )
    kept = world.upload_files.get(record_id)
    if kept is None or (user_from == "end-user" and kept.created_by != user_id):
        return None
    url = upload_url(world, base_url, kept.id)
    return FileDownload(filename=kept.name, mime_type=kept.mime_type, size=len(kept.content), download_url=url)


def _record(reference: str) -> str:
    """The id in the opaque name of a file; a name that is none is an id itself."""
    kind, _, code = reference.partition(":")
    if kind != "dify-file-ref":
        return reference
    try:
        return str(json.loads(base64.urlsafe_b64decode(code))["record_id"])
    except (binascii.Error, ValueError, KeyError, TypeError):
        return ""

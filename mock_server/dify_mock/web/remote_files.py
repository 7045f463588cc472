"""Handlers: files that the server fetches by itself."""

from __future__ import annotations

from urllib.parse import unquote

from dify_sdk.web.remote_files import RemoteFile, RemoteFileInfo, RemoteFiles

from ..apps import remote
from ..registry import handles
from ..visit import Visit


@handles(RemoteFiles.get)
def get(visit: Visit, url: str) -> RemoteFileInfo:
    found = remote.looked_at(visit, unquote(url))
    return RemoteFileInfo(file_type=found.mime_type, file_length=len(found.content))


@handles(RemoteFiles.upload)
def upload(visit: Visit, *, url: str) -> RemoteFile:
    return remote.kept(visit, url, created_by=visit.end_user().id, app_id=visit.app.id)

"""Handlers: files for an app that is tried. They are the account's."""

from __future__ import annotations

from dify_sdk._params import Upload
from dify_sdk.console.trial_apps.files import Files, RemoteFile, RemoteFiles, UploadedFile

from ...apps import remote
from ...apps.files import uploaded
from ...registry import handles
from ...visit import Visit
from ..files import check_source


@handles(Files.upload, by_hand=("source",))
def upload(visit: Visit, app_id: str, *, file: Upload, source: str | None = None) -> UploadedFile:
    check_source(visit, source)
    return uploaded(visit, file, source, created_by=visit.account.id)


@handles(RemoteFiles.upload, payload="RemoteFileUploadPayload")
def upload_remote(visit: Visit, app_id: str, *, url: str) -> RemoteFile:
    return remote.kept(visit, url, created_by=visit.account.id, app_id=app_id)

"""Handlers: files for an app that is tried. They are the account's."""

from __future__ import annotations

from dify_sdk._files import File
from dify_sdk._params import Upload
from dify_sdk.console.trial_apps.files import Files, RemoteFile, RemoteFiles, UploadedFile

from ...apps import remote
from ...apps.files import told
from ...knowledge.intake import EXTENSIONS
from ...registry import handles
from ...uploads import ending_of, keep, only_file, unsupported
from ...visit import Visit


@handles(Files.upload, by_hand=("source",))
def upload(visit: Visit, app_id: str, *, file: Upload, source: str | None = None) -> UploadedFile:
    only_file(visit.request)
    given = File.of(file)
    if source == "datasets" and ending_of(given.name) not in EXTENSIONS:
        raise unsupported()
    return told(visit, keep(visit.world, given, created_by=visit.account.id, app_id=app_id))


@handles(RemoteFiles.upload, payload="RemoteFileUploadPayload")
def upload_remote(visit: Visit, app_id: str, *, url: str) -> RemoteFile:
    return remote.kept(visit, url, created_by=visit.account.id, app_id=app_id)

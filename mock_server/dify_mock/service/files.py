"""Handlers: files for messages and variables."""

from __future__ import annotations

from dify_sdk._files import File
from dify_sdk._params import Upload
from dify_sdk.service.files import Files, UploadedFile

from ..apps.files import served, told
from ..refusals import forbidden, not_found
from ..registry import handles
from ..state import UploadFile
from ..uploads import accept, only_file
from ..visit import Visit


@handles(Files.upload)
def upload(visit: Visit, *, file: Upload, user: str | None = None) -> UploadedFile:
    only_file(visit.request)
    kept = accept(visit.world, File.of(file), created_by=visit.end_user(user).id, app_id=visit.app.id)
    return told(visit, kept)


@handles(Files.get)
def get(visit: Visit, file_id: str, *, user: str | None = None) -> UploadedFile:
    return told(visit, _mine(visit, file_id, user))


@handles(Files.delete)
def delete(visit: Visit, file_id: str, *, user: str | None = None) -> None:
    del visit.world.upload_files[_mine(visit, file_id, user).id]


@handles(Files.preview)
def preview(visit: Visit, file_id: str, *, as_attachment: bool | None = None, user: str | None = None) -> File:
    """Whoever has the app's key may look: the message counts, not its user."""
    using = [one for one in visit.world.messages.values() if any(file.upload_file_id == file_id for file in one.files)]
    if not using:
        raise not_found("File not found in message context", "file_not_found")
    if not any(one.app_id == visit.app.id for one in using):
        raise forbidden("File access denied: not owned by requesting app", "file_access_denied")
    kept = visit.world.upload_files.get(file_id)
    if kept is None:
        raise not_found("Upload file record not found", "file_not_found")
    return served(kept, as_attachment=bool(as_attachment), headers={"cache-control": "public, max-age=3600"})


def _mine(visit: Visit, file_id: str, user: str | None) -> UploadFile:
    """An upload of this end user."""
    kept = visit.world.upload_files.get(file_id)
    if kept is None or kept.created_by != visit.end_user(user).id:
        raise not_found("File not found", "file_not_found")
    return kept

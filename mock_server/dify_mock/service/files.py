"""Handlers: files for messages and variables."""

from __future__ import annotations

from urllib.parse import quote

from dify_sdk._files import File
from dify_sdk._params import Upload
from dify_sdk.service.files import Files, UploadedFile

from ..attachments import upload_url
from ..exchange import Served
from ..refusals import forbidden, not_found
from ..registry import handles
from ..uploads import accept, only_file
from ..visit import Visit
from ..world import UploadFile

_PLAYED = frozenset(
    {"audio/mpeg", "audio/wav", "audio/mp4", "audio/ogg", "audio/flac", "audio/aac", "audio/x-m4a"}
    | {"video/mp4", "video/webm", "video/quicktime"}
)


@handles(Files.upload)
def upload(visit: Visit, *, file: Upload, user: str | None = None) -> UploadedFile:
    only_file(visit.request)
    kept = accept(visit.world, File.of(file), created_by=visit.end_user(user).id, app_id=visit.app.id)
    return _told(visit, kept)


@handles(Files.get)
def get(visit: Visit, file_id: str, *, user: str | None = None) -> UploadedFile:
    return _told(visit, _mine(visit, file_id, user))


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
    return served(kept, as_attachment=bool(as_attachment))


def served(kept: UploadFile, *, as_attachment: bool) -> Served:
    """An upload on its way out: a page is never shown, only saved."""
    headers = {"cache-control": "public, max-age=3600"}
    is_page = kept.mime_type in {"text/html", "application/xhtml+xml"} or kept.extension in {"html", "htm"}
    if kept.mime_type in _PLAYED:
        headers["accept-ranges"] = "bytes"
    if is_page:
        headers["x-content-type-options"] = "nosniff"
    if as_attachment or is_page:
        headers["content-disposition"] = f"attachment; filename*=UTF-8''{quote(kept.name)}"
        return Served(kept.content, kept.name, "application/octet-stream", headers)
    kind = f"{kept.mime_type}; charset=utf-8" if kept.mime_type.startswith("text/") else kept.mime_type
    return Served(kept.content, kept.name, kind, headers)


def _mine(visit: Visit, file_id: str, user: str | None) -> UploadFile:
    """An upload of this end user."""
    kept = visit.world.upload_files.get(file_id)
    if kept is None or kept.created_by != visit.end_user(user).id:
        raise not_found("File not found", "file_not_found")
    return kept


def _told(visit: Visit, kept: UploadFile) -> UploadedFile:
    """An upload as the wire has it."""
    return UploadedFile(
        id=kept.id,
        reference=None,
        name=kept.name,
        size=len(kept.content),
        extension=kept.extension,
        mime_type=kept.mime_type,
        created_by=kept.created_by,
        created_at=kept.created_at,
        preview_url=None,
        source_url=upload_url(visit.world, visit.request.base_url, kept.id),
        original_url=None,
        user_id=None,
        tenant_id=visit.world.workspace_id,
        conversation_id=None,
        file_key=None,
    )

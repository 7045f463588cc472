"""Uploads as they are told of, and as they go out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final
from urllib.parse import quote

from dify_sdk._files import File
from dify_sdk._params import Upload
from dify_sdk.shared.uploads import UploadedFile

from ..attachments import upload_url
from ..exchange import Served
from ..knowledge.intake import EXTENSIONS
from ..state import UploadFile
from ..uploads import ending_of, keep, only_file, unsupported
from ..visit import Visit

PAGES: Final = frozenset({"text/html", "application/xhtml+xml", "html", "htm"})
"""What a browser would run: types of media and endings of names."""
_PLAYED: Final = frozenset(
    {"audio/mpeg", "audio/wav", "audio/mp4", "audio/ogg", "audio/flac", "audio/aac", "audio/x-m4a"}
    | {"video/mp4", "video/webm", "video/quicktime"}
)


def uploaded(visit: Visit, file: Upload, source: str | None, *, created_by: str, workspace_id: str | None = None) -> UploadedFile:
    """Keep the one file of a form, as pages and the console do: nobody asks for a media type, and knowledge is made of texts alone."""
    only_file(visit.request)
    given = File.of(file)
    if source == "datasets" and ending_of(given.name) not in EXTENSIONS:
        raise unsupported()
    app_id = visit.app.id if visit.caller.app else None
    return told(visit, keep(visit.world, given, created_by=created_by, app_id=app_id, workspace_id=workspace_id))


def told(visit: Visit, kept: UploadFile) -> UploadedFile:
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
        tenant_id=visit.world.workspace_of(kept),
        conversation_id=None,
        file_key=None,
    )


def served(kept: UploadFile, *, as_attachment: bool, hidden: Collection[str] = PAGES, headers: Mapping[str, str] | None = None) -> Served:
    """An upload on its way out; kinds of file that are hidden are never shown, only saved."""
    played = {"accept-ranges": "bytes"} if kept.mime_type in _PLAYED else {}
    return outgoing(
        kept.content,
        kept.name,
        kept.mime_type,
        as_attachment=as_attachment,
        is_hidden=kept.mime_type in hidden or kept.extension in hidden,
        headers={**(headers or {}), **played},
    )


def outgoing(
    content: bytes, name: str, mime_type: str, *, as_attachment: bool, is_hidden: bool, headers: Mapping[str, str] | None = None
) -> Served:
    """A file on its way out."""
    told = dict(headers or {})
    if is_hidden:
        told["x-content-type-options"] = "nosniff"
    if as_attachment or is_hidden:
        told["content-disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
        return Served(content, name, "application/octet-stream", told)
    kind = f"{mime_type}; charset=utf-8" if mime_type.startswith("text/") else mime_type
    return Served(content, name, kind, told)

"""Files elsewhere. No connection leaves the process: there is what the world holds of other servers, and the mock itself."""

from __future__ import annotations

import mimetypes
from urllib.parse import urlsplit

from dify_sdk._files import File
from dify_sdk.shared import uploads as told

from ..attachments import upload_url
from ..exchange import Reply, Request
from ..refusals import Refusal, invalid
from ..state import RemoteFile
from ..uploads import ending_of, keep
from ..visit import Visit


class Unanswered(Exception):  # noqa: N818  # it is an answer, just not the one that was hoped for
    """There is somebody at an address, who gives no file."""


def looked_at(visit: Visit, url: str) -> RemoteFile:
    """What lies at an address."""
    try:
        return _fetched(visit, url)
    except Unanswered:
        raise Refusal(500, "internal_server_error", "Internal Server Error") from None


def kept(visit: Visit, url: str, *, created_by: str, app_id: str | None = None, workspace_id: str | None = None) -> told.RemoteFile:
    """Fetch a file and keep it like an upload."""
    try:
        found = _fetched(visit, url)
    except Unanswered as error:
        raise Refusal(400, "remote_file_upload_error", f"Failed to fetch file from {url}: {error}") from None
    fetched = File(found.content, _name(url, found), found.mime_type)
    upload = keep(visit.world, fetched, created_by=created_by, app_id=app_id, workspace_id=workspace_id)
    return told.RemoteFile(
        id=upload.id,
        name=upload.name,
        size=len(upload.content),
        extension=upload.extension,
        url=upload_url(visit.world, visit.request.base_url, upload.id),
        mime_type=upload.mime_type,
        created_by=upload.created_by,
        created_at=upload.created_at,
    )


def _fetched(visit: Visit, url: str) -> RemoteFile:
    if (found := visit.world.remote_files.get(url)) is not None:
        return found
    base, where = urlsplit(visit.request.base_url), urlsplit(url)
    if visit.inside is None or (where.scheme, where.netloc) != (base.scheme, base.netloc):
        raise invalid(f"Reached maximum retries (3) for URL {url}")
    reply = visit.inside(Request("GET", where.path or "/", where.query, {"host": where.netloc}))
    content = _whole(reply)
    if reply.status != 200:
        raise Unanswered(content.decode("utf-8", "replace"))
    return RemoteFile(content, reply.headers.get("content-type", "application/octet-stream"))


def _whole(reply: Reply) -> bytes:
    return reply.body if isinstance(reply.body, bytes) else b"".join(piece for piece in reply.body if isinstance(piece, bytes))


def _name(url: str, found: RemoteFile) -> str:
    """The name that a file comes with, or the end of its address; with an ending that fits."""
    name = found.name or urlsplit(url).path.rpartition("/")[2] or "file"
    return name if ending_of(name) else f"{name}{mimetypes.guess_extension(found.mime_type.partition(';')[0]) or '.bin'}"

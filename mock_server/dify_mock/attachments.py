"""Files that go with a message or into a variable: from the caller's reference to what the world holds."""

from __future__ import annotations

import base64
import json
import mimetypes
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from .refusals import invalid
from .routing import UUID
from .signing import signed_url
from .state import EndUser, MessageFile, UploadFile
from .visit import Visit
from .world import World

KINDS: Final = {
    "image": frozenset({"jpg", "jpeg", "png", "webp", "gif", "svg"}),
    "video": frozenset({"mp4", "mov", "mpeg", "webm"}),
    "audio": frozenset({"mp3", "m4a", "wav", "amr", "mpga"}),
    "document": frozenset(
        {"txt", "markdown", "md", "mdx", "pdf", "html", "htm", "xlsx", "xls", "docx", "csv", "vtt", "properties", "odt"}
        | {"doc", "eml", "msg", "pptx", "ppt", "xml", "epub"}
    ),
}
_TYPES: Final = frozenset({*KINDS, "custom"})


def kind_of(extension: str) -> str:
    """The category of a file by its name's ending, without the dot."""
    return next((kind for kind, endings in KINDS.items() if extension.lower() in endings), "custom")


@dataclass(frozen=True)
class Attachment:
    """A file that a run was given."""

    type: str
    transfer_method: str
    name: str
    extension: str
    mime_type: str
    size: int
    upload: UploadFile | None = None
    remote_url: str = ""


def attachments(visit: Visit, user: EndUser, given: Sequence[Mapping[str, Any]] | None) -> list[Attachment]:
    """The files of a message, checked against what the app allows. An entry without `transfer_method` is skipped."""
    if not given:
        return []
    rules = visit.app.feature("file_upload")
    found = [attachment(visit, user, one, rules) for one in given if one.get("transfer_method")]
    most = rules.get("number_limits")
    for kind in sorted({one.type for one in found}):
        if most and sum(1 for one in found if one.type == kind) > most:
            raise invalid(f"Number of {kind} files exceeds the maximum limit {most}")
    return found


def attachment(visit: Visit, user: EndUser, given: Mapping[str, Any], rules: Mapping[str, Any]) -> Attachment:
    """One file by the caller's reference."""
    kind = given.get("type")
    if kind not in _TYPES:
        raise invalid(f"'{kind}' is not a valid FileType")
    found = _uploaded(visit, user, given, kind) if given["transfer_method"] == "local_file" else _remote(given, kind)
    allowed = rules.get("allowed_file_types")
    if allowed and found.type not in allowed and not (found.type == "custom" and "custom" in allowed):
        raise invalid(f"File validation failed for file: {found.name}")
    return found


def _uploaded(visit: Visit, user: EndUser, given: Mapping[str, Any], kind: str) -> Attachment:
    upload_id = given.get("upload_file_id") or given.get("related_id") or given.get("reference")
    if not upload_id:
        raise invalid("Invalid upload file id")
    if str(upload_id).startswith("dify-file-ref:"):
        upload_id = json.loads(base64.urlsafe_b64decode(str(upload_id).partition(":")[2]))["record_id"]
    if not UUID.fullmatch(str(upload_id)):
        raise invalid("Invalid upload file id format")
    upload = visit.world.upload_files.get(str(upload_id))
    if upload is None or upload.created_by not in {user.id, user.account_id}:
        raise invalid("Invalid upload file")
    real = kind_of(upload.extension)
    if kind not in {real, "custom"}:
        raise invalid("Detected file type does not match the specified type. Please verify the file.")
    return Attachment(kind, "local_file", upload.name, upload.extension, upload.mime_type, len(upload.content), upload=upload)


def _remote(given: Mapping[str, Any], kind: str) -> Attachment:
    url = str(given.get("url") or given.get("remote_url") or "")
    name = urlsplit(url).path.rpartition("/")[2]
    extension = name.rpartition(".")[2] if "." in name else ""
    mime_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Attachment(kind, "remote_url", name, extension, mime_type, -1, remote_url=url)


def message_file(world: World, given: Attachment) -> MessageFile:
    """An attachment as a message keeps it."""
    return MessageFile(
        world.ids.uuid(),
        given.type,
        given.transfer_method,
        "user",
        filename=given.name,
        mime_type=given.mime_type,
        size=max(given.size, 0),
        upload_file_id=given.upload.id if given.upload else None,
        remote_url=given.remote_url,
    )


def upload_url(world: World, base_url: str, upload_id: str) -> str:
    """Where an upload can be fetched."""
    return signed_url(world, base_url, f"/files/{upload_id}/file-preview", f"file-preview|{upload_id}")


def tool_url(world: World, base_url: str, tool_file_id: str) -> str:
    """Where a file that a tool made can be fetched."""
    extension = world.tool_files[tool_file_id].extension
    return signed_url(world, base_url, f"/files/tools/{tool_file_id}.{extension}", f"file-preview|{tool_file_id}")


def file_url(world: World, base_url: str, file: MessageFile) -> str:
    """Where a file of a message can be fetched."""
    if file.tool_file_id:
        return tool_url(world, base_url, file.tool_file_id)
    return upload_url(world, base_url, file.upload_file_id) if file.upload_file_id else file.remote_url

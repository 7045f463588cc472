"""What the server takes as an upload, and how it keeps it."""

from __future__ import annotations

import posixpath
from typing import Final

from dify_sdk._files import File

from .attachments import kind_of
from .refusals import Refusal, invalid
from .world import UploadFile, World

LIMITS: Final = {"image": 10, "video": 100, "audio": 50, "other": 15}
"""Megabytes."""
WORKFLOW_FILES: Final = 10
MEGABYTE: Final = 1024 * 1024
_LONGEST_NAME: Final = 200


def accept(world: World, file: File, *, created_by: str, app_id: str | None) -> UploadFile:
    """Keep an upload, or say why not. The name decides what it is, the media type is only kept."""
    if not file.content_type:
        raise Refusal(415, "unsupported_file_type", "File type not allowed.")
    if "/" in file.name or "\\" in file.name:
        raise invalid("Filename contains invalid characters")
    content, extension = file.read(), posixpath.splitext(file.name)[1].lstrip(".").lower()
    if len(content) > LIMITS.get(kind_of(extension), LIMITS["other"]) * MEGABYTE:
        raise Refusal(413, "file_too_large", "")
    name = file.name if len(file.name) <= _LONGEST_NAME else f"{file.name.split('.')[0][:_LONGEST_NAME]}.{extension}"
    mime_type = file.content_type.partition(";")[0].strip().lower()
    upload = UploadFile(world.ids.uuid(), name, content, mime_type, created_by, world.clock.seconds(), app_id)
    world.upload_files[upload.id] = upload
    return upload

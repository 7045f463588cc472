"""What the server takes as an upload, and how it keeps it."""

from __future__ import annotations

import posixpath
from typing import Final

from dify_sdk._files import File

from .attachments import kind_of
from .exchange import Request
from .refusals import Refusal, invalid
from .state import UploadFile
from .world import World

LIMITS: Final = {"image": 10, "video": 100, "audio": 50, "other": 15}
"""Megabytes."""
SKILL_LIMIT: Final = 50
"""Megabytes of a packed skill."""
WORKFLOW_FILES: Final = 10
MEGABYTE: Final = 1024 * 1024
_LONGEST_NAME: Final = 200


def unsupported() -> Refusal:
    """The server's word for a kind of file that it does not take."""
    return Refusal(415, "unsupported_file_type", "File type not allowed.")


def ending_of(name: str) -> str:
    """The ending of a file's name, in small letters and without the dot."""
    return posixpath.splitext(name)[1].lstrip(".").lower()


def only_file(request: Request) -> None:
    """Refuse a form with more files than one."""
    if len({name for name, _ in request.form.files}) > 1:
        raise Refusal(400, "too_many_files", "Only one file is allowed.")


def accept(world: World, file: File, *, created_by: str, app_id: str | None = None) -> UploadFile:
    """Keep an upload that says what it is, or say why not."""
    if not file.content_type:
        raise unsupported()
    return keep(world, file, created_by=created_by, app_id=app_id)


def keep(world: World, file: File, *, created_by: str, app_id: str | None = None, workspace_id: str | None = None) -> UploadFile:
    """Keep an upload, or say why not. The name decides what it is, the media type is only kept. What is for an app is its workspace's."""
    if "/" in file.name or "\\" in file.name:
        raise invalid("Filename contains invalid characters")
    content, extension = file.read(), ending_of(file.name)
    if len(content) > LIMITS.get(kind_of(extension), LIMITS["other"]) * MEGABYTE:
        raise Refusal(413, "file_too_large", "")
    name = file.name if len(file.name) <= _LONGEST_NAME else f"{file.name.split('.')[0][:_LONGEST_NAME]}.{extension}"
    mime_type = (file.content_type or "").partition(";")[0].strip().lower()
    if app_id:
        workspace_id = world.workspace_of(world.apps[app_id])
    now = world.clock.seconds()
    upload = UploadFile(world.ids.uuid(), name, content, mime_type, created_by, now, app_id, workspace_id=workspace_id)
    world.upload_files[upload.id] = upload
    return upload

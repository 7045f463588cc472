"""Uploaded files, as several tiers tell them."""

from __future__ import annotations

from pydantic import Field

from .._models import Model
from .files import FileParam, FileType

_KINDS: dict[FileType, frozenset[str]] = {
    "image": frozenset({"jpg", "jpeg", "png", "webp", "gif", "svg"}),
    "video": frozenset({"mp4", "mov", "mpeg", "webm"}),
    "audio": frozenset({"mp3", "m4a", "wav", "amr", "mpga"}),
    "document": frozenset(
        {
            "txt",
            "markdown",
            "md",
            "mdx",
            "pdf",
            "html",
            "htm",
            "xlsx",
            "xls",
            "docx",
            "csv",
            "vtt",
            "properties",
            "odt",
            "doc",
            "eml",
            "msg",
            "pptx",
            "ppt",
            "xml",
            "epub",
        }
    ),
}


class UploadedFile(Model):
    """What the server keeps of an upload. `size` is in bytes; addresses hold for five minutes."""

    id: str
    name: str
    size: int
    reference: str | None = None
    extension: str | None = None
    mime_type: str | None = None
    created_by: str | None = None
    created_at: int | None = None
    preview_url: str | None = Field(default=None, repr=False)
    source_url: str | None = Field(default=None, repr=False)
    original_url: str | None = Field(default=None, repr=False)
    user_id: str | None = None
    tenant_id: str | None = None
    conversation_id: str | None = None
    file_key: str | None = None

    @property
    def file_type(self) -> FileType:
        """The kind that servers see in the name's ending."""
        return type_of(self.extension)


class RemoteFile(Model):
    """A file that the server has fetched. `size` is in bytes; the address holds for five minutes."""

    id: str
    name: str
    size: int
    url: str | None = Field(default=None, repr=False)
    extension: str | None = None
    mime_type: str | None = None
    created_by: str | None = None
    created_at: int | None = None


class RemoteFileInfo(Model):
    """The type of a file elsewhere, and its size in bytes."""

    file_type: str
    file_length: int


def type_of(extension: str | None) -> FileType:
    """The kind that servers see in a name's ending."""
    ending = (extension or "").lower().lstrip(".")
    found: list[FileType] = [kind for kind, endings in _KINDS.items() if ending in endings]
    return found[0] if found else "custom"


def referenced(file: UploadedFile | RemoteFile, type: FileType | None) -> FileParam:
    """An upload as a call takes it."""
    return {"type": type or type_of(file.extension), "transfer_method": "local_file", "upload_file_id": file.id}

"""Service: files for messages and variables."""

from __future__ import annotations

from pydantic import Field

from .._endpoint import DELETE, GET, POST, M, Resource, flow
from .._files import File
from .._models import Model
from .._params import Upload, User
from .._steps import Steps, ask
from ..shared.files import FileParam, FileType


class Files(Resource[M], area="service.files"):
    """Files for messages and variables."""

    @POST("/files/upload", status=201)
    def upload(self, *, file: Upload, user: User = None) -> UploadedFile:
        """Upload a file.

        Args:
            file: A path, bytes, an open file or `(name, content, type)`. The server goes by the name's ending.
            user: The end user it belongs to; nobody else can use it.

        Raises:
            FileTooLargeError: More than 10 MB of image, 100 of video, 50 of sound or 15 of anything else, as servers come.
            UnsupportedFileTypeError: The server does not take such files.
        """
        ...

    @GET("/files/{file_id:uuid}", documented=True)
    def get(self, file_id: str, *, user: User = None) -> UploadedFile:
        """Look up what the server keeps of an upload.

        Args:
            file_id: The file.
            user: The end user who uploaded it.

        Raises:
            UploadedFileNotFoundError: No such file of this user.
            NotFoundError: The server is one that does not have this operation.
        """
        ...

    @DELETE("/files/{file_id:uuid}", status=204, documented=True)
    def delete(self, file_id: str, *, user: User = None) -> None:
        """Delete an upload.

        Args:
            file_id: The file.
            user: The end user who uploaded it.

        Raises:
            UploadedFileNotFoundError: No such file of this user.
            NotFoundError: The server is one that does not have this operation.
        """
        ...

    @GET.file("/files/{file_id:uuid}/preview")
    def preview(self, file_id: str, *, as_attachment: bool | None = None, user: User = None) -> File:
        """Fetch an uploaded file that some message uses.

        Args:
            file_id: The file.
            as_attachment: Whether the reply says that it is to be saved.
            user: The end user it belongs to.

        Raises:
            UploadedFileNotFoundError: No such file, or no message uses it.
            FileAccessDeniedError: It belongs to another app.
        """
        ...

    @flow
    def upload_and_reference(self, *, file: Upload, type: FileType | None = None, user: User = None) -> Steps[FileParam]:
        """Upload a file and answer what `files=` of a call, or a file variable in `inputs=`, wants.

        Args:
            file: A path, bytes, an open file or `(name, content, type)`.
            type: What the file is taken as; from its name where it is not given.
            user: The end user it belongs to; nobody else can use it.

        Raises:
            FileTooLargeError: The file is over the limit for its type.
        """
        uploaded = yield from ask(Files.upload, file=file, user=user)
        return {"type": type or uploaded.file_type, "transfer_method": "local_file", "upload_file_id": uploaded.id}


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
        ending = (self.extension or "").lower().lstrip(".")
        found: list[FileType] = [kind for kind, endings in _KINDS.items() if ending in endings]
        return found[0] if found else "custom"

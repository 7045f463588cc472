"""Console: uploads of the accounts."""

from __future__ import annotations

from typing import Literal

from .._endpoint import GET, POST, M, Resource, flow
from .._files import File
from .._models import Model
from .._params import Upload
from .._steps import Steps, ask
from ..shared.files import FileParam, FileType
from ..shared.uploads import UploadedFile as UploadedFile, referenced


class Files(Resource[M], area="console.files", key="session"):
    """Uploads of the accounts: for knowledge, for messages and as pictures."""

    @POST("/files/upload", status=201)
    def upload(self, *, file: Upload, source: Literal["datasets"] | None = None) -> UploadedFile:
        """Upload a file.

        Args:
            file: A path, bytes, an open file or `(name, content, type)`. The server goes by the name's ending.
            source: `datasets` for files that knowledge is made from: the server takes only documents then.

        Raises:
            FileTooLargeError: The file is over the limit for its type; `get_upload_config` tells them.
            UnsupportedFileTypeError: Knowledge cannot be made from such files.
            PermissionDeniedError: The account may not change knowledge, or the plan has no room for more of it.
        """
        ...

    @GET("/files/upload")
    def get_upload_config(self) -> UploadConfig:
        """Tell how large files may be, and how many at once."""
        ...

    @GET("/files/support-type")
    def get_supported_types(self) -> SupportedTypes:
        """Tell which files knowledge can be made from."""
        ...

    @GET("/files/{file_id:uuid}/preview")
    def preview(self, file_id: str) -> FileText:
        """Read the beginning of the text that is in a document.

        Args:
            file_id: The upload.

        Raises:
            InvalidParamError: The file is no document.
            NotFoundError: No such upload in the workspace.
        """
        ...

    @GET.file("{url:address}", key="stranger")
    def download_url(self, url: str) -> File:
        """Fetch a file from a signed address that a reply has, of any tier.

        No key, passport or header of the client goes along: the address may lead to another server.

        Args:
            url: The address, whole or from the server's root on.

        Raises:
            InvalidSignatureError: The address is too old, forged, or leads to no file.
            ConfigurationError: It is no address.
        """
        ...

    @flow
    def upload_and_reference(self, *, file: Upload, type: FileType | None = None) -> Steps[FileParam]:
        """Upload a file and answer what `files=` of a call, or a file variable in `inputs=`, wants.

        Args:
            file: A path, bytes, an open file or `(name, content, type)`.
            type: What the file is taken as; from its name where it is not given.

        Raises:
            FileTooLargeError: The file is over the limit for its type.
        """
        return referenced((yield from ask(Files.upload, file=file)), type)


class UploadConfig(Model):
    """The limits of uploads: sizes in MB, the others in files."""

    file_size_limit: int
    batch_count_limit: int
    image_file_size_limit: int
    video_file_size_limit: int
    audio_file_size_limit: int
    workflow_file_upload_limit: int
    file_upload_limit: int | None = None
    knowledge_file_size_limit: int | None = None
    skill_file_size_limit: int | None = None
    image_file_batch_limit: int | None = None
    single_chunk_attachment_limit: int | None = None
    attachment_image_file_size_limit: int | None = None


class SupportedTypes(Model):
    """Endings of names, without the dot."""

    allowed_extensions: list[str]


class FileText(Model):
    """The beginning of a document's text."""

    content: str

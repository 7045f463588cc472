"""Web: files for messages and variables."""

from __future__ import annotations

from typing import Literal

from .._endpoint import GET, POST, M, Resource, flow
from .._files import File
from .._params import Upload
from .._steps import Steps, ask
from ..shared.files import FileParam, FileType
from ..shared.uploads import UploadedFile as UploadedFile, referenced


class Files(Resource[M], area="web.files", key="passport"):
    """Files for messages and variables."""

    @POST("/files/upload", status=201)
    def upload(self, *, file: Upload, source: Literal["datasets"] | None = None) -> UploadedFile:
        """Upload a file.

        Args:
            file: A path, bytes, an open file or `(name, content, type)`. The server goes by the name's ending.
            source: `datasets` for files that knowledge is made from; apps give nothing.

        Raises:
            FileTooLargeError: More than 10 MB of image, 100 of video, 50 of sound or 15 of anything else, as servers come.
            UnsupportedFileTypeError: The server does not take such files.
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

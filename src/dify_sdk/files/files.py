"""Files: behind signed addresses."""

from __future__ import annotations

from typing import Annotated, Literal

from .._endpoint import GET, POST, M, Resource
from .._files import File
from .._params import In, Upload
from ..shared.uploads import UploadedFile


class Files(Resource[M], area="files.files", key="none"):
    """Files behind signed addresses. The signature holds for five minutes."""

    @GET.file("{url:address}", key="stranger")
    def download_url(self, url: str) -> File:
        """Fetch a file from an address that a reply has, of any tier.

        No key, passport or header of the client goes along: the address may lead to another server.

        Args:
            url: The address, whole or from the server's root on.

        Raises:
            InvalidSignatureError: The address is too old, forged, or leads to no file.
            ConfigurationError: It is no address.
        """
        ...

    @GET.file("/{file_id:uuid}/file-preview")
    def preview(self, file_id: str, *, timestamp: str, nonce: str, sign: str, as_attachment: bool | None = None) -> File:
        """Fetch an uploaded file.

        Args:
            file_id: The file.
            timestamp: When the address was signed, in seconds since the epoch.
            nonce: What makes the signature the only one of its kind.
            sign: The signature.
            as_attachment: Whether the reply says that it is to be saved.

        Raises:
            InvalidSignatureError: The signature is too old or forged, or there is no such file.
        """
        ...

    @GET.file("/{file_id:uuid}/image-preview")
    def preview_image(self, file_id: str, *, timestamp: str, nonce: str, sign: str) -> File:
        """Fetch an uploaded image.

        Args:
            file_id: The file.
            timestamp: When the address was signed, in seconds since the epoch.
            nonce: What makes the signature the only one of its kind.
            sign: The signature.

        Raises:
            InvalidSignatureError: The signature is too old or forged, or there is no such file.
            UnsupportedFileTypeError: It is no image.
        """
        ...

    @GET.file("/tools/{file_id:uuid}.{extension}")
    def get_tool_file(
        self, file_id: str, extension: str, *, timestamp: str, nonce: str, sign: str, as_attachment: bool | None = None
    ) -> File:
        """Fetch a file that a tool has made.

        Args:
            file_id: The file.
            extension: The ending of its name.
            timestamp: When the address was signed, in seconds since the epoch.
            nonce: What makes the signature the only one of its kind.
            sign: The signature.
            as_attachment: Whether the reply says that it is to be saved.

        Raises:
            InvalidSignatureError: The signature is too old or forged.
            NotFoundError: There is no such file.
        """
        ...

    @POST("/upload/for-plugin", status=201)
    def upload_for_plugin(
        self,
        *,
        file: Upload,
        timestamp: Annotated[str, In("query")],
        nonce: Annotated[str, In("query")],
        sign: Annotated[str, In("query")],
        tenant_id: Annotated[str, In("query")],
        user_id: Annotated[str | None, In("query")] = None,
        conversation_id: Annotated[str | None, In("query")] = None,
        user_from: Annotated[Literal["account", "end-user"] | None, In("query")] = None,
        max_size: Annotated[int | None, In("query")] = None,
    ) -> UploadedFile:
        """Upload a file for a plugin, as a signed address allows it.

        Args:
            file: A path, bytes, an open file or `(name, content, type)`; its name and type are part of what is signed.
            timestamp: When the address was signed, in seconds since the epoch.
            nonce: What makes the signature the only one of its kind.
            sign: The signature.
            tenant_id: The workspace.
            user_id: Whom the file belongs to.
            conversation_id: The conversation it belongs to.
            user_from: Whether the user is an account or an end user.
            max_size: The largest size that is signed for, in bytes.

        Raises:
            InvalidSignatureError: The signature is too old or forged.
            FileTooLargeError: The file is over the limit.
            UnsupportedFileTypeError: The server does not take such files.
        """
        ...

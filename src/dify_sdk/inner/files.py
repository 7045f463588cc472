"""Inner: addresses at which plugins fetch files and leave them."""

from __future__ import annotations

from typing import Literal, Required, TypeAlias

from pydantic import Field
from typing_extensions import TypedDict

from .._endpoint import POST, M, Resource
from .._models import Model
from ..shared.files import TransferMethod
from .answers import Answer

UserFrom: TypeAlias = Literal["account", "end-user"]
InvokedFrom: TypeAlias = Literal["service-api", "openapi", "web-app", "trigger", "explore", "debugger", "published", "validation"]


class FileReferenceParam(TypedDict, total=False):
    """A file that the server has, by its `reference`, or one elsewhere, by its `url`."""

    transfer_method: Required[TransferMethod]
    reference: str | None
    url: str | None


class Files(Resource[M], area="inner.files", key="inner"):
    """Addresses at which plugins fetch files and leave them."""

    @POST("/download/file/request", since="1.16")
    def request_download(
        self,
        *,
        tenant_id: str,
        user_id: str,
        user_from: UserFrom,
        invoke_from: InvokedFrom,
        file: FileReferenceParam,
        for_external: bool | None = None,
    ) -> Answer[FileDownload]:
        """Ask for the address of a file.

        Args:
            tenant_id: The workspace.
            user_id: The user.
            user_from: Whether that is an account or an end user.
            invoke_from: Where the run was started from.
            file: The file.
            for_external: Whether the address is for others; for the server's own network if not.

        Raises:
            InvalidParamError: An argument is refused.
            NotFoundError: The key is wrong.
        """
        ...

    @POST("/upload/file/request")
    def request_upload(
        self, *, tenant_id: str, user_id: str, filename: str, mimetype: str, conversation_id: str | None = None
    ) -> Answer[FileUpload]:
        """Ask for an address to upload a file to. `files.upload_for_plugin` of the files client sends it there.

        Args:
            tenant_id: The workspace.
            user_id: Whom the file will belong to.
            filename: Its name.
            mimetype: Its media type.
            conversation_id: The conversation that it will belong to.

        Raises:
            InvalidParamError: An argument is refused.
            NotFoundError: The key is wrong.
        """
        ...


class FileDownload(Model):
    """A file, and where it can be fetched."""

    filename: str
    mime_type: str | None = None
    size: int
    download_url: str = Field(repr=False)


class FileUpload(Model):
    """Where a file can be uploaded to."""

    url: str = Field(repr=False)

"""Console: files that the server fetches by itself."""

from __future__ import annotations

from .._endpoint import GET, POST, M, Resource
from ..shared.uploads import RemoteFile as RemoteFile, RemoteFileInfo as RemoteFileInfo


class RemoteFiles(Resource[M], area="console.remote_files", key="session"):
    """Files that the server fetches by itself."""

    @GET("/remote-files/{url:path}")
    def get(self, url: str) -> RemoteFileInfo:
        """Tell the type and the size of a file elsewhere; the server looks.

        Args:
            url: Its address.

        Raises:
            InvalidParamError: The server cannot reach it.
            InternalServerError: There is no file.
        """
        ...

    @POST("/remote-files/upload", status=201)
    def upload(self, *, url: str) -> RemoteFile:
        """Have the server fetch a file and keep it like an upload.

        Args:
            url: Its address.

        Raises:
            InvalidParamError: The server cannot reach it.
            RemoteFileUploadError: There is no file.
            FileTooLargeError: The file is over the limit for its type.
            UnsupportedFileTypeError: The server does not take such files.
        """
        ...

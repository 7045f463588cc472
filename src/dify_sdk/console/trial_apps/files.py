"""Console: files for an app that is tried."""

from __future__ import annotations

from ..._endpoint import POST, M, Resource
from ..._params import Upload
from ...shared.uploads import RemoteFile as RemoteFile, UploadedFile as UploadedFile


class Files(Resource[M], area="console.trial_apps.files", key="session"):
    """Files for messages and variables."""

    @POST("/trial-apps/{app_id:uuid}/files/upload", status=201, since="1.16")
    def upload(self, app_id: str, *, file: Upload, source: str | None = None) -> UploadedFile:
        """Upload a file.

        Args:
            app_id: The app.
            file: A path, bytes, an open file or `(name, content, type)`. The server goes by the name's ending.
            source: `datasets` for files that knowledge is made from; apps give nothing.

        Raises:
            PermissionDeniedError: The app cannot be tried, or not any more.
            FileTooLargeError: The file is over the limit for its type.
            UnsupportedFileTypeError: The server does not take such files.
        """
        ...


class RemoteFiles(Resource[M], area="console.trial_apps.remote_files", key="session"):
    """Files that the server fetches by itself."""

    @POST("/trial-apps/{app_id:uuid}/remote-files/upload", status=201, since="1.16")
    def upload(self, app_id: str, *, url: str) -> RemoteFile:
        """Have the server fetch a file and keep it like an upload.

        Args:
            app_id: The app.
            url: Its address.

        Raises:
            PermissionDeniedError: The app cannot be tried, or not any more.
            RemoteFileUploadError: The server cannot fetch it.
        """
        ...

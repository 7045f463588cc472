"""Web: forms that paused runs wait for. They are open to whoever has the form's token."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, TypeAlias, Union

from .._endpoint import GET, POST, M, Resource, area, flow
from .._models import Model
from .._params import Bearer, In, Upload
from .._steps import Steps, ask
from ..shared.files import FileParam, FileType
from ..shared.forms import FormSubmission as FormSubmission, HumanInputForm
from ..shared.uploads import RemoteFile, UploadedFile, referenced
from .app import WebApp


class FormFiles(Resource[M], area="web.human_input_forms.files", key="none"):
    """Files for the fields of a form."""

    @POST("/human-input-forms/files", status=201, since="1.16")
    def upload(
        self,
        *,
        file: Upload | None = None,
        url: str | None = None,
        upload_token: Annotated[str | None, In("header", "Authorization"), Bearer()] = None,
    ) -> FormFile:
        """Upload a file for a field of a form, or have the server fetch one.

        Args:
            file: A path, bytes, an open file or `(name, content, type)`.
            url: The address of a file, in its place.
            upload_token: The form's token for uploads, from `create_upload_token`.

        Raises:
            AuthenticationError: The token is missing.
            PermissionDeniedError: There is no such token, or its form is closed.
            FileTooLargeError: The file is over the limit for its type.
            UnsupportedFileTypeError: The server does not take such files.
        """
        ...


class HumanInputForms(Resource[M], area="web.human_input_forms", key="none"):
    """Forms that paused runs wait for. They are open to whoever has the form's token."""

    @area
    def files(self) -> FormFiles[M]:
        """Files for the fields of a form."""
        return FormFiles(self._core)

    @GET("/form/human_input/{form_token}", since="1.13")
    def get(self, form_token: str) -> WebForm:
        """Read a form.

        Args:
            form_token: The form's token, from the event that tells of the pause or from a link.

        Raises:
            NotFoundError: No such form.
            FormSubmittedError: Somebody has answered it already.
            FormExpiredError: Its time is over.
            RateLimitError: More than 30 calls in a minute.
        """
        ...

    @POST("/form/human_input/{form_token}", since="1.13")
    def submit(self, form_token: str, *, inputs: Mapping[str, Any], action: str) -> FormSubmission:
        """Fill a form; the run goes on. `stream.resume()` follows it.

        Args:
            form_token: The form's token.
            inputs: A value for each field of the form, by its `output_variable_name`.
            action: The id of the button that is pressed.

        Raises:
            InvalidFormDataError: A field is missing, or there is no such button.
            FormSubmittedError: Somebody has answered it already.
            FormExpiredError: Its time is over.
        """
        ...

    @POST("/form/human_input/{form_token}/upload-token", since="1.16")
    def create_upload_token(self, form_token: str) -> UploadToken:
        """Make a token for uploads to a form; it ends with the form.

        Args:
            form_token: The form's token.

        Raises:
            NotFoundError: No such form.
            FormSubmittedError: Somebody has answered it already.
            FormExpiredError: Its time is over.
        """
        ...

    @flow
    def upload_and_reference(self, form_token: str, *, file: Upload, type: FileType | None = None) -> Steps[FileParam]:
        """Upload a file for a field of a form and answer what `inputs=` of `submit` wants there.

        Args:
            form_token: The form's token.
            file: A path, bytes, an open file or `(name, content, type)`.
            type: What the file is taken as; from its name where it is not given.

        Raises:
            FormSubmittedError: Somebody has answered the form already.
            FileTooLargeError: The file is over the limit for its type.
        """
        token = yield from ask(HumanInputForms.create_upload_token, form_token)
        return referenced((yield from ask(FormFiles.upload, file=file, upload_token=token.upload_token)), type)


FormFile: TypeAlias = Union[UploadedFile, RemoteFile]


class UploadToken(Model):
    """A token for uploads to a form. It holds until `expires_at`, in seconds since the epoch."""

    upload_token: str
    expires_at: int | None = None


class WebForm(HumanInputForm):
    """A form, and the app it belongs to."""

    site: WebApp | None = None

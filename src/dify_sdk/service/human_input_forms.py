"""Service: forms that paused runs wait for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._endpoint import GET, POST, M, Resource
from .._params import RequiredUser
from ..shared.forms import FormSubmission as FormSubmission, HumanInputForm as HumanInputForm


class HumanInputForms(Resource[M], area="service.human_input_forms"):
    """Forms that paused runs wait for."""

    @GET("/form/human_input/{form_token}", since="1.16")
    def get(self, form_token: str) -> HumanInputForm:
        """Read a form.

        Args:
            form_token: The form's token, from the event or the result that tells of the pause.

        Raises:
            NotFoundError: No such form of this app.
            FormSubmittedError: Somebody has answered it already.
            FormExpiredError: Its time is over.
        """
        ...

    @POST("/form/human_input/{form_token}", since="1.16")
    def submit(self, form_token: str, *, inputs: Mapping[str, Any], action: str, user: RequiredUser = None) -> FormSubmission:
        """Fill a form; the run goes on. `stream.resume()` follows it.

        Args:
            form_token: The form's token.
            inputs: A value for each field of the form, by its `output_variable_name`.
            action: The id of the button that is pressed.
            user: The end user who fills it.

        Raises:
            InvalidFormDataError: A field is missing, or there is no such button.
            FormSubmittedError: Somebody has answered it already.
            FormExpiredError: Its time is over.
        """
        ...

"""OpenAPI: apps that are open to somebody who is known elsewhere."""

from __future__ import annotations

from typing import Annotated

from .._endpoint import GET, M, Resource
from .._models import Listing
from .._params import PageNumber, Within
from .apps import AppDescription, AppRow, RunnableMode


class PermittedExternalApps(Resource[M], area="openapi.permitted_external_apps", key="token"):
    """Apps that are open to somebody who is known elsewhere, on an enterprise server."""

    @GET.pages("/permitted-external-apps", since="1.16")
    def list(
        self,
        *,
        page: PageNumber = 1,
        limit: Annotated[int, Within(1, 200)] = 20,
        mode: RunnableMode | None = None,
        name: Annotated[str | None, Within(most=200)] = None,
    ) -> Listing[AppRow]:
        """List the apps.

        Args:
            page: The page, from 1.
            limit: How many on a page, 1 to 200.
            mode: Only apps of this mode.
            name: A text in the name, up to 200 characters.

        Raises:
            PermissionDeniedError: The token is that of an account.
        """
        ...

    @GET("/permitted-external-apps/{app_id}", since="1.16")
    def get(self, app_id: str, *, fields: str | None = None) -> AppDescription:
        """Describe an app.

        Args:
            app_id: The app.
            fields: Which parts to answer, with commas between them: `info`, `parameters`, `input_schema`.

        Raises:
            NotFoundError: There is no such app for this person.
        """
        ...

"""Service: the people an app serves."""

from __future__ import annotations

from .._endpoint import GET, M, Resource
from .._models import Model


class EndUsers(Resource[M], area="service.end_users"):
    """The people an app serves."""

    @GET("/end-users/{end_user_id:uuid}", since="1.12")
    def get(self, end_user_id: str) -> EndUser:
        """Look an end user up.

        Args:
            end_user_id: The server's id, such as an upload's `created_by`; not the name you gave as `user`.

        Raises:
            EndUserNotFoundError: No such end user of this app.
        """
        ...


class EndUser(Model):
    """An end user. `session_id` is the name that calls gave as `user`; times are ISO 8601 without a zone, in UTC."""

    id: str
    tenant_id: str = ""
    app_id: str | None = None
    type: str = ""
    external_user_id: str | None = None
    name: str | None = None
    is_anonymous: bool = False
    session_id: str = ""
    created_at: str = ""
    updated_at: str = ""

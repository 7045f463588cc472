"""Web: passports, which say who the end user of an app is."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from .._endpoint import GET, M, Resource
from .._models import Model
from .._params import FromClient


class Passports(Resource[M], area="web.passport", key="code"):
    """Passports, which say who the end user of an app is. The client fetches them by itself."""

    @GET("/passport")
    def get(self, *, user_id: Annotated[str | None, FromClient("user")] = None) -> Passport:
        """Fetch a passport.

        Args:
            user_id: A name for the end user, of your own; the same name is the same user. Without one it is a new user.

        Raises:
            NotFoundError: There is no page with this code, or it is switched off.
            AuthenticationError: The page is not public: sign in first.
        """
        ...


class Passport(Model):
    """A passport. A public one does not expire."""

    access_token: str = Field(repr=False)

"""Console: the account of whoever has signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias

from ..._endpoint import GET, PATCH, POST, M, Resource, area
from ..._models import Model
from ..._params import Within
from ...shared.codes import CodeSent as CodeSent
from ...shared.results import Result

if TYPE_CHECKING:
    from .education import Education
    from .email_change import EmailChange


class Account(Resource[M], area="console.account", key="session"):
    """The account of whoever has signed in."""

    @area
    def education(self) -> Education[M]:
        """Cheaper plans for schools, in the cloud."""
        from .education import Education

        return Education(self._core)

    @area
    def email_change(self) -> EmailChange[M]:
        """Another e-mail address, by a code to the old one and a code to the new one."""
        from .email_change import EmailChange

        return EmailChange(self._core)

    @GET("/account/profile")
    def get(self) -> Profile:
        """Tell who has signed in."""
        ...

    @PATCH("/account/profile", since="1.16")
    def update(
        self,
        *,
        name: Annotated[str | None, Within(3, 30)] = None,
        avatar: str | None = None,
        interface_language: str | None = None,
        interface_theme: Theme | None = None,
        timezone: str | None = None,
    ) -> Profile:
        """Change the account; what is not given stays as it is.

        Args:
            name: The name, 3 to 30 characters.
            avatar: The id of an uploaded picture, or its address.
            interface_language: The language, as `en-US`.
            interface_theme: The colours of the console.
            timezone: The time zone, as `Europe/Paris`.

        Raises:
            UnprocessableEntityError: There is no such language or time zone, or the name is too short or too long.
        """
        ...

    @POST("/account/init")
    def initialize(self, *, interface_language: str, timezone: str, invitation_code: str | None = None) -> Result:
        """Tell a new account its language and time zone; before that it may do nothing else.

        Args:
            interface_language: The language, as `en-US`.
            timezone: The time zone, as `Europe/Paris`.
            invitation_code: The code that the cloud asks for.

        Raises:
            BadRequestError: That was done already, or there is no such code.
            InvalidParamError: There is no such language or time zone.
        """
        ...

    @POST("/account/name", repeatable=True)
    def set_name(self, *, name: Annotated[str, Within(3, 30)]) -> Profile:
        """Rename the account; newer servers have `update` for it.

        Args:
            name: The name, 3 to 30 characters.

        Raises:
            InvalidParamError: It is too short or too long.
        """
        ...

    @POST("/account/avatar", repeatable=True)
    def set_avatar(self, *, avatar: str) -> Profile:
        """Choose the account's picture; newer servers have `update` for it.

        Args:
            avatar: The id of an uploaded picture, or its address.
        """
        ...

    @GET("/account/avatar", since="1.16")
    def get_avatar_url(self, *, avatar: str) -> AvatarUrl:
        """Tell where a picture can be fetched, for five minutes.

        Args:
            avatar: The id of a picture that the account has uploaded, or an address, which is answered as it is.

        Raises:
            NotFoundError: The account has uploaded no such picture.
        """
        ...

    @POST("/account/interface-language", repeatable=True)
    def set_interface_language(self, *, interface_language: str) -> Profile:
        """Choose the language of the console; newer servers have `update` for it.

        Args:
            interface_language: The language, as `en-US`.

        Raises:
            InvalidParamError: There is no such language.
        """
        ...

    @POST("/account/interface-theme", repeatable=True)
    def set_interface_theme(self, *, interface_theme: Theme) -> Profile:
        """Choose the colours of the console; newer servers have `update` for it.

        Args:
            interface_theme: The colours.
        """
        ...

    @POST("/account/timezone", repeatable=True)
    def set_timezone(self, *, timezone: str) -> Profile:
        """Choose the time zone; newer servers have `update` for it.

        Args:
            timezone: The time zone, as `Europe/Paris`.

        Raises:
            InvalidParamError: There is no such time zone.
        """
        ...

    @POST("/account/password")
    def change_password(self, *, new_password: str, repeat_new_password: str, password: str | None = None) -> Profile:
        """Change the password, or set the first one. Sessions stay as they are; a client that has the old one needs `sign_in` with the new.

        Args:
            new_password: The new password, as it is typed: at least 8 characters, letters and digits among them.
            repeat_new_password: The same again.
            password: The password so far, where there is one.

        Raises:
            BadRequestError: The password so far is another one, the two new ones differ, or they are too weak.
        """
        ...

    @GET("/account/integrates")
    def list_integrations(self) -> Integrations:
        """List the accounts elsewhere that this one can be signed in to with."""
        ...

    @GET("/account/delete/verify")
    def send_deletion_code(self) -> CodeSent:
        """Have a code sent that the account can be deleted with; it holds for five minutes.

        Raises:
            RateLimitError: One was sent within the last minute.
        """
        ...

    @POST("/account/delete")
    def delete(self, *, token: str, code: str) -> Result:
        """Delete the account. Its address cannot be registered again for thirty days.

        Args:
            token: What `send_deletion_code` answered.
            code: The code, as it is typed.

        Raises:
            BadRequestError: The code is wrong, or too old.
        """
        ...

    @POST("/account/delete/feedback", key="none")
    def send_deletion_feedback(self, *, email: str, feedback: str) -> Result:
        """Tell why the account was deleted.

        Args:
            email: The address that it had.
            feedback: The reason.
        """
        ...


Theme: TypeAlias = Literal["light", "dark"]


class Profile(Model):
    """An account. `avatar` is what was chosen, `avatar_url` where it can be fetched for five minutes; times are in seconds since the epoch."""

    id: str
    name: str
    email: str
    avatar: str | None = None
    avatar_url: str | None = None
    is_password_set: bool = False
    interface_language: str | None = None
    interface_theme: Theme | str | None = None
    timezone: str | None = None
    last_login_at: int | None = None
    last_login_ip: str | None = None
    created_at: int | None = None


class AvatarUrl(Model):
    """Where a picture can be fetched."""

    avatar_url: str


class Integration(Model):
    """An account elsewhere. `link` is where one begins to bind it, `created_at` when that was done."""

    provider: str
    is_bound: bool = False
    created_at: int | None = None
    link: str | None = None


class Integrations(Model):
    """The accounts elsewhere."""

    data: list[Integration]

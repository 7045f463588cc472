"""Console: messages of an installed app that an account keeps."""

from __future__ import annotations

from typing import Annotated

from ..._endpoint import DELETE, GET, POST, M, Resource
from ..._models import Listing
from ..._params import UpTo100, Uuid
from ...shared.messages import SavedMessage as SavedMessage
from ...shared.results import Result


class SavedMessages(Resource[M], area="console.installed_apps.saved_messages", key="session"):
    """Messages that the account keeps, of an installed completion app."""

    @GET.pages("/installed-apps/{installed_app_id:uuid}/saved-messages")
    def list(
        self, installed_app_id: str, *, last_id: Annotated[str | None, Uuid(empty=True)] = None, limit: UpTo100 = 20
    ) -> Listing[SavedMessage]:
        """List the messages that the account keeps, newest first.

        Args:
            installed_app_id: The installed app.
            last_id: The last message of the page before.
            limit: How many on a page, 1 to 100.

        Raises:
            NotCompletionAppError: The app is of another mode.
            NotFoundError: No such installed app, or no kept message `last_id`.
        """
        ...

    @POST("/installed-apps/{installed_app_id:uuid}/saved-messages", repeatable=True)
    def create(self, installed_app_id: str, *, message_id: Annotated[str, Uuid()]) -> Result:
        """Keep a message.

        Args:
            installed_app_id: The installed app.
            message_id: The message.

        Raises:
            NotFoundError: No such installed app, or no such message of this account.
        """
        ...

    @DELETE("/installed-apps/{installed_app_id:uuid}/saved-messages/{message_id:uuid}", status=204)
    def delete(self, installed_app_id: str, message_id: str) -> None:
        """Stop keeping a message. Servers say yes where it is not kept too.

        Args:
            installed_app_id: The installed app.
            message_id: The message.

        Raises:
            NotFoundError: No such installed app.
        """
        ...

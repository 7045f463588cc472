"""Console: messages of an app that is tried."""

from __future__ import annotations

from ..._endpoint import GET, M, Resource
from ...shared.messages import SuggestedQuestions as SuggestedQuestions


class Messages(Resource[M], area="console.trial_apps.messages", key="session"):
    """What may follow a message."""

    @GET("/trial-apps/{app_id:uuid}/messages/{message_id:uuid}/suggested-questions", repeatable=False, since="1.13")
    def suggested(self, app_id: str, message_id: str) -> SuggestedQuestions:
        """Ask the model for questions that may follow a message. It costs tokens.

        Args:
            app_id: The app.
            message_id: The message.

        Raises:
            PermissionDeniedError: The app does not suggest questions, or cannot be tried.
            NotFoundError: No such message of this account.
        """
        ...

"""Console: recommended apps to be tried before they are installed, where a server allows it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..._endpoint import GET, M, Resource, area
from ..._models import Listing
from ..._params import PageNumber
from ...shared.apps import AppParameters as AppParameters, Site as Site
from ..app_details import AppDetailWithSite
from .models import TrialDataset as TrialDataset

if TYPE_CHECKING:
    from .audio import Audio
    from .chat import Chat
    from .completion import Completion
    from .files import Files, RemoteFiles
    from .messages import Messages
    from .workflows import Workflows


class TrialApps(Resource[M], area="console.trial_apps", key="none"):
    """Recommended apps to be tried before they are installed. What an app is, servers tell to everybody; an account may run it a few times."""

    @area
    def audio(self) -> Audio[M]:
        """Speech to text and back."""
        from .audio import Audio

        return Audio(self._core)

    @area
    def chat(self) -> Chat[M]:
        """Chats, agents and chatflows."""
        from .chat import Chat

        return Chat(self._core)

    @area
    def completion(self) -> Completion[M]:
        """Completions."""
        from .completion import Completion

        return Completion(self._core)

    @area
    def files(self) -> Files[M]:
        """Files for messages and variables."""
        from .files import Files

        return Files(self._core)

    @area
    def messages(self) -> Messages[M]:
        """What may follow a message."""
        from .messages import Messages

        return Messages(self._core)

    @area
    def remote_files(self) -> RemoteFiles[M]:
        """Files that the server fetches by itself."""
        from .files import RemoteFiles

        return RemoteFiles(self._core)

    @area
    def workflows(self) -> Workflows[M]:
        """Workflows."""
        from .workflows import Workflows

        return Workflows(self._core)

    @GET("/trial-apps/{app_id:uuid}", since="1.13")
    def get(self, app_id: str) -> AppDetailWithSite:
        """Tell an app.

        Args:
            app_id: The app.

        Raises:
            NotFoundError: No such app.
        """
        ...

    @GET.pages("/trial-apps/{app_id:uuid}/datasets", since="1.13")
    def list_datasets(
        self, app_id: str, *, page: PageNumber = 1, limit: PageNumber = 20, ids: Sequence[str] | None = None
    ) -> Listing[TrialDataset]:
        """List datasets that the app uses.

        Args:
            app_id: The app.
            page: Which page, from 1.
            limit: How many on a page.
            ids: The datasets; servers refuse a call without them.

        Raises:
            BadRequestError: No dataset is named.
            NotFoundError: No such app.
        """
        ...

    @GET("/trial-apps/{app_id:uuid}/parameters", since="1.13")
    def parameters(self, app_id: str) -> AppParameters:
        """Tell the app's variables, features and limits.

        Args:
            app_id: The app.

        Raises:
            AppUnavailableError: The app is not configured or not published.
            NotFoundError: No such app.
        """
        ...

    @GET("/trial-apps/{app_id:uuid}/site", since="1.13")
    def site(self, app_id: str) -> Site:
        """Tell how the app's page looks.

        Args:
            app_id: The app.

        Raises:
            NotFoundError: No such app.
        """
        ...

"""Files: what workspaces show to everybody."""

from __future__ import annotations

from .._endpoint import GET, M, Resource
from .._files import File


class Workspaces(Resource[M], area="files.workspaces", key="none"):
    """What workspaces show to everybody."""

    @GET.file("/workspaces/{workspace_id:uuid}/webapp-logo")
    def get_webapp_logo(self, workspace_id: str) -> File:
        """Fetch the logo that a workspace's pages show.

        Args:
            workspace_id: The workspace.

        Raises:
            NotFoundError: The workspace has none.
        """
        ...

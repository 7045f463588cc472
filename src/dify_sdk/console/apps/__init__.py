"""Console: apps, and everything below them."""

from __future__ import annotations

from ..._endpoint import M, Resource


class Apps(Resource[M], area="console.apps", key="session"):
    """The apps of the workspace."""

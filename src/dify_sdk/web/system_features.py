"""Web: what the server can do."""

from __future__ import annotations

from .._endpoint import GET, M, Resource
from ..shared.features import SystemFeatures as SystemFeatures


class SystemFeaturesArea(Resource[M], area="web.system_features", key="none"):
    """What the server can do."""

    @GET("/system-features")
    def get(self) -> SystemFeatures:
        """Tell what the server can do, and how one gets in."""
        ...

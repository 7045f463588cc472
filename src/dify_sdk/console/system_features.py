"""Console: what the server can do."""

from __future__ import annotations

from typing import Literal

from .._endpoint import GET, M, Resource
from .._models import Model
from ..shared.features import SystemFeatures as SystemFeatures
from .features import Limitation as Limitation


class SystemFeaturesArea(Resource[M], area="console.system_features", key="session"):
    """What the server can do."""

    @GET("/system-features", key="none")
    def get(self) -> SystemFeatures:
        """Tell what the server can do, and how one gets in."""
        ...

    @GET("/system-features/license", since="1.16")
    def get_license(self) -> LicenseDetail:
        """Tell what an enterprise's licence allows; the community edition has the status `none`."""
        ...


class LicenseDetail(Model):
    """The licence of an enterprise server: until when it holds, and for how many workspaces and accounts."""

    status: Literal["none", "inactive", "active", "expiring", "expired", "lost"] | str = "none"
    expired_at: str = ""
    workspaces: Limitation | None = None
    seats: Limitation | None = None
    license_expiry_notice_enabled: bool | None = None

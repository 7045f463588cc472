"""Handlers: what the server can do."""

from __future__ import annotations

from dify_sdk.console.system_features import LicenseDetail, SystemFeatures, SystemFeaturesArea

from ..enterprise import License
from ..features import limitation, system_features
from ..registry import handles
from ..visit import Visit


@handles(SystemFeaturesArea.get)
def get(visit: Visit) -> SystemFeatures:
    return system_features(visit.world)


@handles(SystemFeaturesArea.get_license)
def get_license(visit: Visit) -> LicenseDetail:
    world = visit.world
    bought = world.enterprise.license if world.enterprise else License()
    people = sum(one.status == "active" for one in world.accounts.known.values())
    return LicenseDetail(
        status=bought.status if world.enterprise else "none",
        expired_at=bought.expired_at,
        workspaces=limitation(len(world.accounts.workspaces), bought.workspaces),
        seats=limitation(people, bought.seats),
        license_expiry_notice_enabled=False,
    )

"""Handlers: what the server can do."""

from __future__ import annotations

from dify_sdk.console.system_features import LicenseDetail, Limitation, SystemFeatures, SystemFeaturesArea

from ..enterprise import License
from ..features import system_features
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
        workspaces=_limitation(len(world.accounts.workspaces), bought.workspaces),
        seats=_limitation(people, bought.seats),
        license_expiry_notice_enabled=False,
    )


def _limitation(size: int, limit: int | None) -> Limitation:
    """How much of a licence is taken; nothing is counted where nothing is limited."""
    return Limitation(enabled=limit is not None, size=size if limit is not None else 0, limit=limit or 0)

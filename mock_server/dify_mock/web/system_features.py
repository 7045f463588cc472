"""Handlers: what the server can do."""

from __future__ import annotations

from dify_sdk.shared.features import SystemFeatures
from dify_sdk.web.system_features import SystemFeaturesArea

from ..features import system_features
from ..registry import handles
from ..visit import Visit


@handles(SystemFeaturesArea.get)
def get(visit: Visit) -> SystemFeatures:
    return system_features(visit.world)

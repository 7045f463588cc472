"""Handlers: what plugins may know of apps."""

from __future__ import annotations

from dataclasses import replace

from dify_sdk.inner.answers import Answer
from dify_sdk.inner.apps import Apps
from dify_sdk.inner.nodes import Values

from ..apps import about
from ..registry import handles
from ..visit import Caller, Visit
from .checks import app_for


@handles(Apps.info)
def info(visit: Visit, *, tenant_id: str, user_id: str, app_id: str) -> Answer[Values]:
    told = about.parameters(replace(visit, caller=Caller(app_for(visit, tenant_id, app_id))))
    return Answer[Values](data=Values(data=told.model_dump(mode="json", by_alias=True, exclude_unset=True)), error="")

"""Apps that are tried out by whoever edits them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ..state import DEBUGGER
from ..visit import Visit
from .configs import check, filled


def debugged(visit: Visit, config: Mapping[str, Any] | None = None) -> Visit:
    """The visit as one of the account that tries the app out, with a configuration of its own if there is one."""
    app = replace(visit.app, config=_tried(config)) if config else visit.app
    visit.caller = replace(visit.caller, app=app, person=visit.world.person(app, visit.account.id, DEBUGGER))
    return visit


def _tried(config: Mapping[str, Any]) -> dict[str, Any]:
    """A whole configuration. While it is tried out, it has some prompt, and knowledge is always cited."""
    check(config)
    return {**filled(config), "pre_prompt": config.get("pre_prompt") or "", "retriever_resource": {"enabled": True}}

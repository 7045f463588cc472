"""How apps come into a workspace from what is written down of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, cast

from dify_sdk.shared.imports import AppImport

from ..imports import Incoming
from ..state import App, Mode
from ..visit import Visit
from ..workflow.publishing import publish
from ..world import World
from . import definitions
from .definitions import DefinitionError
from .making import make, show_alike


def bring_in(visit: Visit, incoming: Incoming) -> dict[str, Any]:
    """Make an app, or change one, and answer the import; one of another version waits."""
    return _told(visit.world.ids.uuid(), lambda import_id: _brought_in(visit.world, import_id, incoming))


def confirm(visit: Visit, import_id: str, workspace_id: str) -> dict[str, Any]:
    """Let an import in that waits, and answer it."""
    return _told(import_id, lambda _: _confirmed(visit.world, import_id, workspace_id))


def failed(import_id: str, reason: str) -> dict[str, Any]:
    """An import that came to nothing."""
    return {"id": import_id, "status": "failed", "app_id": None, "app_mode": None, **_VERSIONS, "error": reason}


def answered(visit: Visit, facts: dict[str, Any]) -> AppImport:
    """An import as the reply, and its status."""
    visit.status = _STATUSES.get(facts["status"])
    return AppImport(**facts)


_STATUSES: Final = {"failed": 400, "pending": 202}
_VERSIONS: Final = {
    "current_dsl_version": definitions.VERSION,
    "imported_dsl_version": "",
    "permission_keys": list[str](),
    "warnings": list[Any](),
}


def _told(import_id: str, doing: Callable[[str], dict[str, Any]]) -> dict[str, Any]:
    try:
        return {"id": import_id, "app_id": None, "app_mode": None, **_VERSIONS, "error": "", **doing(import_id)}
    except DefinitionError as error:
        return failed(import_id, str(error))


def _brought_in(world: World, import_id: str, incoming: Incoming) -> dict[str, Any]:
    told = definitions.read(incoming.definition)
    status, app = definitions.standing(told["version"]), _changed(world, incoming)
    if status == "pending":
        world.imports.wait(import_id, incoming)
        return {"status": status, "app_id": incoming.app_id, "imported_dsl_version": told["version"]}
    return {"status": status, **_made(world, told, incoming, app)}


def _confirmed(world: World, import_id: str, workspace_id: str) -> dict[str, Any]:
    incoming = world.imports.waiting(import_id)
    if incoming is None or incoming.workspace_id != workspace_id:
        raise DefinitionError("Import information expired or does not exist")
    made = _made(world, definitions.read(incoming.definition), incoming, _changed(world, incoming))
    world.imports.confirmed(import_id)
    return {"status": "completed", **made}


def _changed(world: World, incoming: Incoming) -> App | None:
    """The app that an import is to change, if any."""
    if not incoming.app_id:
        return None
    app = world.apps.get(incoming.app_id)
    if app is None or world.workspace_of(app) != incoming.workspace_id:
        raise DefinitionError("App not found")
    if app.mode not in definitions.WORKFLOW_MODES:
        raise DefinitionError("Only workflow or advanced chat apps can be overwritten")
    return app


def _made(world: World, told: dict[str, Any], incoming: Incoming, app: App | None) -> dict[str, Any]:
    """Put it into the world. A workflow is published at once: there is nowhere else to do it."""
    facts = told["app"]
    mode = cast("Mode", facts["mode"])
    name = str(incoming.name or facts.get("name") or (app.name if app else ""))
    if app is None:
        app = make(world, name, mode, workspace_id=incoming.workspace_id, created_by=incoming.account_id)
        app.icon_background = "#FFFFFF"
    elif app.mode != mode:
        raise DefinitionError(f"The app is of mode '{app.mode}'")
    app.name = name
    app.description = str(incoming.description or facts.get("description") or app.description)
    kind = incoming.icon_type or facts.get("icon_type")
    app.icon_type = kind if kind in {"emoji", "image", "link"} else "emoji"
    app.icon = incoming.icon or str(facts.get("icon") or "")
    app.icon_background = incoming.icon_background or facts.get("icon_background") or app.icon_background
    app.use_icon_as_answer_icon = bool(facts.get("use_icon_as_answer_icon"))
    if mode in definitions.WORKFLOW_MODES:
        workflow = told["workflow"]
        lists = [definitions.rows(workflow, f"{kind}_variables") for kind in ("conversation", "environment")]
        publish(world, app, workflow["graph"], workflow.get("features") or {}, *lists)
    else:
        app.configure(told["model_config"], app.created_by, world.clock.seconds())
    if not incoming.app_id:
        show_alike(app)
    world.imports.need(app.id, definitions.rows(told, "dependencies"))
    return {"app_id": app.id, "app_mode": app.mode, "imported_dsl_version": told["version"]}

"""How apps come into a workspace from what is written down of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, cast

from dify_sdk.shared.imports import AppImport, Dependencies, Dependency, ImportMode

from ..imports import Incoming
from ..refusals import Refusal
from ..state import App, Mode
from ..visit import Visit
from ..workflow.publishing import keep_draft
from ..world import World
from . import definitions, remote
from .definitions import DefinitionError
from .making import make, show_alike


def take_in(visit: Visit, mode: ImportMode, content: str | None, url: str | None, changed: Callable[[str], Incoming]) -> AppImport:
    """Bring in what is given, or what lies at an address; `changed` says what is to be different about it."""
    given = content if mode == "yaml-content" else url
    if not given:
        raise _failed(visit.world.ids.uuid(), f"{mode.replace('-', '_')} is required when import_mode is {mode}")
    try:
        definition = given if mode == "yaml-content" else remote.looked_at(visit, given).content.decode("utf-8", "replace")
    except Refusal as refusal:
        raise _failed(visit.world.ids.uuid(), f"Error fetching YAML from URL: {refusal.message}") from None
    return bring_in(visit, changed(definition))


def bring_in(visit: Visit, incoming: Incoming) -> AppImport:
    """Make an app, or change one; an import of another version waits."""
    import_id = visit.world.ids.uuid()
    made = _told(import_id, lambda: _brought_in(visit.world, import_id, incoming))
    if made.status == "pending":
        visit.status = 202
    return made


def confirm(visit: Visit, import_id: str, workspace_id: str) -> AppImport:
    """Let an import in that waits."""
    return _told(import_id, lambda: _confirmed(visit.world, import_id, workspace_id))


def missing(world: World, app_id: str) -> Dependencies:
    """The plugins that an app was found to need, and the workspace lacks."""
    found = [one for one in world.imports.needed(app_id) if not definitions.is_installed(one)]
    return Dependencies(leaked_dependencies=[Dependency.model_validate(one) for one in found])


_NOTHING: Final[dict[str, Any]] = {
    "app_id": None,
    "app_mode": None,
    "permission_keys": list[str](),
    "current_dsl_version": definitions.VERSION,
    "imported_dsl_version": "",
    "error": "",
    "warnings": list[Any](),
}


def _told(import_id: str, doing: Callable[[], dict[str, Any]]) -> AppImport:
    try:
        return AppImport(id=import_id, **{**_NOTHING, **doing()})
    except DefinitionError as error:
        raise _failed(import_id, str(error)) from None


def _failed(import_id: str, reason: str) -> Refusal:
    """An import that came to nothing; it is the answer all the same."""
    return Refusal(400, "invalid_param", reason, body={"id": import_id, "status": "failed", **_NOTHING, "error": reason})


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
    """Put it into the world. A workflow is a draft at first."""
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
    kind = str(incoming.icon_type or facts.get("icon_type"))
    app.icon_type = kind if kind in {"emoji", "image", "link"} else "emoji"
    app.icon = str(incoming.icon or facts.get("icon") or "")
    app.icon_background = str(incoming.icon_background or facts.get("icon_background") or app.icon_background)
    app.use_icon_as_answer_icon = bool(facts.get("use_icon_as_answer_icon"))
    if mode in definitions.WORKFLOW_MODES:
        workflow = told["workflow"]
        lists = [definitions.rows(workflow, f"{kind}_variables") for kind in ("conversation", "environment")]
        keep_draft(world, app, workflow["graph"], workflow.get("features") or {}, *lists)
        app.touch(incoming.account_id or app.created_by, world.clock.seconds())
    else:
        app.configure(told["model_config"], app.created_by, world.clock.seconds())
    if not incoming.app_id:
        show_alike(app)
    world.imports.need(app.id, definitions.rows(told, "dependencies"))
    return {"app_id": app.id, "app_mode": app.mode, "imported_dsl_version": told["version"]}

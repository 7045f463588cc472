"""How a trigger begins a run. Nobody waits for it: it goes on by itself, and the logs of its app tell what came of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ..refusals import Refusal
from ..state import DEFAULT_USER, App, Workflow
from ..triggering import is_trigger
from ..visit import Caller, Visit
from ..workflow import following, starting
from ..world import World


@dataclass(frozen=True)
class Trigger:
    """A node that runs begin at."""

    app: App
    workflow: Workflow
    node: Mapping[str, Any]

    @property
    def id(self) -> str:
        """The id of the node."""
        return str(self.node["id"])

    @property
    def settings(self) -> dict[str, Any]:
        """What the node is told."""
        found: dict[str, Any] = self.node["data"]
        return found


def triggers(world: World, kind: str, *, drafts: bool = False) -> Iterator[Trigger]:
    """The trigger nodes of a kind: of what is published, or of what is being edited."""
    for app in world.apps.values():
        yield from (one for one in triggers_of(app, app.draft if drafts else app.workflow) if one.settings["type"] == kind)


def triggers_of(app: App, workflow: Workflow | None) -> list[Trigger]:
    """The trigger nodes of a version of a workflow."""
    return [Trigger(app, workflow, node) for node in workflow.graph["nodes"] if is_trigger(node)] if workflow else []


def is_on(world: World, trigger: Trigger) -> bool:
    """Whether a trigger of what is published begins runs."""
    return world.triggering.switches[trigger.app.id][trigger.id].is_on


def begin(visit: Visit, trigger: Trigger, inputs: dict[str, Any], triggered_from: str) -> None:
    """Begin a run; it is refused where the workspace has none left."""
    world = visit.world
    left = world.triggering.runs_left
    if left is not None:
        if left <= 0:
            raise failure(429, "Too Many Requests", "The workspace has no trigger runs left.")
        world.triggering.runs_left = left - 1
    user = world.person(trigger.app, DEFAULT_USER, "trigger", is_anonymous=True)
    taken = starting.Given(inputs, at=trigger.id, triggered_from=triggered_from)
    engine = starting.begin(replace(visit, caller=Caller(trigger.app)), user, trigger.workflow, taken, world.begin(trigger.app, user))
    following.launch(engine.run, engine.begin())


def failure(status: int, error: str, message: str | None = None) -> Refusal:
    """A no in the words of this tier."""
    body = {"error": error} if message is None else {"error": error, "message": message}
    return Refusal(status, error.lower().replace(" ", "_"), message or error, body=body)

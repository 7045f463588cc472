"""Stories of programs that are let in by somebody with a browser, from the first step to the last."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import anyio
import pytest

from dify_mock import seed
from dify_mock.contract.place import Place, reach
from dify_sdk.errors import AccessDeniedError, ConfigurationError, ExpiredTokenError, UnsupportedClientError
from dify_sdk.openapi.oauth import DeviceCode
from dify_sdk.shared.runs import WorkflowRun


@dataclass
class Waits:
    """The pauses that were made, and what is to happen in the first, the second, ..."""

    made: list[float] = field(default_factory=list[float])
    during: dict[int, Callable[[], object]] = field(default_factory=dict[int, Callable[[], object]])


@pytest.fixture
def waits(place: Place, monkeypatch: pytest.MonkeyPatch) -> Waits:
    """Pauses of the client that nobody waits for: only the world's clock moves on."""
    waits = Waits()

    def sleep(seconds: float) -> None:
        waits.made.append(seconds)
        place.mock.clock.advance(seconds)
        waits.during.get(len(waits.made), lambda: None)()

    async def awaited(seconds: float) -> None:
        sleep(seconds)

    monkeypatch.setattr("time.sleep", sleep)
    monkeypatch.setattr(anyio, "sleep", awaited)
    return waits


def nobody_decides(_: DeviceCode) -> None:
    """Only shows the code."""


def test_a_program_is_let_in_and_goes_on_as_that_person(place: Place, waits: Waits) -> None:
    world, client = place.mock.world, place.openapi_with(None)

    token = client.login(on_code=lambda code: world.devices.approve(code.user_code, world.owner), device_label="a test")

    assert (token.subject_type, token.account and token.account.email) == ("account", "admin@example.com")
    assert [one.role for one in token.workspaces] == ["owner"]
    assert token.token.startswith("dfoa_")
    assert waits.made == [5]
    told = client.account.get()
    assert (told.account, told.default_workspace_id) == (token.account, world.workspace_id)
    assert token.token_id in [one.id for one in place.openapi_with(token.token).account.sessions.list()]


def test_a_program_asks_until_somebody_decides(place: Place, waits: Waits) -> None:
    world, codes = place.mock.world, list[str]()
    waits.during[3] = lambda: world.devices.approve(codes[0], world.owner)

    place.openapi_with(None).login(on_code=lambda code: codes.append(code.user_code))

    assert waits.made == [5, 5, 5]
    assert [one.status for one in place.mock.journal.of("oauth.device.poll_token")] == [400, 400, 200]


def test_a_program_that_is_refused_is_told(place: Place, waits: Waits) -> None:
    client = place.openapi_with(None)
    with pytest.raises(AccessDeniedError):
        client.login(on_code=lambda code: place.mock.world.devices.deny(code.user_code))
    with pytest.raises(ConfigurationError, match="login"):
        client.account.get()


def test_a_code_is_good_for_a_quarter_of_an_hour(place: Place, waits: Waits) -> None:
    with pytest.raises(ExpiredTokenError):
        place.openapi_with(None).login(on_code=nobody_decides)
    assert len(waits.made) == 900 / 5
    assert {one.status for one in place.mock.journal.of("oauth.device.poll_token")} == {400}


def test_a_code_that_came_too_late_is_told_by_the_server(place: Place, waits: Waits) -> None:
    with pytest.raises(ExpiredTokenError):
        place.openapi_with(None).login(on_code=lambda _: place.mock.clock.advance(901))
    assert waits.made == [5]


def test_a_program_that_the_server_does_not_know_gets_no_code(place: Place) -> None:
    with pytest.raises(UnsupportedClientError):
        place.openapi_with(None).login(on_code=nobody_decides, client_id="another")
    place.mock.world.devices.clients.add("another")
    assert place.openapi_with(None).oauth.device.request_code(client_id="another", device_label="x").interval == 5


def test_a_program_that_was_let_in_brings_an_app_and_its_run_outlives_a_lost_connection(place: Place, waits: Waits) -> None:
    world, client = place.mock.world, place.openapi_with(None).with_options(resume=True)
    client.login(on_code=lambda code: world.devices.approve(code.user_code, world.owner))
    workspace_id = client.account.get().default_workspace_id
    assert workspace_id
    written = client.apps.export_dsl(world.first_app("workflow").id).data
    app_id = client.workspaces.apps.import_dsl(workspace_id, mode="yaml-content", yaml_content=written, name="Brought in").app_id
    assert app_id
    place.console().apps.workflows.publish(app_id)

    place.mock.faults.cut(6, on="openapi.apps.stream")
    with client.apps.stream(app_id, inputs={"query": "hi"}) as stream:
        reach(stream, "workflow_started")
        run = stream.result()
    assert isinstance(run, WorkflowRun)
    assert (run.status, run.outputs["text"]) == ("succeeded", "Hello from the stub. You said: hi")
    assert [one.path for one in place.mock.journal.of("apps.events")] == [f"/openapi/v1/apps/{app_id}/tasks/{run.workflow_run_id}/events"]

    service = place.service_with(seed.add_app_key(world, world.apps[app_id]))
    assert service.app.info().name == "Brought in"
    assert service.workflows.runs.get(run.workflow_run_id).outputs == run.outputs
    assert [one.workflow_run and one.workflow_run.id for one in service.workflows.logs.list()] == [run.workflow_run_id]

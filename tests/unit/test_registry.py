"""The registry: every declaration, found by walking the areas. The route table it is held against is another test's."""

import subprocess
import sys

from dify_sdk import ServiceClient, _registry
from unit.test_logging import SOURCE


def test_every_operation_has_one_id():
    ids = [one.declaration.id for one in _registry.every()]

    assert len(ids) == len(set(ids)) > 30


def test_a_streaming_twin_calls_the_operation_of_its_sibling():
    found = {one.path: one.contract_id for one in _registry.operations("service")}

    assert found["chat.stream"] == found["chat.send"] == "chat.send"
    assert found["workflows.events"] == "workflows.events"


def test_a_path_begins_with_the_prefix_of_its_tier():
    assert {one.url_path for one in _registry.operations("service") if one.path == "app.info"} == {"/v1/info"}


def test_flows_are_told_apart():
    found = {one.path for one in _registry.flows("service")}

    assert {"files.upload_and_reference", "datasets.ingest"} <= found
    assert found.isdisjoint(one.path for one in _registry.operations("service"))
    assert _registry.tiers()["service"].clients[0] is ServiceClient


def test_a_client_never_reads_it():
    script = (
        "import sys; from dify_sdk import ServiceClient; ServiceClient('app-x').chat.send; assert 'dify_sdk._registry' not in sys.modules"
    )

    subprocess.run([sys.executable, "-c", script], env={"PYTHONPATH": SOURCE}, check=True)

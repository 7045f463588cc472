"""The wheel: what it holds, how large it is, and that the contract suite is found in it."""

import json
import os
import subprocess
import sys
import zipfile

import pytest

from dify_mock.contract import coverage, upstream

ROOT = upstream.suite().parents[1]
pytestmark = pytest.mark.skipif(not (ROOT / "pyproject.toml").exists(), reason="there is no checkout to build from")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    pytest.importorskip("hatchling")
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)], cwd=ROOT, check=True, capture_output=True
    )
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def unpacked(wheel, tmp_path_factory):
    folder = tmp_path_factory.mktemp("unpacked")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def test_what_is_in_it(wheel):
    assert wheel.stat().st_size < 2_000_000
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    inside = "dify_mock/contract/stories"
    assert {f"{inside}/upstream/1.16.json", f"{inside}/stories.json", f"{inside}/conftest.py"} <= names
    assert f"{inside}/service/test_conversations.py" in names
    assert {"dify_sdk/py.typed", "dify_mock/py.typed", "dify_sdk/contract.py"} <= names
    assert not [name for name in names if "__pycache__" in name or name.split("/")[0] not in {"dify_sdk", "dify_mock"} | infos(names)]


def infos(names):
    return {name.split("/")[0] for name in names if name.split("/")[0].endswith(".dist-info")}


def from_wheel(unpacked, *arguments):
    """The door, with nothing of the checkout in reach."""
    settings = {name: value for name, value in os.environ.items() if not name.startswith(("DIFY_", "PYTEST_"))}
    return subprocess.run(
        [sys.executable, "-m", "dify_sdk.contract", *arguments],
        cwd=unpacked,
        env={**settings, "PYTHONPATH": str(unpacked)},
        check=True,
        capture_output=True,
        text=True,
    ).stdout


def test_coverage_is_that_of_the_checkout(unpacked):
    assert json.loads(from_wheel(unpacked, "coverage", "--json")) == json.loads(coverage.as_json())


def test_its_stories_run(unpacked):
    told = from_wheel(unpacked, "run", "--tier", "service", "--", "-q", "-k", "a_walk_visits_every_conversation_once")
    assert "4 passed" in told  # on two twins, in two profiles

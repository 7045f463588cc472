"""The logger is silent unless somebody asks for it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import dify_sdk

SOURCE = str(Path(dify_sdk.__file__).parents[1])
SCRIPT = """
import logging, httpx
from dify_sdk import ServiceClient

server = httpx.MockTransport(lambda request: httpx.Response(200, json={"name": "app"}))
ServiceClient("app-hunter2", base_url="http://dify.test", http_client=httpx.Client(transport=server)).app.info()
print(logging.getLogger().handlers, logging.getLogger("dify_sdk").handlers)
"""


def run(**environment):
    """A process of its own, since the level is read once."""
    settings = {name: value for name, value in os.environ.items() if not name.startswith("DIFY_")} | {"PYTHONPATH": SOURCE}
    return subprocess.run([sys.executable, "-c", SCRIPT], env=settings | environment, capture_output=True, text=True, check=True)


def test_importing_installs_no_handler_but_the_silent_one():
    done = run()

    assert done.stdout == "[] [<NullHandler (NOTSET)>]\n"
    assert done.stderr == ""


@pytest.mark.parametrize("level", ["info", "DEBUG", "1", "on"])
def test_the_environment_can_ask_for_lines(level):
    done = run(DIFY_LOG=level)

    assert done.stderr.startswith("service.app.info GET /info attempt 1: 200 after")
    assert "hunter2" not in done.stderr

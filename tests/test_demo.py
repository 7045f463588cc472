"""The demo, as `make demo` runs it: another process, a real socket."""

import os
import re
import subprocess
import sys

import pytest

from dify_mock import MockServer


def demo(**environment):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DIFY_")}
    return subprocess.run(
        [sys.executable, "-m", "dify_mock.demo"], env={**kept, **environment}, capture_output=True, text=True, timeout=60, check=False
    )


@pytest.fixture
def server():
    with MockServer(pace=0) as mock:
        yield mock


def test_the_embedded_mock_chats_and_runs_a_workflow():
    shown = demo()
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "chat: Demo Chat" in shown.stdout
    assert re.search(r"^Hello from the stub\. You said: .+\n\(\d+ tokens, [\d.]+ USD\)$", shown.stdout, re.MULTILINE)
    assert "workflow: Demo Workflow" in shown.stdout
    assert re.search(r"^  LLM +succeeded +\d+\.\d\d s$", shown.stdout, re.MULTILINE)
    assert re.search(r"^run succeeded after \d+\.\d\d s$", shown.stdout, re.MULTILINE)


@pytest.mark.parametrize("mode", ["chat", "completion", "agent-chat", "advanced-chat", "workflow"])
def test_another_server_shows_the_app_of_the_key(server, mode):
    shown = demo(DIFY_BASE_URL=server.url, DIFY_API_KEY=server.credentials.app_keys[mode])
    assert (shown.returncode, shown.stderr) == (0, "")
    assert shown.stdout.count(f"{mode}: Demo") == 1
    assert "Hello from the stub." in shown.stdout


def test_another_server_shows_a_workflow_too(server):
    keys = server.credentials.app_keys
    shown = demo(DIFY_BASE_URL=server.url, DIFY_API_KEY=keys["chat"], DIFY_WORKFLOW_API_KEY=keys["workflow"])
    assert shown.returncode == 0
    assert shown.stdout.index("chat: Demo Chat") < shown.stdout.index("workflow: Demo Workflow")


def test_a_refusal_is_told_in_a_line(server):
    shown = demo(DIFY_BASE_URL=server.url, DIFY_API_KEY="app-unknown")
    assert shown.returncode == 1
    assert shown.stderr.startswith("\nAuthenticationError: 401")
    assert "Traceback" not in shown.stderr

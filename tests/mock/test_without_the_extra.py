"""A machine that has the package alone, without what the extra `mock` brings."""

import subprocess
import sys

import pytest

from dify_mock import MockServer
from dify_mock.apps import definitions


def test_without_the_library_the_error_says_what_to_install(monkeypatch):
    monkeypatch.setattr("dify_mock.apps.definitions.find_spec", lambda name: None)

    with pytest.raises(RuntimeError, match=r"pip install 'dify-sdk-py\[mock\]'"):
        definitions.read("app: {}")
    with pytest.raises(RuntimeError, match="pyyaml"):
        definitions.written(MockServer(pace=0).world.first_app("workflow"), None, with_secrets=False)


def test_a_mock_in_process_needs_nothing_else():
    code = (
        "import sys; sys.modules.update(yaml=None, uvicorn=None)\n"
        "from dify_mock import MockServer; from dify_sdk import ServiceClient; import httpx\n"
        "mock = MockServer(pace=0)\n"
        "http = httpx.Client(transport=mock.transport)\n"
        "print(ServiceClient(mock.credentials.app_keys['chat'], base_url='http://mock', user='ann', http_client=http).chat.send(query='a').answer)\n"
    )
    told = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert (told.stdout, told.stderr) == ("Hello from the stub. You said: a\n", "")

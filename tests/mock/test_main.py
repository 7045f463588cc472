"""`python -m dify_mock serve`."""

import json
import re
import signal
import socket
import subprocess
import sys

import httpx
import pytest

from dify_mock import __main__ as command
from dify_sdk import ServiceClient


class Serving:
    """The command in a process of its own, once it has said where it listens."""

    def __init__(self, *arguments):
        whole = [sys.executable, "-m", "dify_mock", "serve", "--port", "0", "--pace", "0", *arguments]
        self.process = subprocess.Popen(whole, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.greeting = "".join(self.process.stderr.readline() for _ in range(3))
        self.url = re.search(r"http://\S+", self.greeting)[0]

    def end(self, how):
        self.process.send_signal(how)
        self.output, _ = self.process.communicate(timeout=20)
        return self.process.returncode

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
            self.process.communicate()


@pytest.mark.skipif(sys.platform == "win32", reason="a process of its own is ended by signals")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_until_it_is_told_to_stop(tmp_path, how):
    file = tmp_path / "credentials.json"
    file.write_text("what was there before")
    file.chmod(0o644)
    with Serving("--credentials", str(file)) as serving:
        assert file.stat().st_mode & 0o777 == 0o600
        told = json.loads(file.read_text("utf-8"))
        assert told["url"] == serving.url
        assert told["app_keys"]["chat"].startswith("app-")
        with ServiceClient(told["app_keys"]["chat"], base_url=told["url"], user="ann") as client:
            assert client.chat.send(query="Hello").answer == "Hello from the stub. You said: Hello"
        assert str(file) in serving.greeting
        assert serving.end(how) == 0
        assert not any(secret in serving.greeting + serving.output for secret in (*told["app_keys"].values(), told["password"]))
        with pytest.raises(httpx.ConnectError):
            httpx.get(serving.url)


def test_keys_are_printed_only_where_that_is_asked_for():
    with Serving("--credentials", "-") as serving:
        serving.end(signal.SIGTERM)
        assert json.loads(serving.output)["dataset_key"].startswith("dataset-")
    with Serving() as serving:
        assert "--credentials" in serving.greeting
        serving.end(signal.SIGTERM)
        assert serving.output == ""


def test_an_empty_world_has_no_keys():
    with Serving("--seed", "empty", "--credentials", "-") as serving:
        serving.end(signal.SIGTERM)
        assert json.loads(serving.output)["app_keys"] == {}


def refused(capsys, *arguments):
    """What is said by a command that does not serve."""
    with pytest.raises(SystemExit) as ended:
        raise SystemExit(command.main(["serve", "--port", "0", *arguments]))
    assert ended.value.code
    return capsys.readouterr().err


def test_another_host_must_be_meant(capsys):
    assert "--allow-remote" in refused(capsys, "--host", "0.0.0.0")


@pytest.mark.parametrize("wrong", [("--profile", "none"), ("--seed", "none"), ("--port", "many"), ("--nothing",)])
def test_wrong_options_are_refused(capsys, wrong):
    assert "usage:" in refused(capsys, *wrong)


def test_a_port_that_is_taken_is_named(capsys):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert "in use" in refused(capsys, "--port", str(taken.getsockname()[1]))


def test_without_its_web_server_it_says_what_to_install(capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    assert "dify-sdk-py[mock]" in refused(capsys)


def test_credentials_that_cannot_be_written_end_it(capsys, tmp_path):
    assert "cannot be written" in refused(capsys, "--credentials", str(tmp_path / "no" / "such" / "folder.json"))


def test_without_a_command_it_tells_what_there_is(capsys):
    with pytest.raises(SystemExit):
        command.main([])
    assert "serve" in capsys.readouterr().err

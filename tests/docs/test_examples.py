"""Every Python block of the documentation runs as it stands there, against a mock.

The blocks of a page are run in their order and share their names. `# -> text` after a `print` is what it prints.
A block with a test in it is run by pytest. A block that cannot run has `<!-- not run: reason -->` on the line above it.
"""

import ast
import contextlib
import io
import os
import re
import subprocess
import sys
import textwrap
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import pytest
from pydantic import TypeAdapter

from dify_mock import MockServer, graphs
from dify_mock.contract import drawings
from dify_sdk._client import AsyncClient, SyncClient

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "ARCHITECTURE.md", *sorted((ROOT / "docs").rglob("*.md"))]
NOT_RUN = 4  # this number may only go down

FENCE = re.compile(
    r"^(?:<!-- not run: (?P<reason>[^\n]+) -->\n)?(?P<indent> *)```(?P<language>\w*)[^\n]*\n(?P<code>.*?)^(?P=indent)```$",
    re.MULTILINE | re.DOTALL,
)
OUTPUT = re.compile(r"^ *# -> ?(.*)$", re.MULTILINE)


@dataclass
class Block:
    line: int
    code: str
    reason: str | None

    @property
    def is_test(self):
        return any(getattr(node, "name", "").startswith("test_") for node in ast.parse(self.code).body)


def blocks(page):
    text = page.read_text()
    return [
        Block(text[: found.start("code")].count("\n"), textwrap.dedent(found["code"]), found["reason"])
        for found in FENCE.finditer(text)
        if found["language"] in {"python", "py", "pycon"}
    ]


@pytest.fixture
def surroundings(tmp_path, monkeypatch):
    """A mock, the environment that names it, and a folder with the files that the pages speak of."""
    for name in [name for name in os.environ if name.startswith("DIFY_")]:
        monkeypatch.delenv(name)
    (tmp_path / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    (tmp_path / "report.pdf").write_bytes(b"%PDF-1.4\n")
    (tmp_path / "hello.mp3").write_bytes(b"ID3" + bytes(64))
    monkeypatch.chdir(tmp_path)
    with MockServer(pace=0) as mock:
        keys = mock.credentials.app_keys
        monkeypatch.setenv("DIFY_BASE_URL", mock.url)
        monkeypatch.setenv("DIFY_API_KEY", keys["chat"])
        monkeypatch.setenv("DIFY_DATASET_API_KEY", mock.credentials.dataset_key)
        monkeypatch.setenv("DIFY_WORKFLOW_API_KEY", keys["workflow"])
        monkeypatch.setenv("DIFY_CONSOLE_EMAIL", mock.credentials.email)
        monkeypatch.setenv("DIFY_CONSOLE_PASSWORD", mock.credentials.password)
        monkeypatch.setenv("DIFY_APP_CODE", mock.credentials.app_codes["chat"])
        yield mock


def _webhook(mock):
    drawn = graphs.graph([graphs.webhook("hook"), graphs.end("end1", "End")], ("hook1", "end1"))
    drawings.put(mock, "workflow", drawn)
    return {"DIFY_WEBHOOK_ID": "hook"}


ENVIRONMENTS = {
    "docs/guides/mcp.md": lambda mock: {"DIFY_MCP_CODE": mock.credentials.mcp_codes["chat"]},
    "docs/guides/openapi.md": lambda mock: {"DIFY_OPENAPI_TOKEN": mock.credentials.openapi_token},
    "docs/guides/triggers.md": _webhook,
}
"""What these pages find in the environment too."""


@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page)], ids=lambda page: str(page.relative_to(ROOT)))
def test_the_examples_of_a_page_run(page, surroundings, monkeypatch):
    for name, value in ENVIRONMENTS.get(str(page.relative_to(ROOT)), lambda _: {})(surroundings).items():
        monkeypatch.setenv(name, value)
    names = {"__name__": "__main__"}
    tests = []
    for block in blocks(page):
        if block.reason:
            continue
        if block.is_test:
            tests.append(block)
            continue
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile("\n" * block.line + block.code, page, "exec"), names)
        told = OUTPUT.findall(block.code)
        if told:
            assert printed.getvalue().splitlines() == told, f"{page.name}, line {block.line}"
    for client in names.values():
        if isinstance(client, SyncClient):
            client.close()
        assert not isinstance(client, AsyncClient), "an example opens an asynchronous client outside its event loop"
    if tests:
        run_by_pytest(tests)


def run_by_pytest(tests):
    for number, block in enumerate(tests):
        Path(f"test_block_{number}.py").write_text(block.code)
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-W", "error", "-p", "no:cacheprovider", "--import-mode=importlib", "."],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_the_blocks_that_are_not_run_become_fewer():
    reasons = [f"{page.name}: {block.reason}" for page in PAGES for block in blocks(page) if block.reason]
    assert len(reasons) == NOT_RUN, reasons


STAND_INS = {name: SimpleNamespace(id="1b4e28ba-2fa1-41d2-883f-0016d3cca427", name="facts") for name in ("document", "field", "uploaded")}


def documented(path):
    """Everything in a file that has a docstring, with it."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)) and (text := ast.get_docstring(node)):
            yield getattr(node, "name", ""), text


def examples():
    """The classes with examples in their docstrings: nested inputs, each shown as a caller writes it."""
    for folder in ("src/dify_sdk", "mock_server/dify_mock"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            module = ".".join(path.relative_to(ROOT / folder).parent.joinpath(path.stem).parts).removesuffix("__init__").rstrip(".")
            for name, text in documented(path):
                assert ">>>" not in text, f"{path.name}: {name}"
                if shown := FENCE.findall(text):
                    yield pytest.param(f"{Path(folder).name}.{module}", name, [code for *_, code in shown], id=name)


@pytest.mark.parametrize(("module", "name", "shown"), list(examples()))
def test_an_example_in_a_docstring_is_what_it_is_an_example_of(module, name, shown):
    checker = TypeAdapter(getattr(import_module(module), name))
    for code in shown:
        for statement in ast.parse(code).body:
            assert isinstance(statement, ast.Expr)
            example = eval(ast.unparse(statement), dict(STAND_INS))
            assert checker.validate_python(example) == example  # nothing is left out: no field is unknown

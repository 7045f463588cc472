"""What type checkers say: one file must pass, another must fail on its marked lines and nowhere else."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
FILES = {name: HERE / f"{name}.py" for name in ("must_pass", "must_fail")}
MARKED = {number for number, line in enumerate(FILES["must_fail"].read_text("utf-8").splitlines(), 1) if "# BAD" in line}


def run(*command):
    return subprocess.run(
        [sys.executable, "-m", *command, *map(str, FILES.values())], cwd=ROOT, capture_output=True, text=True, check=False
    )


def by_mypy():
    """Lines with errors by file; the cache is its own, so that a run beside it does no harm."""
    told = run("mypy", "--no-pretty", "--hide-error-context", "--cache-dir", ".mypy_cache/typing")
    assert told.returncode == 1, told.stdout + told.stderr
    return re.findall(r"^(\S+?):(\d+): error: (.*)", told.stdout, re.MULTILINE)


def by_pyright():
    told = run("pyright", "--outputjson")
    assert told.returncode == 1, told.stdout + told.stderr
    found = [one for one in json.loads(told.stdout)["generalDiagnostics"] if one["severity"] == "error"]
    return [(one["file"], one["range"]["start"]["line"] + 1, one["message"]) for one in found]


@pytest.mark.timeout(300)  # the first run has nothing to start from
@pytest.mark.parametrize("checker", [by_mypy, by_pyright])
def test_what_a_checker_says(checker):
    found = [(Path(file).stem, int(line), message) for file, line, message in checker() if Path(file).stem in FILES]
    assert [one for one in found if one[0] == "must_pass"] == []
    refused = {line for _, line, _ in found}
    assert [one for one in found if one[1] not in MARKED] == [], "lines that are not marked"
    assert MARKED - refused == set(), "marked lines that pass"

"""The benchmarks run: what they find is not a test's business, it depends on the machine."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("row", ["import dify_sdk", "many events"])
def test_a_row_is_measured_and_judged(row):
    command = [sys.executable, "-m", "bench", "--quick", row]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    judged = [line for line in done.stdout.splitlines() if row in line]
    assert len(judged) == 1
    assert judged[0].endswith(("met", "MISSED"))

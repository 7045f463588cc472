"""What a plain installation can do."""

import json
import subprocess
import sys


def test_coverage_is_counted_without_pytest():
    code = "import sys; sys.modules['pytest'] = None; from dify_sdk.contract import main; sys.exit(main(['coverage', '--json']))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(told.stdout)["tiers"]["service"]["operations"] == 82

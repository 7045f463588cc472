"""A call loads the area that it touches, and no other."""

import json
import subprocess
import sys

import pytest

from unit.test_endpoint import SOURCE

SCRIPT = """
import json, sys
import dify_sdk
before = sorted(one for one in sys.modules if one.startswith("dify_sdk."))
import httpx
from dify_sdk import ConsoleClient
told = [("set-cookie", "access_token=a; Path=/"), ("set-cookie", "csrf_token=c; Path=/")]

def answered(request):
    is_login = request.url.path.endswith("/login")
    return httpx.Response(200, headers=told, json={"result": "success"}) if is_login else httpx.Response(200, json=REPLY)

with httpx.Client(transport=httpx.MockTransport(answered)) as http:
    client = ConsoleClient("a@example.com", "secret", base_url="https://dify.test", http_client=http)
    CALL
print(json.dumps([before, sorted(one for one in sys.modules if one.startswith("dify_sdk."))]))
"""
SESSION = {"console", "console._credentials", "console.session", "console.signing_in", "shared", "shared.results"}
CALLS = [
    ("client.ping()", {"result": "pong"}, set()),
    ("client.tags.list(type='app')", [], {"console.tags"}),
    ("client.setup.status()", {"step": "finished"}, {"console.setup"}),
]


@pytest.mark.parametrize(("call", "reply", "areas"), CALLS, ids=lambda one: one if isinstance(one, str) else "")
def test_one_call_of_the_console_loads_its_area(call, reply, areas):
    script = SCRIPT.replace("REPLY", repr(reply)).replace("CALL", call)
    ran = subprocess.run([sys.executable, "-c", script], env={"PYTHONPATH": SOURCE}, check=True, capture_output=True, text=True)
    before, after = json.loads(ran.stdout)
    assert before == []
    loaded = {one.removeprefix("dify_sdk.") for one in after}
    assert {one for one in loaded if not one.startswith("_") and one != "errors"} == SESSION | areas

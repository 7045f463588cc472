"""What a tier asks of a program before it looks at who asks."""

from __future__ import annotations

import re
from typing import Final

from .exchange import Request
from .refusals import Refusal

_CLI: Final = re.compile(r"difyctl/(\d+)\.(\d+)\.(\d+)")
_OLDEST: Final = (0, 2, 0)
_ALWAYS_OPEN: Final = frozenset({"openapi.health", "openapi.version"})


def check(operation: str, request: Request) -> None:
    """Refuse a command line that is too old for the OpenAPI tier."""
    if not operation.startswith("openapi.") or operation in _ALWAYS_OPEN:
        return
    found = _CLI.match(request.headers.get("user-agent", ""))
    if found and tuple(map(int, found.groups())) < _OLDEST:
        oldest = ".".join(map(str, _OLDEST))
        hint = "Install a newer one: https://docs.dify.ai/cli/install"
        raise Refusal(426, "upgrade_required", f"difyctl {oldest} or newer is required", hint=hint)

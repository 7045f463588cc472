"""What a tier asks before it looks at who asks: that the program is not too old, and that the edition has such a thing."""

from __future__ import annotations

import re
from typing import Final

from .exchange import Request
from .refusals import NO_SUCH_PAGE, PageRefusal, Refusal
from .world import World

_CLI: Final = re.compile(r"difyctl/(\d+)\.(\d+)\.(\d+)")
_OLDEST: Final = (0, 2, 0)
_FOR_ALL_VERSIONS: Final = frozenset({"openapi.health", "openapi.version"})
_ENTERPRISE: Final = frozenset(
    f"openapi.oauth.device.{name}" for name in ("initiate_sso", "complete_sso", "get_approval_context", "approve_external")
)


def check(world: World, operation: str, request: Request) -> None:
    """Refuse what the server refuses to everybody."""
    if operation.startswith("openapi.") and operation not in _FOR_ALL_VERSIONS:
        _check_version(request.headers.get("user-agent", ""))
    if operation in _ENTERPRISE and world.enterprise is None:
        raise PageRefusal(404, "not_found", NO_SUCH_PAGE)


def _check_version(agent: str) -> None:
    found = _CLI.match(agent)
    if found and tuple(map(int, found.groups())) < _OLDEST:
        oldest = ".".join(map(str, _OLDEST))
        hint = "Install a newer one: https://docs.dify.ai/cli/install"
        raise Refusal(426, "upgrade_required", f"difyctl {oldest} or newer is required", hint=hint)

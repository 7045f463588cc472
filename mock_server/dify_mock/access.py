"""What an operation of the OpenAPI tier asks of a token before it looks at the arguments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from .accounts import EDITORS, MANAGERS, Role

SubjectType: TypeAlias = Literal["account", "external_sso"]
Scope: TypeAlias = Literal["full", "apps:read", "apps:read:permitted-external", "apps:run", "workspace:read", "workspace:write"]
SCOPES: Final[dict[SubjectType, frozenset[Scope]]] = {
    "account": frozenset({"full"}),
    "external_sso": frozenset({"apps:run", "apps:read:permitted-external"}),
}


@dataclass(frozen=True)
class Access:
    """Who may: with which scope, as whom, and as what in the workspace (anything where no roles are named)."""

    scope: Scope
    subjects: frozenset[SubjectType] = frozenset({"account"})
    roles: frozenset[Role] = frozenset()
    by_mode: bool = False
    """Whether the page's access mode decides too."""

    def allows(self, subject: SubjectType) -> bool:
        """Whether the scopes of a subject suffice; `full` is all of them."""
        return bool(SCOPES[subject] & {"full", self.scope})


ACCOUNT: Final = Access("full")
READ_APPS: Final = Access("apps:read")
RUN_APPS: Final = Access("apps:run", frozenset({"account", "external_sso"}), by_mode=True)
PERMITTED_APPS: Final = Access("apps:read:permitted-external", frozenset({"external_sso"}))
READ_WORKSPACES: Final = Access("workspace:read")
MANAGE_MEMBERS: Final = Access("workspace:write", roles=MANAGERS)
IMPORT_APPS: Final = Access("workspace:write", roles=EDITORS)

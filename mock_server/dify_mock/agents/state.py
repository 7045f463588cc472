"""Agents and the versions of their configurations."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from ..ids import Ids

VersionKind: TypeAlias = Literal["snapshot", "draft", "build_draft"]


@dataclass
class Asset:
    """A file in a configuration, or a skill; then the file is a packed folder."""

    name: str
    file_id: str
    size: int
    mime_type: str
    hash: str | None = None
    description: str = ""


@dataclass
class Version:
    """A version of a configuration: published, being edited, or an account's own copy of that."""

    id: str
    kind: VersionKind
    account_id: str | None = None
    files: dict[str, Asset] = field(default_factory=dict[str, Asset])
    skills: dict[str, Asset] = field(default_factory=dict[str, Asset])
    env: dict[str, str] = field(default_factory=dict[str, str], repr=False)
    note: str = ""


@dataclass
class Agent:
    """An agent. There is always a version of it that is being edited."""

    id: str
    workspace_id: str
    draft: Version
    others: dict[str, Version] = field(default_factory=dict[str, Version])

    def version(self, version_id: str, kind: VersionKind, account_id: str | None = None) -> Version | None:
        """A version of a kind; of the copies of accounts only that of this one."""
        found = self.draft if version_id == self.draft.id else self.others.get(version_id)
        return found if found and (found.kind, found.account_id) == (kind, account_id if kind == "build_draft" else None) else None

    def build_draft(self, account_id: str) -> Version | None:
        """The copy that an account works on."""
        return next((one for one in self.others.values() if one.account_id == account_id), None)


class Agents:
    """All agents, and the nodes that they stand behind."""

    def __init__(self, ids: Ids) -> None:
        self._ids = ids
        self.known: dict[str, Agent] = {}
        self._behind: dict[tuple[str, str], str] = {}

    def add(self, workspace_id: str) -> Agent:
        """Make an agent with an empty configuration."""
        made = Agent(self._ids.uuid(), workspace_id, Version(self._ids.uuid(), "draft"))
        self.known[made.id] = made
        return made

    def bind(self, agent: Agent, app_id: str, node_id: str) -> None:
        """Put an agent behind a node of a workflow."""
        self._behind[app_id, node_id] = agent.id

    def behind(self, app_id: str, node_id: str) -> Agent | None:
        """The agent behind a node."""
        return self.known.get(self._behind.get((app_id, node_id), ""))

    def publish(self, agent: Agent) -> Version:
        """Keep what is being edited as it is now."""
        return self._copied(agent, "snapshot")

    def check_out(self, agent: Agent, account_id: str) -> Version:
        """Give an account a copy of what is being edited to work on."""
        return self._copied(agent, "build_draft", account_id)

    def forget(self, app_id: str) -> None:
        """An app is no more; its agents are, behind no node of it."""
        for key in [one for one in self._behind if one[0] == app_id]:
            del self._behind[key]

    def _copied(self, agent: Agent, kind: VersionKind, account_id: str | None = None) -> Version:
        made = copy.deepcopy(agent.draft)
        made.id, made.kind, made.account_id = self._ids.uuid(), kind, account_id
        agent.others[made.id] = made
        return made

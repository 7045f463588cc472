"""Which operations the stories call: noted while they run, kept in `stories.json` beside them.

A pytest plugin. The file is written by a run of the whole suite that ended well, workers or not; any other run leaves it
as it is. An operation counts where the mock answered it with success. Its id is the contract's: what a streaming twin
calls is its sibling's operation (`chat.stream` counts for `chat.send`), because the server has one for both.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Final, TypeAlias

import pytest

from ..journal import Entry
from .upstream import is_packaged, stories, stories_file, suite

Called: TypeAlias = "dict[str, set[str]]"  # operations, and the stories that call them
_CALLED: Final = pytest.StashKey[Called]()
_OUTPUT: Final = "dify_stories"


def note(story: pytest.Item, journal: Iterable[Entry]) -> None:
    """Note what a story has called."""
    called = story.config.stash.get(_CALLED, None)
    if called is None:
        return
    name = f"{story.path.relative_to(suite()).as_posix()}::{story.nodeid.partition('::')[2].partition('[')[0]}"
    for entry in journal:
        if entry.operation and entry.status < 400:
            called.setdefault(_contract_ids()[entry.operation], set()).add(name)


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_CALLED] = {}


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """What a worker has noted comes to the one who writes."""
    _merge(node.config.stash[_CALLED], getattr(node, "workeroutput", {}).get(_OUTPUT, {}))


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    config: Any = session.config
    called: Called = config.stash[_CALLED]
    told = {operation: sorted(called[operation]) for operation in sorted(called)}
    if hasattr(config, "workeroutput"):
        config.workeroutput[_OUTPUT] = told
    elif told and exitstatus == pytest.ExitCode.OK and _is_whole(session.config) and told != stories():
        stories_file().write_text(json.dumps(told, indent=1) + "\n", "utf-8")


def _merge(called: Called, told: Mapping[str, Iterable[str]]) -> None:
    for operation, names in told.items():
        called.setdefault(operation, set()).update(names)


def _is_whole(config: pytest.Config) -> bool:
    """Whether nothing of the suite was left out."""
    options = config.option
    if is_packaged() or options.keyword or options.markexpr or options.deselect or options.ignore or options.ignore_glob:
        return False
    folders = [(config.invocation_params.dir / argument).resolve() for argument in config.args]
    return any(suite().is_relative_to(folder) for folder in folders)


@cache
def _contract_ids() -> dict[str, str]:
    """The operation of the contract for every declaration, both with the tier."""
    from dify_sdk import _registry

    return {one.declaration.id: f"{one.tier.name}.{one.contract_id}" for one in _registry.every()}

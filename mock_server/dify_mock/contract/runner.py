"""Runs the stories as they were packaged."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from .upstream import suite


def run(tier: str | None, arguments: Sequence[str]) -> int:
    """Run the stories of a tier, or of all; against a live server where `DIFY_BASE_URL` names one."""
    folders = [suite() / tier] if tier else story_folders()
    told = [
        *map(str, folders),
        f"--rootdir={suite()}",
        f"--confcutdir={suite()}",
        f"--config-file={os.devnull}",  # not the settings of whatever project is around
        "--import-mode=importlib",
        "-Wignore::pytest.PytestAssertRewriteWarning",  # the packages are imported already
        "--ignore-glob=*_against_recordings.py",  # no stories: they want recordings
        "-p",
        "no:cacheprovider",
        *arguments,
    ]
    return int(pytest.main(told))


def story_folders() -> list[Path]:
    """A folder for each tier that has stories."""
    return sorted({file.parent for file in suite().glob("*/**/test_*.py")})

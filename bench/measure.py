"""Rounds: every variant of a group once, each in its own process, the order turned round from round to round.

The speed of a machine drifts, so two figures are only compared within one round; the median of the rounds' ratios counts.
Variants that mostly wait are run side by side: what disturbs the one then disturbs the other.
"""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median
from typing import NamedTuple

from .rows import Group, Row

_ROOT = Path(__file__).parent.parent
_MOST_SECONDS = 60


class Result(NamedTuple):
    """A row's figure: the middle one, and between which they lay. None where the row was skipped."""

    row: Row
    figures: list[float] | None

    @property
    def figure(self) -> float:
        return median(self.figures or [0.0])

    @property
    def verdict(self) -> str:
        if self.figures is None:
            return f"skipped: no {self.row.needs}"
        return "met" if self.figure <= self.row.goal else "MISSED"


def measured(group: Group, url: str, *, quick: bool) -> list[Result]:
    """The results of a group's rows."""
    size, rounds = (group.quick_size, group.quick_rounds) if quick else (group.size, group.rounds)
    rows = [row for row in group.rows if row.needs is None or _is_installed(row.needs)]
    variants = list(dict.fromkeys(variant for row in rows for variant in row.variants))
    taken: dict[str, list[float]] = {variant: [] for variant in variants}
    with ThreadPoolExecutor(len(variants) if group.together else 1) as pool:
        for number in range(rounds):
            order = variants[:: -1 if number % 2 else 1]
            for variant, figure in zip(order, pool.map(lambda variant: run(variant, url, size), order), strict=True):
                taken[variant].append(figure)
    return [Result(row, _figures(row, taken) if row in rows else None) for row in group.rows]


def run(variant: str, url: str, size: int) -> float:
    """One variant, once, in a process of its own."""
    done = _python("-m", "bench.child", variant, url, str(size))
    if done.returncode:
        msg = f"{variant} failed:\n{done.stderr}"
        raise RuntimeError(msg)
    return float(done.stdout)


def _is_installed(package: str) -> bool:
    return _python("-c", f"import {package}").returncode == 0


def _python(*arguments: str) -> subprocess.CompletedProcess[str]:
    """A process that finds this checkout, and goes through no proxy."""
    environment = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed package is compiled
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, [str(_ROOT / "src"), os.environ.get("PYTHONPATH")]))
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=_ROOT, env=environment, capture_output=True, text=True, timeout=_MOST_SECONDS, check=False)


def _figures(row: Row, taken: dict[str, list[float]]) -> list[float]:
    if row.against is None:
        return taken[row.ours]
    return [ours / theirs for ours, theirs in zip(taken[row.ours], taken[row.against], strict=True)]

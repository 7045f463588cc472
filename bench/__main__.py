"""`python -m bench [--quick] [part of a row's name ...]`: measures, and prints one table."""

from __future__ import annotations

import argparse
import time
from dataclasses import replace

from .measure import Result, measured
from .responder import running
from .rows import GROUPS

_LINE = "{:<54} {:>10} {:>17} {:>7}  {}"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description="How fast the client is, next to what one would write without it.")
    parser.add_argument("--quick", action="store_true", help="smaller and fewer runs: half a minute, and less certain")
    parser.add_argument("only", nargs="*", help="measure only rows whose name holds one of these")
    given = parser.parse_args()
    begin = time.monotonic()
    with running() as responder:
        print(f"served by {responder.kind}; CPU seconds unless the row says otherwise; medians of rounds\n")
        print(_LINE.format("row", "measured", "between", "goal", "verdict"))
        for group in GROUPS:
            rows = tuple(row for row in group.rows if not given.only or any(part in row.what for part in given.only))
            for result in measured(replace(group, rows=rows), responder.url, quick=given.quick) if rows else ():
                print(_LINE.format(*_cells(result)), flush=True)
    print(f"\n{time.monotonic() - begin:.0f} s")


def _cells(result: Result) -> tuple[str, ...]:
    row, figures = result
    if figures is None:
        return row.what, "", "", f"{row.goal:g}", result.verdict
    return row.what, f"{result.figure:.3f}", f"{min(figures):.3f} - {max(figures):.3f}", f"{row.goal:g}", result.verdict


if __name__ == "__main__":
    main()

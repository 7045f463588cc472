"""The door to the contract suite: `python -m dify_sdk.contract coverage | openapi | diff | run`.

What is behind it belongs to the mock, and is imported when it is called.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from .errors import DifyError


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the arguments say; answers the exit code."""
    parser = argparse.ArgumentParser(prog="python -m dify_sdk.contract", description="Hold the client and its mock to the contract.")
    commands = parser.add_subparsers(dest="command", required=True)

    coverage = commands.add_parser("coverage", help="count what is declared, answered by the mock and called by a story")
    coverage.add_argument("--json", action="store_true", help="for machines")
    coverage.add_argument("--missing", action="store_true", help="name what is not there yet")

    openapi = commands.add_parser("openapi", help="print a tier's declarations as OpenAPI 3.1")
    openapi.add_argument("--tier", default="service")
    openapi.add_argument("--profile", choices=["dify", "documented"], default="dify", help="as which servers have it")

    diff = commands.add_parser("diff", help="compare a server's own specification with the declarations")
    diff.add_argument("--server", required=True, metavar="URL", help="the server's root")
    diff.add_argument("--tier", default="service")

    run = commands.add_parser("run", help="run the stories: against DIFY_BASE_URL with the keys of the environment, else the mock")
    run.add_argument("--tier", help="only the stories of this tier")
    run.add_argument("pytest", nargs="*", metavar="ARGUMENT", help="for pytest, after --")

    told = parser.parse_args(arguments)
    try:
        return _done(told)
    except DifyError as error:
        parser.error(str(error))


def _done(told: argparse.Namespace) -> int:
    if told.command == "coverage":
        from dify_mock.contract import coverage as counted

        if not told.missing or told.json:
            _say(counted.as_json() if told.json else counted.as_table())
        if told.missing:
            _say(counted.missing())
        return 0
    if told.command == "openapi":
        from dify_mock.contract.openapi import written

        _say(written(told.tier, told.profile))
        return 0
    if told.command == "diff":
        from dify_mock.contract.diff import compared

        differences = compared(told.server, told.tier)
        _say("\n".join(differences) or "no difference")
        return 1 if differences else 0
    from dify_mock.contract.runner import run as run_stories

    return run_stories(told.tier, told.pytest)


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    sys.exit(main())

"""One variant in a process of its own: `python -m bench.child <module>.<variant> <address> <size>` prints what it took."""

from __future__ import annotations

import sys
from importlib import import_module


def main() -> None:
    variant, url, size = sys.argv[1:]
    module, _, name = variant.partition(".")
    print(getattr(import_module(f"bench.{module}"), name)(url, int(size)))


if __name__ == "__main__":
    main()

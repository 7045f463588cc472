"""api.md tells of every operation, and is as its tool writes it."""

import re
import runpy
from collections import Counter
from pathlib import Path

from dify_sdk import _registry

ROOT = Path(__file__).parents[2]


def test_the_page_is_up_to_date():
    tool = runpy.run_path(str(ROOT / "tools" / "api_md.py"))
    assert (ROOT / "api.md").read_text("utf-8") == tool["text"](), "write it anew: python tools/api_md.py"


def test_every_area_has_its_page_in_the_documentation():
    folders = {operation.tier.name for operation in _registry.every()}
    for tier in folders:
        areas = {operation.path.partition(".")[0] for operation in _registry.operations(tier) if "." in operation.path}
        pages = {page.stem for page in (ROOT / "docs" / tier).glob("*.md")} - {"index"}
        assert pages == areas


def test_the_guide_names_the_versions_that_operations_came_with():
    declared = {(tier, one.path, one.declaration.route.since) for tier in _registry.tiers() for one in _registry.operations(tier)}
    told, counted = set(), Counter((tier, since) for tier, _, since in declared)
    page = (ROOT / "docs/guides/servers.md").read_text("utf-8")
    for since, tier, row in re.findall(r"^\| (\d+\.\d+) \| (\w+) \| (.+) \|$", page, re.MULTILINE):
        if number := re.match(r"(\d+) operations", row):  # too many to be named there: their pages say it
            assert int(number[1]) == counted[tier, since]
            told |= {one for one in declared if (one[0], one[2]) == (tier, since)}
            continue
        everything = [path for its, path, _ in declared if its == tier] if row.startswith("all of them") else []
        named = [path for path in re.findall(r"`(\w+(?:\.\w+)*)`", row) if path != "resume"]
        told |= {(tier, path, since) for path in everything + named}
    assert told == {one for one in declared if one[-1] != "1.8"}

"""The numbers of the contract suite."""

import json

from dify_mock.contract import coverage
from dify_sdk.contract import main


def test_coverage_as_json(capsys):
    assert main(["coverage", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told.keys() == {"tiers"}
    assert list(told["tiers"]) == ["service", "web", "console", "openapi", "files", "mcp", "inner", "triggers", "bisheng"]
    for numbers in told["tiers"].values():
        assert list(numbers) == ["operations", "declared", "handwritten", "sampled", "stories"]
        assert numbers["operations"] >= max(numbers["declared"], numbers["handwritten"] + numbers["sampled"], numbers["stories"])
    assert told["tiers"]["service"]["operations"] == 82


def test_coverage_as_a_table_and_what_is_missing(capsys):
    assert main(["coverage", "--missing"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if line.startswith("console.workflow_run_archives.downloads.create: no declaration")]
    main(["coverage"])
    assert "handwritten" in capsys.readouterr().out.splitlines()[0]


def test_what_is_missing_and_what_is_there_make_up_all():
    for tier in coverage.TIERS:
        found = coverage.tally(tier)
        assert found.declared | found.handwritten | found.stories <= found.operations

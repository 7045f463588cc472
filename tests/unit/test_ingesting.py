"""A folder of files, before anything is sent."""

import string

import pytest
from hypothesis import given, strategies as st

from dify_sdk.errors import ConfigurationError, IndexingFailedError
from dify_sdk.service.datasets.ingesting import IngestedFile, IngestReport, files_of
from unit.twins import DATASET_KEY, UUID, Server, got

NAMES = st.text(string.ascii_lowercase, min_size=1, max_size=4)
PATHS = st.sets(st.lists(NAMES, min_size=1, max_size=3).map(tuple), max_size=8)


def filled(folder, *paths):
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(path)
    return folder


def test_files_are_named_by_their_way_and_come_in_the_order_of_their_paths(tmp_path):
    filled(tmp_path, "b.txt", "a/c.txt", "a/b/d.md")

    assert list(files_of(tmp_path, ["**/*"])) == ["a__b__d.md", "a__c.txt", "b.txt"]


def test_hidden_files_and_what_lies_in_hidden_folders_is_left_out(tmp_path):
    filled(tmp_path, "a.txt", ".b.txt", ".git/c.txt", "d/.e/f.txt")

    assert list(files_of(tmp_path, ["**/*"])) == ["a.txt"]


def test_a_hidden_folder_above_does_no_harm(tmp_path):
    folder = filled(tmp_path / ".cache" / "texts", "a.txt")

    assert list(files_of(folder, ["**/*"])) == ["a.txt"]


def test_patterns_are_added_up_and_a_file_counts_once(tmp_path):
    filled(tmp_path, "a.txt", "b.md", "c.pdf", "d/e.md")

    assert list(files_of(tmp_path, ["*.md", "*.txt", "b.*"])) == ["a.txt", "b.md"]


def test_two_files_that_would_get_one_name_are_named_before_anything_is_sent(tmp_path):
    filled(tmp_path, "a/b.txt", "a__b.txt")

    with pytest.raises(ConfigurationError, match=r"a.b\.txt' and .*a__b\.txt' would both be the document 'a__b\.txt'"):
        files_of(tmp_path, ["**/*"])


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ConfigurationError, match=r"'folder' is .*nowhere"):
        files_of(tmp_path / "nowhere", ["*"])


@given(PATHS)
def test_every_file_has_a_name_of_its_own(tmp_path_factory, paths):
    folder = tmp_path_factory.mktemp("folder")
    for path in paths:  # a leaf's ending keeps it apart from folders
        filled(folder, "/".join(path) + ".txt")

    found = files_of(folder, ["**/*"])

    assert sorted(found.values()) == sorted(folder.joinpath(*path).with_suffix(".txt") for path in paths)
    assert all("/" not in name and name.endswith(".txt") for name in found)


@pytest.mark.anyio
@pytest.mark.parametrize(("wrong", "named"), [({"concurrency": 0}, "concurrency"), ({"on_error": "shout"}, "on_error")])
async def test_bad_arguments_are_named_before_anything_is_sent(twin, tmp_path, wrong, named):
    client = twin.client(Server(), dataset_api_key=DATASET_KEY)

    with pytest.raises(ConfigurationError, match=named):
        await got(client.datasets.ingest(UUID, tmp_path, **wrong))


@pytest.mark.anyio
async def test_an_empty_folder_asks_nothing(twin, tmp_path):
    report = await got(twin.client(Server(), dataset_api_key=DATASET_KEY).datasets.ingest(UUID, tmp_path))

    assert report.files == []
    assert report.is_final


def test_a_report_knows_its_files_by_outcome_and_complains_when_asked():
    files = [
        IngestedFile(path="a", name="a", sha256="1", outcome="created", indexing_status="completed"),
        IngestedFile(path="b", name="b", sha256="2", outcome="failed", error="too large"),
    ]
    report = IngestReport(files=files)

    assert [one.name for one in report.of("created")] == ["a"]
    with pytest.raises(IndexingFailedError, match="b: too large"):
        report.raise_for_status()
    assert IngestReport(files=files[:1]).raise_for_status().files == files[:1]

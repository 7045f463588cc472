"""Stories of files that the server fetches for an account. The mock opens no connection: a test says what lies elsewhere."""

from __future__ import annotations

import pytest

from dify_mock.contract.place import Place
from dify_mock.state import RemoteFile
from dify_sdk.errors import FileTooLargeError, InternalServerError, InvalidParamError, RemoteFileUploadError

URL = "http://elsewhere.example/notes/fox.txt"


def test_a_file_elsewhere_is_looked_at(place: Place) -> None:
    place.mock.world.remote_files[URL] = RemoteFile(b"quick", "text/plain")
    told = place.console().remote_files.get(URL)
    assert (told.file_type, told.file_length) == ("text/plain", 5)


def test_a_file_elsewhere_is_fetched_and_kept_like_an_upload(place: Place) -> None:
    place.mock.world.remote_files[URL] = RemoteFile(b"quick", "text/plain")
    client = place.console()
    kept = client.remote_files.upload(url=URL)
    assert (kept.name, kept.size, kept.extension, kept.created_by) == ("fox.txt", 5, "txt", place.mock.world.owner_id)
    assert client.files.download_url(kept.url or "").read() == b"quick"
    assert client.files.preview(kept.id).content == "quick"


def test_what_cannot_be_fetched_is_refused(place: Place) -> None:
    client = place.console()
    with pytest.raises(InvalidParamError):
        client.remote_files.upload(url="http://127.0.0.1:9/none")
    with pytest.raises(InvalidParamError):
        client.remote_files.get("http://127.0.0.1:9/none")
    lost = client.files.upload(file=("note.txt", b"words", "text/plain")).source_url or ""
    place.mock.world.upload_files.clear()
    with pytest.raises(RemoteFileUploadError):
        client.remote_files.upload(url=lost)
    with pytest.raises(InternalServerError):
        client.remote_files.get(lost)


def test_a_file_elsewhere_has_the_limits_of_an_upload(place: Place) -> None:
    place.mock.world.remote_files[URL] = RemoteFile(bytes(15 * 1024 * 1024 + 1), "text/plain")
    with pytest.raises(FileTooLargeError):
        place.console().remote_files.upload(url=URL)

"""Stories of files that the server fetches by itself. The mock opens no connection: a test says what lies elsewhere."""

from __future__ import annotations

import pytest

from dify_mock.contract.place import Place
from dify_mock.state import RemoteFile
from dify_sdk.errors import FileTooLargeError, InternalServerError, InvalidParamError, RemoteFileUploadError

URL = "http://elsewhere.example/pictures/fox.png"


def test_a_file_elsewhere_is_looked_at(place: Place) -> None:
    place.mock.world.remote_files[URL] = RemoteFile(b"\x89PNG", "image/png")
    told = place.web().remote_files.get(URL)
    assert (told.file_type, told.file_length) == ("image/png", 4)


def test_a_file_elsewhere_is_fetched_and_kept_like_an_upload(place: Place) -> None:
    place.mock.world.remote_files[URL] = RemoteFile(b"\x89PNG", "image/png")
    client = place.web()
    kept = client.remote_files.upload(url=URL)
    assert (kept.name, kept.size, kept.extension, kept.mime_type) == ("fox.png", 4, "png", "image/png")
    assert client.files.download_url(kept.url or "").read() == b"\x89PNG"
    reply = client.chat.send(query="look", files=[{"type": "image", "transfer_method": "local_file", "upload_file_id": kept.id}])
    [message] = client.messages.list(conversation_id=reply.conversation_id)
    assert [one.filename for one in message.message_files] == ["fox.png"]


@pytest.mark.parametrize(
    ("url", "name", "expected"),
    [
        ("http://elsewhere.example/icon?size=s", None, "icon.png"),
        ("http://elsewhere.example/", None, "file.png"),
        ("http://elsewhere.example/x.png", "told.png", "told.png"),
    ],
)
def test_a_file_elsewhere_has_a_name_from_somewhere(place: Place, url: str, name: str | None, expected: str) -> None:
    place.mock.world.remote_files[url] = RemoteFile(b"x", "image/png", name)
    assert place.web().remote_files.upload(url=url).name == expected


def test_what_nobody_answers_for_is_refused(place: Place) -> None:
    client = place.web()
    with pytest.raises(InvalidParamError, match="Reached maximum retries"):
        client.remote_files.get("http://127.0.0.1:9/none")
    with pytest.raises(InvalidParamError, match="Reached maximum retries"):
        client.remote_files.upload(url="http://127.0.0.1:9/none")


def test_the_server_answers_for_itself(place: Place) -> None:
    client = place.web()
    upload = client.files.upload(file=("note.txt", b"words", "text/plain"))
    told = client.remote_files.get(upload.source_url or "")
    assert told.file_length == 5
    assert told.file_type.startswith("text/plain")
    assert client.remote_files.upload(url=upload.source_url or "").size == 5
    lost = (upload.source_url or "").replace(upload.id, "59f9d59a-4750-450f-8923-95571dc4f3b7")
    with pytest.raises(InternalServerError):
        client.remote_files.get(lost)
    with pytest.raises(RemoteFileUploadError, match="Failed to fetch file"):
        client.remote_files.upload(url=lost)


def test_a_file_elsewhere_has_the_limits_of_an_upload(place: Place) -> None:
    place.mock.world.remote_files[URL] = RemoteFile(bytes(10 * 1024 * 1024 + 1), "image/png")
    with pytest.raises(FileTooLargeError):
        place.web().remote_files.upload(url=URL)

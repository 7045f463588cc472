"""Stories of files on a page: uploaded, and fetched from the addresses that replies have."""

from __future__ import annotations

import pytest

from dify_mock.contract.place import Place
from dify_sdk.errors import APIStatusError, ConfigurationError, FileTooLargeError, InvalidSignatureError, UnsupportedFileTypeError

NOTE = ("note.txt", b"words", "text/plain")


def test_an_upload_can_be_fetched_from_its_address(place: Place) -> None:
    client = place.web()
    upload = client.files.upload(file=NOTE)
    assert (upload.name, upload.size, upload.extension, upload.mime_type) == ("note.txt", 5, "txt", "text/plain")
    assert upload.created_by == client.app.site().end_user_id
    fetched = client.files.download_url(upload.source_url or "")
    assert (fetched.read(), fetched.content_type.partition(";")[0]) == (b"words", "text/plain")


def test_an_address_may_begin_at_the_servers_root(place: Place) -> None:
    client = place.web()
    url = client.files.upload(file=NOTE).source_url or ""
    assert client.files.download_url(url[url.index("/files/") :]).read() == b"words"
    with pytest.raises(ConfigurationError):
        client.files.download_url("note.txt")


def test_an_address_holds_for_five_minutes(place: Place) -> None:
    client = place.web()
    url = client.files.upload(file=NOTE).source_url or ""
    place.mock.clock.advance(300)
    assert client.files.download_url(url).read() == b"words"
    place.mock.clock.advance(1)
    with pytest.raises(InvalidSignatureError) as refused:
        client.files.download_url(url)
    assert (refused.value.status_code, refused.value.message) == (404, "File not found or signature is invalid")


def test_a_forged_address_leads_nowhere(place: Place) -> None:
    client = place.web()
    mine, other = (client.files.upload(file=NOTE) for _ in range(2))
    with pytest.raises(InvalidSignatureError):
        client.files.download_url((mine.source_url or "").replace(mine.id, other.id))


def test_a_page_does_not_ask_for_a_media_type(place: Place) -> None:
    assert place.mock
    assert place.web().files.upload(file=("note.txt", b"x", "")).size == 1


def test_knowledge_takes_only_documents(place: Place) -> None:
    assert place.web().files.upload(file=NOTE, source="datasets").extension == "txt"
    with pytest.raises(UnsupportedFileTypeError):
        place.web().files.upload(file=("a.png", b"x", "image/png"), source="datasets")


def test_a_file_may_be_as_large_as_its_kind_allows(place: Place) -> None:
    with pytest.raises(FileTooLargeError):
        place.web().files.upload(file=("big.txt", bytes(15 * 1024 * 1024 + 1), "text/plain"))


def test_a_file_of_others_cannot_be_used(place: Place) -> None:
    reference = place.web(user_id="ann").files.upload_and_reference(file=NOTE)
    with pytest.raises(APIStatusError, match="Invalid upload file"):
        place.web(user_id="bob").chat.send(query="look", files=[reference])

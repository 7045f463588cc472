"""Stories of files: uploaded, used in a message, and looked at."""

from __future__ import annotations

import pytest

from dify_mock.contract.place import Place
from dify_sdk import ServiceClient
from dify_sdk.errors import FileAccessDeniedError, FileTooLargeError, InvalidParamError, NotFoundError, UploadedFileNotFoundError
from dify_sdk.service.files import UploadedFile

UNKNOWN = "59f9d59a-4750-450f-8923-95571dc4f3b7"
MEGABYTE = 1024 * 1024
NOTE = ("note.txt", b"words", "text/plain")
PICTURE = ("pic.png", b"\x89PNG", "image/png")


def used(client: ServiceClient, file: tuple[str, bytes, str]) -> UploadedFile:
    """An upload that a message has."""
    upload = client.files.upload(file=file)
    reference = {"type": upload.file_type, "transfer_method": "local_file", "upload_file_id": upload.id}
    client.chat.send(query="look", files=[reference])  # type: ignore[list-item]  # a plain dict is one too
    return upload


def test_an_upload_tells_what_it_is(place: Place) -> None:
    upload = place.service().files.upload(file=NOTE)
    assert (upload.name, upload.size, upload.extension, upload.mime_type) == ("note.txt", 5, "txt", "text/plain")
    assert upload.source_url and upload.id in upload.source_url
    assert upload.preview_url is None
    assert upload.created_at


def test_the_extension_is_lower_case_and_without_a_dot(place: Place) -> None:
    assert place.service().files.upload(file=("SCAN.PDF", b"%PDF", "application/pdf")).extension == "pdf"


def test_a_name_without_an_extension_is_fine(place: Place) -> None:
    assert place.service().files.upload(file=("noext", b"x", "text/plain")).extension == ""


def test_a_name_beyond_ascii_is_kept(place: Place) -> None:
    assert place.service().files.upload(file=("числа 数字.txt", b"12", "text/plain")).name == "числа 数字.txt"


def test_a_long_name_is_cut_before_its_first_dot(place: Place) -> None:
    name = place.service().files.upload(file=("n" * 300 + ".txt", b"x", "text/plain")).name
    assert name == "n" * 200 + ".txt"


@pytest.mark.parametrize("name", ["../secret.txt", "a\\b.txt"])
def test_a_name_with_folders_never_becomes_one(place: Place, name: str) -> None:
    try:
        upload = place.service().files.upload(file=(name, b"x", "text/plain"))
    except InvalidParamError as refused:
        assert "invalid characters" in refused.message  # either is right
    else:
        assert not set(upload.name) & {"/", "\\"}


@pytest.mark.parametrize(
    ("file", "megabytes"),
    [("a.png", 10), ("a.mp3", 50), ("a.txt", 15), ("a.bin", 15)],
)
def test_a_file_may_be_as_large_as_its_kind_allows_and_no_larger(place: Place, file: str, megabytes: int) -> None:
    assert place.mock
    client = place.service()
    assert client.files.upload(file=(file, bytes(megabytes * MEGABYTE), "x/y")).size == megabytes * MEGABYTE
    with pytest.raises(FileTooLargeError) as refused:
        client.files.upload(file=(file, bytes(megabytes * MEGABYTE + 1), "x/y"))
    told = refused.value.body
    assert (refused.value.status_code, told.get("error", told)["message"]) == (413, "")


def test_an_executable_is_just_a_file(place: Place) -> None:
    assert place.service().files.upload(file=("setup.exe", b"MZ", "application/octet-stream")).file_type == "custom"


def test_an_upload_can_be_looked_at_only_after_a_message_used_it(place: Place) -> None:
    client = place.service()
    upload = client.files.upload(file=NOTE)
    with pytest.raises(UploadedFileNotFoundError, match="not found in message context"):
        client.files.preview(upload.id)
    reference = client.files.upload_and_reference(file=NOTE)
    client.chat.send(query="look", files=[reference])
    assert client.files.preview(reference["upload_file_id"]).read() == b"words"


def test_a_preview_has_the_type_of_the_upload(place: Place) -> None:
    client = place.service()
    shown = client.files.preview(used(client, PICTURE).id)
    assert shown.content_type == "image/png"
    assert shown.filename is None
    shown.read()


def test_a_preview_may_be_cached_for_an_hour(place: Place) -> None:
    client = place.service()
    reply = client.with_raw_response.files.preview(used(client, PICTURE).id)
    assert reply.headers["cache-control"] == "public, max-age=3600"
    assert reply.headers["content-length"] == str(len(PICTURE[1]))
    reply.parse().read()


def test_one_wants_an_attachment_or_not(place: Place) -> None:
    with pytest.raises(InvalidParamError) as refused:
        place.service().files.preview(UNKNOWN, as_attachment="maybe")  # type: ignore[arg-type]  # wrong on purpose
    assert list(refused.value.params) == ["as_attachment"]


def test_an_attachment_comes_with_its_name(place: Place) -> None:
    client = place.service()
    saved = client.files.preview(used(client, ("числа.png", b"\x89PNG", "image/png")).id, as_attachment=True)
    assert (saved.filename, saved.content_type) == ("числа.png", "application/octet-stream")
    assert saved.read() == b"\x89PNG"


def test_a_page_is_never_shown(place: Place) -> None:
    client = place.service()
    reply = client.with_raw_response.files.preview(used(client, ("page.html", b"<script>", "text/html")).id)
    shown = reply.parse()
    assert (shown.filename, shown.content_type) == ("page.html", "application/octet-stream")
    assert reply.headers["x-content-type-options"] == "nosniff"
    shown.read()


def test_sound_says_that_it_has_ranges(place: Place) -> None:
    client = place.service()
    reply = client.with_raw_response.files.preview(used(client, ("a.mp3", b"ID3", "audio/mpeg")).id)
    assert reply.headers["accept-ranges"] == "bytes"
    reply.parse().read()


def test_a_file_of_another_app_is_denied(place: Place) -> None:
    upload = used(place.service(), NOTE)
    with pytest.raises(FileAccessDeniedError):
        place.service("agent-chat").files.preview(upload.id)


def test_a_file_goes_with_its_last_message(place: Place) -> None:
    client = place.service()
    reference = client.files.upload_and_reference(file=NOTE)
    conversation_id = client.chat.send(query="look", files=[reference]).conversation_id
    client.files.preview(reference["upload_file_id"]).read()
    client.conversations.delete(conversation_id)
    with pytest.raises(UploadedFileNotFoundError):
        client.files.preview(reference["upload_file_id"])


def test_an_unknown_file_is_not_found(place: Place) -> None:
    with pytest.raises(UploadedFileNotFoundError):
        place.service().files.preview(UNKNOWN)


def test_a_name_is_no_file(place: Place) -> None:
    with pytest.raises(NotFoundError, match="not found on the server"):
        place.service().files.preview("note.txt")


def test_nobody_else_can_send_my_upload(place: Place) -> None:
    client = place.service(user="mine")
    reference = client.files.upload_and_reference(file=NOTE)
    with pytest.raises(InvalidParamError, match="Invalid upload file"):
        client.chat.send(query="look", files=[reference], user="stranger")
    assert client.chat.send(query="look", files=[reference]).answer


DOCUMENTED = pytest.mark.profiles("documented", reason="no release has the operation")


@DOCUMENTED
def test_an_upload_is_looked_up(place: Place) -> None:
    client = place.service()
    upload = client.files.upload(file=NOTE)
    found = client.files.get(upload.id)
    assert (found.id, found.name, found.size, found.created_at) == (upload.id, "note.txt", 5, upload.created_at)
    assert found.source_url and upload.id in found.source_url


@DOCUMENTED
def test_a_deleted_upload_is_gone(place: Place) -> None:
    client = place.service()
    upload, other = used(client, NOTE), client.files.upload(file=NOTE)
    client.files.delete(upload.id)
    with pytest.raises(UploadedFileNotFoundError):
        client.files.get(upload.id)
    with pytest.raises(UploadedFileNotFoundError):
        client.files.delete(upload.id)
    with pytest.raises(UploadedFileNotFoundError):
        client.files.preview(upload.id)
    reference = {"type": "document", "transfer_method": "local_file", "upload_file_id": upload.id}
    with pytest.raises(InvalidParamError, match="Invalid upload file"):
        client.chat.send(query="look", files=[reference])  # type: ignore[list-item]  # a plain dict is one too
    assert client.files.get(other.id).id == other.id


@DOCUMENTED
def test_nobody_else_can_look_up_or_delete_my_upload(place: Place) -> None:
    client = place.service(user="mine")
    upload = client.files.upload(file=NOTE)
    for operation in (client.files.get, client.files.delete):
        with pytest.raises(UploadedFileNotFoundError):
            operation(upload.id, user="stranger")
    assert client.files.get(upload.id).name == "note.txt"

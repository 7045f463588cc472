"""Stories of what accounts upload: kept, told of, read, and used."""

from __future__ import annotations

import pytest

from dify_mock.contract.place import Place
from dify_sdk.errors import (
    FileTooLargeError,
    InternalServerError,
    InvalidParamError,
    InvalidSignatureError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
    UnsupportedFileTypeError,
)

NOTE = ("note.txt", b"some words", "text/plain")
PICTURE = ("me.png", b"\x89PNG", "image/png")
UNKNOWN = "59f9d59a-4750-450f-8923-95571dc4f3b7"


def test_an_upload_is_kept_and_can_be_fetched_from_its_address(place: Place) -> None:
    files = place.console().files
    upload = files.upload(file=PICTURE)
    assert (upload.name, upload.size, upload.extension, upload.mime_type) == ("me.png", 4, "png", "image/png")
    assert files.download_url(upload.source_url or "").read() == PICTURE[1]


def test_an_upload_belongs_to_whoever_made_it_and_to_their_workspace(place: Place) -> None:
    world = place.mock.world
    upload = place.console().files.upload(file=PICTURE)
    assert (upload.created_by, upload.tenant_id) == (world.owner_id, world.workspace_id)
    stranger = world.accounts.register("stranger@example.com", "a-password-1")
    other = place.console_of("stranger@example.com", "a-password-1").files.upload(file=PICTURE)
    assert (other.created_by, other.tenant_id) == (stranger.id, stranger.current_workspace_id)


def test_an_address_holds_for_five_minutes(place: Place) -> None:
    files = place.console().files
    url = files.upload(file=NOTE).source_url or ""
    place.mock.clock.advance(301)
    with pytest.raises(InvalidSignatureError):
        files.download_url(url)


def test_the_text_of_a_document_can_be_read(place: Place) -> None:
    files = place.console().files
    assert files.preview(files.upload(file=NOTE).id).content == "some words"
    page = ("page.html", b"<title>No</title><p>Shown</p>", "text/html")
    assert "Shown" in files.preview(files.upload(file=page).id).content


def test_of_a_long_text_only_the_beginning_is_shown(place: Place) -> None:
    files = place.console().files
    upload = files.upload(file=("long.txt", b"word " * 1000, "text/plain"))
    assert files.preview(upload.id).content == "word " * 600


def test_a_picture_has_no_text(place: Place) -> None:
    files = place.console().files
    with pytest.raises(InvalidParamError):
        files.preview(files.upload(file=PICTURE).id)


def test_what_is_no_document_but_says_so_cannot_be_read(place: Place) -> None:
    files = place.console().files
    with pytest.raises(InternalServerError):
        files.preview(files.upload(file=("broken.txt", b"\xff\xfe\xff", "text/plain")).id)


def test_nobody_reads_what_is_not_there_or_lies_in_another_workspace(place: Place) -> None:
    files = place.console().files
    with pytest.raises(NotFoundError):
        files.preview(UNKNOWN)
    upload = files.upload(file=NOTE)
    place.mock.world.accounts.register("stranger@example.com", "a-password-1")
    with pytest.raises(NotFoundError):
        place.console_of("stranger@example.com", "a-password-1").files.preview(upload.id)


def test_the_limits_are_those_that_uploads_have(place: Place) -> None:
    files = place.console().files
    limits = files.get_upload_config()
    assert (limits.file_size_limit, limits.image_file_size_limit, limits.workflow_file_upload_limit) == (15, 10, 10)
    most = limits.file_size_limit * 1024 * 1024
    assert files.upload(file=("full.txt", bytes(most), "text/plain")).size == most
    with pytest.raises(FileTooLargeError):
        files.upload(file=("big.txt", bytes(most + 1), "text/plain"))


def test_knowledge_takes_the_supported_types_and_no_others(place: Place) -> None:
    files = place.console().files
    supported = files.get_supported_types().allowed_extensions
    assert {"txt", "pdf", "docx"} <= set(supported)
    assert files.upload(file=NOTE, source="datasets").extension in supported
    with pytest.raises(UnsupportedFileTypeError):
        files.upload(file=("b.exe", b"x", "application/octet-stream"), source="datasets")


def test_whoever_may_not_change_knowledge_uploads_nothing_for_it(place: Place) -> None:
    files = place.member("normal").files
    assert files.upload(file=NOTE).size == 10
    with pytest.raises(PermissionDeniedError):
        files.upload(file=NOTE, source="datasets")
    assert place.member("dataset_operator").files.upload(file=NOTE, source="datasets").size == 10


def test_a_plan_without_room_for_documents_takes_none(place: Place) -> None:
    files, workspace = place.console().files, place.mock.world.accounts.workspaces[place.mock.world.workspace_id]
    workspace.quotas["documents"] = 0
    with pytest.raises((PermissionDeniedError, RateLimitError), match="documents"):
        files.upload(file=NOTE, source="datasets")
    assert files.upload(file=NOTE).size == 10
    room = place.console().features.get().documents_upload_quota
    assert room and room.limit == 0
    del workspace.quotas["documents"]
    assert files.upload(file=NOTE, source="datasets").size == 10


def test_an_upload_is_referenced_by_its_id(place: Place) -> None:
    reference = place.console().files.upload_and_reference(file=PICTURE)
    assert (reference["type"], reference["transfer_method"]) == ("image", "local_file")
    assert reference["upload_file_id"] in place.mock.world.upload_files

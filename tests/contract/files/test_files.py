"""Stories of signed addresses: whoever has one may fetch what it leads to, for five minutes."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from dify_mock.attachments import tool_url
from dify_mock.contract.place import Place
from dify_mock.signing import PluginUpload, signed_url
from dify_sdk.errors import (
    APIStatusError,
    FileTooLargeError,
    InvalidSignatureError,
    NotFoundError,
    PermissionDeniedError,
    UnsupportedFileTypeError,
)

UNKNOWN = "59f9d59a-4750-450f-8923-95571dc4f3b7"
NOTE, PICTURE = ("note.txt", b"words", "text/plain"), ("pic.png", b"\x89PNG", "image/png")


def query(url: str | None) -> dict[str, Any]:
    """What stands behind the question mark."""
    return dict(parse_qsl(urlsplit(url or "").query))


def image(place: Place, upload_id: str) -> dict[str, Any]:
    """A signature for looking at an image."""
    return query(signed_url(place.mock.world, "", f"/files/{upload_id}/image-preview", f"image-preview|{upload_id}"))


def tool_file(place: Place, content: bytes = b"made", extension: str = "bin", kind: str = "application/octet-stream") -> tuple[str, str]:
    """Something that a tool has made, and its address."""
    made = place.mock.world.tool_file(content, extension, kind)
    return made.id, tool_url(place.mock.world, place.mock.url, made.id)


def test_an_upload_is_fetched(place: Place) -> None:
    upload = place.service().files.upload(file=NOTE)
    fetched = place.files().files.preview(upload.id, **query(upload.source_url))
    assert (fetched.read(), fetched.content_type.partition(";")[0]) == (b"words", "text/plain")


def test_an_upload_is_fetched_to_be_saved(place: Place) -> None:
    upload = place.service().files.upload(file=("числа.txt", b"12", "text/plain"))
    fetched = place.files().files.preview(upload.id, **query(upload.source_url), as_attachment=True)
    assert (fetched.filename, fetched.content_type, fetched.read()) == ("числа.txt", "application/octet-stream", b"12")


@pytest.mark.parametrize(("name", "kind"), [("page.html", "text/html"), ("drawing.svg", "image/svg+xml")])
def test_what_a_browser_would_run_is_never_shown(place: Place, name: str, kind: str) -> None:
    upload = place.service().files.upload(file=(name, b"<x/>", kind))
    fetched = place.files().with_raw_response.files.preview(upload.id, **query(upload.source_url))
    assert fetched.headers["x-content-type-options"] == "nosniff"
    assert fetched.headers["content-disposition"].startswith("attachment")
    assert fetched.headers["content-type"] == "application/octet-stream"


def test_sound_says_that_it_has_pieces_and_gives_the_whole(place: Place) -> None:
    upload = place.service().files.upload(file=("a.mp3", b"ID3", "audio/mpeg"))
    fetched = place.files(headers={"range": "bytes=0-0"}).with_raw_response.files.preview(upload.id, **query(upload.source_url))
    assert (fetched.status_code, fetched.headers["accept-ranges"], fetched.content) == (200, "bytes", b"ID3")


def test_an_image_is_looked_at(place: Place) -> None:
    upload = place.service().files.upload(file=PICTURE)
    shown = place.files().files.preview_image(upload.id, **image(place, upload.id))
    assert (shown.read(), shown.content_type) == (b"\x89PNG", "image/png")


def test_only_images_are_looked_at(place: Place) -> None:
    upload = place.service().files.upload(file=NOTE)
    with pytest.raises(UnsupportedFileTypeError):
        place.files().files.preview_image(upload.id, **image(place, upload.id))


def test_a_signature_is_for_one_thing_alone(place: Place) -> None:
    upload = place.service().files.upload(file=PICTURE)
    with pytest.raises(InvalidSignatureError):
        place.files().files.preview_image(upload.id, **query(upload.source_url))
    with pytest.raises(InvalidSignatureError):
        place.files().files.preview(upload.id, **image(place, upload.id))


@pytest.mark.parametrize("change", [{"sign": "forged"}, {"nonce": "0" * 32}, {"timestamp": "1"}, {"timestamp": "soon"}])
def test_a_changed_address_is_refused(place: Place, change: dict[str, str]) -> None:
    upload = place.service().files.upload(file=NOTE)
    with pytest.raises(InvalidSignatureError) as refused:
        place.files().files.preview(upload.id, **{**query(upload.source_url), **change})
    assert refused.value.status_code == 404


def test_a_signature_that_lacks_a_piece_is_refused(place: Place) -> None:
    import httpx

    upload = place.service().files.upload(file=NOTE)
    with httpx.Client(transport=place.mock.transport) as http:
        reply = http.get(f"{place.mock.url}/files/{upload.id}/file-preview", params={"nonce": "x"})
    assert reply.status_code == 400
    assert "timestamp" in reply.text
    assert "sign" in reply.text


def test_a_file_that_was_deleted_is_not_found(place: Place) -> None:
    upload = place.service().files.upload(file=NOTE)
    place.mock.world.upload_files.clear()
    with pytest.raises(InvalidSignatureError, match="File not found"):
        place.files().files.preview(upload.id, **query(upload.source_url))


def test_a_file_that_a_tool_made_is_fetched(place: Place) -> None:
    file_id, url = tool_file(place, b"\x89PNG", "png", "image/png")
    fetched = place.files().files.get_tool_file(file_id, "png", **query(url))
    assert (fetched.read(), fetched.content_type) == (b"\x89PNG", "image/png")
    saved = place.files().files.get_tool_file(file_id, "png", **query(url), as_attachment=True)
    assert saved.filename == f"{file_id}.png"


def test_a_file_of_a_tool_needs_its_signature_too(place: Place) -> None:
    file_id, url = tool_file(place)
    with pytest.raises(InvalidSignatureError) as refused:
        place.files().files.get_tool_file(file_id, "bin", **{**query(url), "sign": "forged"})
    assert (refused.value.status_code, refused.value.message) == (403, "Invalid request.")
    place.mock.world.tool_files.clear()
    with pytest.raises(NotFoundError, match="file is not found"):
        place.files().files.get_tool_file(file_id, "bin", **query(url))


def test_every_address_is_fetched_as_it_stands(place: Place) -> None:
    client = place.files()
    upload = place.service().files.upload(file=NOTE)
    assert client.files.download_url(upload.source_url or "").read() == b"words"
    assert client.files.download_url(tool_file(place)[1]).read() == b"made"


def test_a_document_of_knowledge_is_fetched(place: Place) -> None:
    knowledge = place.knowledge()
    dataset = knowledge.datasets.create(name="Facts")
    made = knowledge.datasets.documents.create_by_file(
        dataset.id,
        file=("facts.txt", b"Owls hunt at night.", "text/plain"),
        data={"indexing_technique": "economy", "process_rule": {"mode": "automatic"}},
    )
    url = knowledge.datasets.documents.download(dataset.id, made.document.id).url
    fetched = place.files().files.download_url(url)
    assert (fetched.read(), fetched.filename) == (b"Owls hunt at night.", "facts.txt")


ALLOWED = {
    "in pieces": {},
    "for somebody": {"user_id": "ann", "conversation_id": UNKNOWN, "user_from": "end-user"},
    "up to a size": {"user_id": "ann", "max_size": 5},
}


@pytest.mark.parametrize("form", ALLOWED)
def test_a_plugin_uploads_what_it_was_allowed_to(place: Place, form: str) -> None:
    world = place.mock.world
    allowed = PluginUpload("числа.txt", "text/plain", world.workspace_id, **ALLOWED[form])  # type: ignore[arg-type]  # mixed values
    client = place.files()
    signed: dict[str, Any] = allowed.query(world)
    kept = client.files.upload_for_plugin(file=("числа.txt", b"words", "text/plain"), **signed)
    assert (kept.name, kept.size, kept.mime_type, kept.tenant_id) == ("числа.txt", 5, "text/plain", world.workspace_id)
    assert client.files.download_url(kept.preview_url or "").read() == b"words"


@pytest.mark.parametrize(
    "file",
    [("another.txt", b"words", "text/plain"), ("a.txt", b"words", "text/html")],
    ids=["another name", "another type"],
)
def test_a_plugin_uploads_nothing_else(place: Place, file: tuple[str, bytes, str]) -> None:
    world = place.mock.world
    signed: dict[str, Any] = PluginUpload("a.txt", "text/plain", world.workspace_id).query(world)
    with pytest.raises(InvalidSignatureError, match="Invalid request"):
        place.files().files.upload_for_plugin(file=file, **signed)


def test_a_plugin_keeps_to_its_size_its_time_and_its_workspace(place: Place) -> None:
    world, client, file = place.mock.world, place.files(), ("a.txt", b"words", "text/plain")
    small: dict[str, Any] = PluginUpload("a.txt", "text/plain", world.workspace_id, max_size=4).query(world)
    with pytest.raises(FileTooLargeError, match="signed upload limit"):
        client.files.upload_for_plugin(file=file, **small)
    elsewhere: dict[str, Any] = PluginUpload("a.txt", "text/plain", UNKNOWN).query(world)
    with pytest.raises(PermissionDeniedError):
        client.files.upload_for_plugin(file=file, **elsewhere)
    signed: dict[str, Any] = PluginUpload("a.txt", "text/plain", world.workspace_id).query(world)
    place.mock.clock.advance(301)
    with pytest.raises(InvalidSignatureError):
        client.files.upload_for_plugin(file=file, **signed)


def test_a_plugin_must_send_a_file(place: Place) -> None:
    import httpx

    world = place.mock.world
    signed = PluginUpload("a.txt", "text/plain", world.workspace_id).query(world)
    with httpx.Client(transport=place.mock.transport) as http:
        reply = http.post(f"{place.mock.url}/files/upload/for-plugin", params=signed, data={"x": "y"})
    assert (reply.status_code, "File is required." in reply.text) == (403, True)


def test_no_credentials_go_along(place: Place) -> None:
    upload = place.service().files.upload(file=NOTE)
    for client in (place.service(), place.web(), place.files()):
        assert client.files.download_url(upload.source_url or "").read() == b"words"
        assert not {"authorization", "x-app-code", "x-app-passport"} & place.mock.journal[-1].headers.keys()


def test_no_signature_stands_in_the_journal(place: Place) -> None:
    upload = place.service().files.upload(file=NOTE)
    place.files().files.download_url(upload.source_url or "").read()
    asked = query(f"/?{place.mock.journal[-1].query}")
    assert (asked["sign"], asked["nonce"]) == ("***", query(upload.source_url)["nonce"])


def test_an_address_of_another_server_is_asked_without_credentials(place: Place) -> None:
    for client in (place.service(), place.files()):
        with pytest.raises(APIStatusError):
            client.files.download_url("https://elsewhere.example/file")
        last = place.mock.journal[-1]
        assert last.headers["host"] == "elsewhere.example"
        assert "authorization" not in last.headers

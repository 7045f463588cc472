"""Stories of files that plugins and agents fetch and leave."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from dify_mock.contract.place import Place
from dify_mock.workflow.files import reference
from dify_sdk.errors import InternalServerError, NotFoundError, PermissionDeniedError

FROM: dict[str, Any] = {"user_from": "end-user", "invoke_from": "service-api"}


def query_of(url: str) -> dict[str, Any]:
    return dict(parse_qsl(urlsplit(url).query))


def test_a_plugin_leaves_a_file_where_it_was_told_to(place: Place, caller: dict[str, str]) -> None:
    url = place.inner().files.request_upload(**caller, filename="a.txt", mimetype="text/plain").data.url
    files = place.files().files
    kept = files.upload_for_plugin(file=("a.txt", b"words", "text/plain"), **query_of(url))
    assert (kept.name, kept.size, kept.user_id) == ("a.txt", 5, "ann")
    with pytest.raises(PermissionDeniedError):
        files.upload_for_plugin(file=("b.txt", b"words", "text/plain"), **query_of(url))
    made = place.inner().files.request_download(**caller, **FROM, file={"transfer_method": "tool_file", "reference": reference(kept.id)})
    assert files.download_url(made.data.download_url).read() == b"words"


def test_an_agent_leaves_a_file_of_a_size(place: Place, caller: dict[str, str]) -> None:
    url = place.inner().agent_files.request_upload(**caller, filename="a.txt", mimetype="text/plain", max_size=5).upload_uri
    told = query_of(url)
    assert told["max_size"] == "5"
    kept = place.files().files.upload_for_plugin(file=("a.txt", b"words", "text/plain"), **{**told, "max_size": 5})
    assert kept.size == 5


def test_a_file_is_for_its_owner(place: Place) -> None:
    client, world = place.inner(), place.mock.world
    upload = place.service(user="ann").files.upload(file=("a.txt", b"words", "text/plain"))
    owner = world.end_user(world.first_app("chat"), "ann")
    asked: dict[str, Any] = {**FROM, "tenant_id": world.workspace_id}
    file = {"transfer_method": "local_file", "reference": reference(upload.id)}
    told = client.files.request_download(**asked, user_id=owner.id, file=file).data
    assert (told.filename, told.mime_type, told.size) == ("a.txt", "text/plain", 5)
    assert place.files().files.download_url(told.download_url).read() == b"words"
    with pytest.raises(InternalServerError, match="file not found"):
        client.files.request_download(**asked, user_id="somebody", file=file)
    found = client.agent_files.request_download(**asked, user_id=owner.id, file=file)
    assert place.files().files.download_url(found.download_uri).read() == b"words"
    with pytest.raises(NotFoundError, match="not accessible"):
        client.agent_files.request_download(**asked, user_id="somebody", file=file)


def test_a_file_elsewhere_stays_there(place: Place, caller: dict[str, str]) -> None:
    file = {"transfer_method": "remote_url", "url": "http://elsewhere.example/a.png"}
    told = place.inner().files.request_download(**caller, **FROM, file=file).data
    assert (told.filename, told.mime_type, told.download_url) == ("a.png", "image/png", file["url"])


@pytest.mark.parametrize("name", ["", "dify-file-ref:e30=", "dify-file-ref:x", "nothing"])
def test_a_name_that_is_none_leads_to_no_file(place: Place, caller: dict[str, str], name: str) -> None:
    with pytest.raises(InternalServerError, match="file not found"):
        place.inner().files.request_download(**caller, **FROM, file={"transfer_method": "local_file", "reference": name})

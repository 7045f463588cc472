"""Knowledge on the wire: what a request is refused for first, forms, and old spellings of paths."""

import json
import re

import httpx
import pytest

from dify_mock import MockServer
from dify_sdk import _registry

UNKNOWN = "59f9d59a-4750-450f-8923-95571dc4f3b7"
ALIASES = [
    (one.declaration.id, *spelling.split(" "))
    for one in _registry.operations("service")
    for spelling in one.declaration.route.aliases
    if one.declaration.id.startswith("service.datasets.")
]
DATA = json.dumps({"process_rule": {"mode": "automatic"}})


def mocked(profile):
    mock = MockServer(profile, pace=0)
    headers = {"authorization": f"Bearer {mock.credentials.dataset_key}"}
    return mock, httpx.Client(transport=mock.transport, base_url="http://mock", headers=headers)


@pytest.fixture(params=["dify", "documented"])
def either(request):
    mock, http = mocked(request.param)
    with http:
        yield mock, http


@pytest.fixture
def mock():
    return MockServer(pace=0)


@pytest.fixture
def http(mock):
    headers = {"authorization": f"Bearer {mock.credentials.dataset_key}"}
    with httpx.Client(transport=mock.transport, base_url="http://mock", headers=headers) as made:
        yield made


@pytest.fixture
def demo(mock):
    """The path of the demo's dataset."""
    return f"/v1/datasets/{next(iter(mock.world.knowledge.datasets))}"


def code(reply):
    return reply.status_code, reply.json()["code"]


def form(*parts, data=DATA):
    """A request with these files, each a name, a file name and a media type."""
    body = f'--line\r\nContent-Disposition: form-data; name="data"\r\n\r\n{data}\r\n'.encode() if data else b""
    for name, filename, kind in parts:
        head = f'Content-Disposition: form-data; name="{name}"; filename="{filename}"' + (f"\r\nContent-Type: {kind}" if kind else "")
        body += f"--line\r\n{head}\r\n\r\nx\r\n".encode()
    return {"content": body + b"--line--\r\n", "headers": {"content-type": "multipart/form-data; boundary=line"}}


def test_the_dataset_comes_after_the_key_and_before_the_body(mock, http, demo):
    dataset = next(iter(mock.world.knowledge.datasets.values()))
    for path in (f"{demo}/retrieve", f"/v1/datasets/{UNKNOWN}/retrieve"):
        refused = http.post(path, content=b"{", headers={"authorization": "Bearer dataset-x"})
        assert code(refused) == (401, "unauthorized")
    assert code(http.post(f"/v1/datasets/{UNKNOWN}/retrieve", content=b"{")) == (404, "not_found")
    assert code(http.post(f"{demo}/retrieve", content=b"{")) == (415, "unsupported_media_type")
    assert code(http.post(f"{demo}/retrieve", json={})) == (400, "invalid_param")
    dataset.enable_api = False
    assert code(http.post(f"{demo}/retrieve", content=b"{")) == (403, "forbidden")


def test_a_key_of_an_app_opens_no_dataset(mock, http, demo):
    refused = http.get(demo, headers={"authorization": f"Bearer {mock.credentials.app_keys['chat']}"})
    assert code(refused) == (401, "unauthorized")


@pytest.mark.parametrize(("operation", "verb", "path"), ALIASES)
def test_an_old_spelling_leads_to_its_operation(either, operation, verb, path):
    mock, http = either
    http.request(verb, "/v1" + re.sub(r"{\w+:uuid}", UNKNOWN, path), json={})
    assert mock.journal[-1].operation == operation


def test_a_dataset_is_searched_under_its_old_name_too(http, demo):
    asked = {"query": "owls"}
    found = http.post(f"{demo}/hit-testing", json=asked).json()
    assert found == http.post(f"{demo}/retrieve", json=asked).json()
    assert found["records"]


def test_the_documents_have_a_path_of_their_own_for_a_text():
    mock, http = mocked("documented")
    dataset_id = next(iter(mock.world.knowledge.datasets))
    with http:
        told = {"name": "bats", "text": "Bats squeak.", "process_rule": {"mode": "automatic"}}
        made = http.post(f"/v1/datasets/{dataset_id}/documents", json=told).json()["data"]
        listed = http.get(f"/v1/datasets/{dataset_id}/documents").json()
    assert made["document"]["id"] in [one["id"] for one in listed["data"]]
    assert listed["pagination"] == {"total": 3, "page": 1, "limit": 20, "has_next": False, "has_prev": False}


@pytest.mark.parametrize("path", ["document/create-by-file", "document/create_by_file"])
@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        (form(), (400, "no_file_uploaded")),
        (form(("other", "a.txt", "text/plain")), (400, "no_file_uploaded")),
        (form(("file", "a.txt", "text/plain"), ("file2", "b.txt", "text/plain")), (400, "too_many_files")),
        (form(("file", "a.exe", "text/plain")), (400, "invalid_param")),
        (form(("file", "a.txt", "text/plain"), data="{not json"), (400, "invalid_param")),
    ],
)
def test_a_document_comes_as_one_file(http, demo, path, request_, expected):
    assert code(http.post(f"{demo}/{path}", **request_)) == expected


def test_the_name_of_a_file_says_what_it_is(http, demo):
    """Its media type says nothing."""
    made = http.post(f"{demo}/document/create-by-file", **form(("file", "a.txt", "")))
    assert (made.status_code, made.json()["document"]["name"]) == (200, "a.txt")


def test_a_file_that_takes_the_place_of_another_is_one_too(mock, http, demo):
    document_id = next(iter(next(iter(mock.world.knowledge.datasets.values())).documents))
    twice = form(("file", "a.txt", "text/plain"), ("file2", "b.txt", "text/plain"))
    for verb, path in (("PATCH", ""), ("POST", "/update-by-file"), ("POST", "/update_by_file")):
        assert code(http.request(verb, f"{demo}/documents/{document_id}{path}", **twice)) == (400, "too_many_files")


def test_a_rule_may_come_in_a_form_without_files(mock, http, demo):
    document_id, document = next(iter(next(iter(mock.world.knowledge.datasets.values())).documents.items()))
    assert http.patch(f"{demo}/documents/{document_id}", data={"data": DATA}).status_code == 200
    assert document.rule.mode == "automatic"


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        (form(), (400, "no_file_uploaded")),
        (form(("file", "a.txt", "text/plain"), ("file2", "b.txt", "text/plain")), (400, "too_many_files")),
        (form(("file", "a.txt", "")), (415, "unsupported_file_type")),
    ],
)
def test_an_upload_for_a_pipeline_says_what_it_is(http, request_, expected):
    assert code(http.post("/v1/datasets/pipeline/file-upload", **request_)) == expected


def test_the_mode_of_a_pipelines_reply_must_be_said(http):
    dataset_id = next(one["id"] for one in http.get("/v1/datasets").json()["data"] if one["runtime_mode"] == "rag_pipeline")
    told = {"datasource_type": "local_file", "datasource_info_list": [], "start_node_id": "ds1", "is_published": True, "inputs": {}}
    refused = http.post(f"/v1/datasets/{dataset_id}/pipeline/run", json=told)
    assert "response_mode\n  Field required" in refused.json()["message"]
    for mode in ("blocking", "streaming"):
        answered = http.post(f"/v1/datasets/{dataset_id}/pipeline/run", json={**told, "response_mode": mode})
        assert "batch" in answered.json()


def test_a_label_is_named_in_the_body(http):
    made = http.post("/v1/datasets/tags", json={"name": "one"}).json()
    assert made["binding_count"] == "0"
    gone = http.request("DELETE", "/v1/datasets/tags", json={"tag_id": made["id"]})
    assert (gone.status_code, gone.content) == (204, b"")
    assert http.get("/v1/datasets/tags").json() == []

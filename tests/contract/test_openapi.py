"""The declarations as OpenAPI, and a server's own specification beside them."""

import http.server
import json
import threading

import pytest
from openapi_spec_validator import validate

from dify_mock.contract import openapi
from dify_mock.contract.diff import compared
from dify_mock.profiles import WIRES
from dify_sdk import _registry
from dify_sdk.contract import main


def declared(tier, profile):
    found = (one.declaration for one in _registry.operations(tier))
    return {one.id for one in found if WIRES[profile].serves(one) and not one.route.anywhere}


@pytest.mark.parametrize("profile", WIRES)
@pytest.mark.parametrize("tier", _registry.tiers())
def test_the_document_is_valid(tier, profile):
    document = openapi.document(tier, profile)
    validate(document)
    told = [id_ for item in document["paths"].values() for one in item.values() for id_ in one["x-operation-ids"]]
    assert set(told) == declared(tier, profile)
    assert len(told) == len(set(told)) or profile == "documented"  # which has several ways to one operation


def test_what_only_the_documents_have_is_in_their_profile_alone():
    plain, documented = openapi.document("service"), openapi.document("service", "documented")
    assert "get" not in plain["paths"].get("/files/{file_id}", {})
    assert documented["paths"]["/files/{file_id}"]["get"]["x-documented"] is True


def test_what_a_printed_path_has_no_place_for_stands_in_the_query():
    printed = openapi.document("console", "documented")["paths"]["/oauth"]["get"]
    assert [(one["name"], one["in"], one["required"]) for one in printed["parameters"]][:1] == [("provider", "query", True)]


def test_a_document_tells_the_envelopes_of_its_profile():
    paths = openapi.document("service", "documented")["paths"]
    info = paths["/info"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    assert info["required"] == ["object", "data", "created"]
    listed = paths["/conversations"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    assert listed["allOf"][1]["required"] == ["pagination"]


def test_an_operation_tells_what_its_declaration_says(capsys):
    assert main(["openapi", "--tier", "service"]) == 0
    paths = json.loads(capsys.readouterr().out)["paths"]
    listed = paths["/conversations"]["get"]
    assert listed["operationId"] == "conversations.list"
    assert listed["summary"] == "List a user's conversations."
    limit = next(one for one in listed["parameters"] if one["name"] == "limit")
    assert limit["schema"] == {"type": "integer", "minimum": 1, "maximum": 100, "default": 20}
    assert limit["description"] == "How many on a page, 1 to 100."
    sent = paths["/chat-messages"]["post"]
    assert sent["x-operation-ids"] == ["service.chat.send", "service.chat.stream"]
    assert sent["responses"]["200"]["content"].keys() == {"application/json", "text/event-stream"}
    body = sent["requestBody"]["content"]["application/json"]["schema"]
    assert body["required"] == ["query", "inputs", "user"]
    upload = paths["/files/upload"]["post"]
    assert upload["requestBody"]["content"].keys() == {"multipart/form-data"}
    assert upload["security"] == [{"app": []}]
    deleted = paths["/conversations/{conversation_id}"]["delete"]
    assert deleted["parameters"][0]["schema"] == {"type": "string", "format": "uuid"}
    assert "content" not in deleted["responses"]["204"]


@pytest.fixture
def publishing():
    """A server that publishes a document under a path."""
    servers = []

    def publish(path, document):
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                content = json.dumps(document).encode() if self.path == path else b""
                self.send_response(200 if content else 404)
                self.send_header("content-length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *args):
                pass

        server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, args=(0.01,)).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}"

    yield publish
    for server in servers:
        server.shutdown()
        server.server_close()


def test_a_server_that_has_what_is_declared_does_not_differ(publishing, capsys):
    url = publishing("/v1/openapi.json", openapi.document("service"))
    assert main(["diff", "--server", f"{url}/v1/"]) == 0
    assert capsys.readouterr().out == "no difference\n"


def test_what_differs_is_told_both_ways(publishing, capsys):
    document = openapi.document("service")
    document["paths"]["/brand-new/{id}"] = {"get": {"responses": {}}}
    del document["paths"]["/info"]
    listed = document["paths"]["/conversations"]["get"]["parameters"]
    listed[:] = [one for one in listed if one["name"] != "sort_by"] + [{"name": "colour", "in": "query"}]
    del document["paths"]["/completion-messages"]["post"]["requestBody"]["content"]["application/json"]["schema"]["properties"]["files"]
    url = publishing("/v1/openapi.json", document)
    assert main(["diff", "--server", url]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "GET /brand-new/{}: only the server has it",
        "GET /conversations: in the query, only declared: sort_by",
        "GET /conversations: in the query, only the server has colour",
        "GET /info: only declared",
        "POST /completion-messages: in the body, only declared: files",
    ]


def test_a_document_in_the_older_form(publishing):
    document = {
        "swagger": "2.0",
        "basePath": "/v1",
        "paths": {
            "/datasets/{id}/hit-testing": {"post": {}},
            "/conversations/{c_id}/name": {
                "post": {"parameters": [{"in": "body", "name": "payload", "schema": {"$ref": "#/definitions/Rename"}}]}
            },
            "/audio-to-text": {
                "parameters": [{"in": "formData", "name": "user"}],
                "post": {"parameters": [{"in": "formData", "name": "file"}]},
            },
        },
        "definitions": {
            "Rename": {"allOf": [{"properties": {"name": {}, "user": {}}}, {"properties": {"auto_generate": {}}}]}
        },
    }  # fmt: skip
    found = compared(publishing("/v1/swagger.json", document), "service")
    assert all(one.endswith(": only declared") for one in found)
    assert not [one for one in found if "/name" in one or "audio-to-text" in one]


def test_a_server_without_a_specification(publishing, capsys):
    with pytest.raises(SystemExit):
        main(["diff", "--server", publishing("/elsewhere", {})])
    assert "publishes no specification" in capsys.readouterr().err

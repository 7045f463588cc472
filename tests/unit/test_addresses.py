"""Downloads from addresses that replies have: nothing of the client's goes along."""

import httpx
import pytest

from dify_sdk import AsyncServiceClient, AsyncWebClient, ConfigurationError, ServiceClient, WebClient
from dify_sdk.errors import InvalidSignatureError, NotFoundError, PermissionDeniedError
from dify_sdk.files import AsyncFilesClient, FilesClient
from unit.twins import ROOT, Server, answer, got

pytestmark = pytest.mark.anyio

SIGNED = "/files/1/file-preview?timestamp=1&nonce=2&sign=a%3D"
KINDS = {
    "service": lambda twin: (AsyncServiceClient if twin.is_async else ServiceClient, {"api_key": "app-secret"}),
    "web": lambda twin: (AsyncWebClient if twin.is_async else WebClient, {"app_code": "c0de", "passport": "s3cret"}),
    "files": lambda twin: (AsyncFilesClient if twin.is_async else FilesClient, {}),
}


def file(_):
    return httpx.Response(200, content=b"picture", headers={"content-type": "image/png"})


def client_of(twin, tier, server, **settings):
    kind, credentials = KINDS[tier](twin)
    return kind(**credentials, base_url=ROOT, max_retries=0, http_client=twin.http(server, **settings), headers={"x-mine": "private"})


async def fetched(client, url):
    return await got((await got(client.files.download_url(url))).read())


@pytest.mark.parametrize("tier", KINDS)
@pytest.mark.parametrize("url", [f"https://files.example.com:8443{SIGNED}", f"{ROOT}{SIGNED}"], ids=["elsewhere", "here"])
async def test_a_whole_address_is_asked_as_it_is_and_gets_no_credentials(twin, tier, url):
    server = Server(file)
    client = client_of(twin, tier, server, headers={"authorization": "Basic c2VjcmV0"}, auth=("ann", "secret"), cookies={"session": "s"})

    assert await fetched(client, url) == b"picture"

    (request,) = server.asked
    assert str(request.url) == url
    assert request.headers.keys() & {"authorization", "cookie", "x-app-code", "x-app-passport", "x-mine"} == set()


@pytest.mark.parametrize("tier", KINDS)
async def test_an_address_without_a_server_belongs_to_the_clients(twin, tier):
    server = Server(file)

    await fetched(client_of(twin, tier, server), SIGNED)

    assert str(server.asked[0].url) == ROOT + SIGNED


@pytest.mark.parametrize("url", ["", "files/1", "//elsewhere.example.com/x", "file:///etc/passwd", "ftp://x/y", None])
async def test_what_is_no_address_is_refused_before_anything_is_sent(twin, url):
    with pytest.raises(ConfigurationError, match="url"):
        await got(client_of(twin, "files", Server()).files.download_url(url))


@pytest.mark.parametrize(
    ("status", "message"), [(404, "File not found or signature is invalid"), (403, "Invalid request.")], ids=["a preview", "a tool's file"]
)
async def test_a_signature_that_does_not_hold_has_its_own_error(twin, status, message):
    server = Server(answer({"code": "x", "message": message, "status": status}, status=status))

    with pytest.raises(InvalidSignatureError) as refused:
        await got(client_of(twin, "files", server).files.download_url(SIGNED))

    assert refused.value.status_code == status
    assert isinstance(refused.value, NotFoundError)
    assert isinstance(refused.value, PermissionDeniedError)


async def test_another_404_is_just_that(twin):
    server = Server(answer({"code": "not_found", "message": "file is not found", "status": 404}, status=404))

    with pytest.raises(NotFoundError) as missing:
        await got(client_of(twin, "files", server).files.download_url(SIGNED))

    assert not isinstance(missing.value, InvalidSignatureError)


async def test_a_redirect_to_another_server_is_not_followed(twin):
    server = Server(httpx.Response(307, headers={"location": "https://evil.example.com/x"}))

    with pytest.raises(Exception, match="307"):
        await got(client_of(twin, "files", server).files.download_url(f"{ROOT}{SIGNED}"))

    assert len(server.asked) == 1

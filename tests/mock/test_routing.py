"""Paths find their way."""

import pytest

from dify_mock.routing import Router

UUID = "59f9d59a-4750-450f-8923-95571dc4f3b7"
PATHS = (
    "/tools/{file_id:uuid}.{extension}",
    "/tools/{name}",
    "/tools/fixed.txt",
    "/{file_id:uuid}/preview",
    "/remote/{url:path}",
    "/a-{one}-b-{other}",
)


@pytest.fixture
def router():
    made = Router()
    for path in PATHS:
        made.add("GET", path, path)
    return made


@pytest.mark.parametrize(
    ("asked", "target", "named"),
    [
        (f"/tools/{UUID}.png", PATHS[0], {"file_id": UUID, "extension": "png"}),
        (f"/tools/{UUID}.tar.gz", PATHS[0], {"file_id": UUID, "extension": "tar.gz"}),
        ("/tools/other.png", PATHS[1], {"name": "other.png"}),
        (f"/tools/{UUID}", PATHS[1], {"name": UUID}),
        ("/tools/fixed.txt", PATHS[2], {}),
        (f"/{UUID}/preview", PATHS[3], {"file_id": UUID}),
        ("/remote/http://x/y", PATHS[4], {"url": "http://x/y"}),
        ("/a-1-b-2", PATHS[5], {"one": "1", "other": "2"}),
    ],
)
def test_a_path_is_found_with_what_it_names(router, asked, target, named):
    assert router.find("GET", asked[1:].split("/")) == (target, named)


@pytest.mark.parametrize("asked", ["/tools/a/b", "/x/preview", "/a-1-c-2", "/tools/"])
def test_what_is_no_path_is_not_found(router, asked):
    assert router.find("GET", asked[1:].split("/")) == set()


def test_another_verb_of_a_path_is_told(router):
    assert router.find("POST", ["tools", f"{UUID}.png"]) == {"GET"}

"""Keys: their kinds, where they come from, and the mistakes that are made in pasting them."""

import pytest

from dify_sdk import ConfigurationError
from dify_sdk._auth import APIKeys
from unit.twins import DATASET_KEY, KEY

PLAIN = "0123456789"


def bearer(keys, kind):
    return keys.headers(kind)["Authorization"]


def test_an_apps_key_serves_the_application_operations():
    keys = APIKeys(KEY, None)

    assert bearer(keys, "app") == f"Bearer {KEY}"
    with pytest.raises(ConfigurationError, match=r"needs the client's dataset_api_key .* key of the other kind"):
        keys.headers("dataset")


@pytest.mark.parametrize("key", [DATASET_KEY, "ds-abc"])
def test_a_key_for_knowledge_serves_the_knowledge_operations(key):
    for keys in (APIKeys(key, None), APIKeys(None, key)):
        assert bearer(keys, "dataset") == f"Bearer {key}"
        with pytest.raises(ConfigurationError, match=r"needs the client's api_key .* key of the other kind"):
            keys.headers("app")


def test_a_key_without_a_known_prefix_serves_both():
    keys = APIKeys(PLAIN, None)

    assert bearer(keys, "app") == bearer(keys, "dataset") == f"Bearer {PLAIN}"


def test_two_keys_serve_one_kind_each():
    keys = APIKeys(PLAIN, DATASET_KEY)

    assert bearer(keys, "app") == f"Bearer {PLAIN}"
    assert bearer(keys, "dataset") == f"Bearer {DATASET_KEY}"


def test_an_apps_key_in_the_place_for_knowledge_is_refused_at_once():
    with pytest.raises(ConfigurationError, match="dataset_api_key holds the key of an app"):
        APIKeys(None, KEY)


def test_without_any_key_only_open_operations_work():
    keys = APIKeys(None, None)

    assert keys.headers("none") == {}
    with pytest.raises(ConfigurationError, match=r"needs the client's api_key \(app-...\); it has no key"):
        keys.headers("app")


def test_keys_come_from_the_environment_where_none_are_given(monkeypatch):
    monkeypatch.setenv("DIFY_API_KEY", "app-env")
    monkeypatch.setenv("DIFY_DATASET_API_KEY", "dataset-env")

    assert bearer(APIKeys(None, None), "app") == "Bearer app-env"
    assert bearer(APIKeys(None, None), "dataset") == "Bearer dataset-env"
    assert bearer(APIKeys(KEY, None), "app") == f"Bearer {KEY}"


def test_an_empty_variable_is_no_key(monkeypatch):
    monkeypatch.setenv("DIFY_API_KEY", "")

    assert APIKeys(None, None).headers("none") == {}


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("", "is empty"),
        (" app-hunter2", "blanks around"),
        ("app-hunter2\n", "blanks around"),
        ("Bearer app-hunter2", "begins with 'Bearer '"),
        ("bearer app-hunter2", "begins with 'Bearer '"),
        ("{app-hunter2}", "braces"),
        ("{{hunter2}}", "braces"),
        ("<hunter2>", "braces"),
        ("app hunter2", "blank or a line break inside"),
        ("app-hunter2\r\nX-Other: 1", "blank or a line break inside"),
        ("app-hunter2ü", "characters that no key has"),
        ("app-hunter2\u200b", "characters that no key has"),
        ("app-hunter2\x07", "characters that no key has"),
    ],
)
@pytest.mark.parametrize("argument", ["api_key", "dataset_api_key"])
def test_what_is_pasted_along_with_a_key_is_told_apart_and_not_repeated(argument, key, words):
    with pytest.raises(ConfigurationError, match=words) as caught:
        APIKeys(**{"api_key": None, "dataset_api_key": None, argument: key})

    assert str(caught.value).startswith(argument)
    assert "hunter2" not in str(caught.value)


def test_a_wrong_key_in_the_environment_is_blamed_on_the_variable(monkeypatch):
    monkeypatch.setenv("DIFY_API_KEY", "Bearer app-x")

    with pytest.raises(ConfigurationError, match=r"^DIFY_API_KEY begins with"):
        APIKeys(None, None)


def test_keys_do_not_show_themselves():
    assert "Secret" not in repr(APIKeys(KEY, DATASET_KEY))

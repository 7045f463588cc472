"""What a client can be told, and what is refused before anything is sent."""

import pytest

from dify_sdk import ConfigurationError, Timeout
from dify_sdk._options import PREFIXES, Options, server_url, timeout_of


def url(given, variable="DIFY_BASE_URL"):
    return server_url(given, variable=variable, default="https://api.dify.ai")


class TestAddress:
    @pytest.mark.parametrize(
        ("given", "root"),
        [
            ("http://localhost:5001", "http://localhost:5001"),
            ("http://localhost:5001/", "http://localhost:5001"),
            ("http://localhost:5001/v1", "http://localhost:5001"),
            ("http://localhost:5001/v1/", "http://localhost:5001"),
            ("http://localhost:5001//v1//", "http://localhost:5001"),
            ("https://example.org/dify", "https://example.org/dify"),
            ("https://example.org/dify/", "https://example.org/dify"),
            ("https://example.org/dify/v1", "https://example.org/dify"),
            ("https://example.org/dify/console/api", "https://example.org/dify"),
            ("https://example.org/openapi/v1", "https://example.org"),
            ("https://example.org/apiv1", "https://example.org/apiv1"),
            ("HTTPS://Example.ORG", "https://example.org"),
            ("http://[::1]:5001/v1", "http://[::1]:5001"),
        ],
    )
    def test_the_root_is_found_in_whatever_form_it_is_given(self, given, root):
        assert url(given) == root

    @pytest.mark.parametrize("prefix", PREFIXES)
    def test_the_prefix_of_any_tier_is_taken_off(self, prefix):
        assert url(f"https://example.org{prefix}") == "https://example.org"

    @pytest.mark.parametrize(
        "given",
        [
            "localhost:5001",
            "example.org",
            "ftp://example.org",
            "http://",
            "http:///v1",
            "http://[::1",
            "http://host:port",
            "http://a b",
            "",
        ],
    )
    def test_what_is_no_address_is_refused(self, given):
        with pytest.raises(ConfigurationError, match=r"base_url is (not )?an address"):
            url(given)

    @pytest.mark.parametrize("given", ["http://host/v1?key=hunter2", "http://host#hunter2"])
    def test_an_address_ends_with_its_path(self, given):
        with pytest.raises(ConfigurationError, match="must end with the path") as caught:
            url(given)

        assert "hunter2" not in str(caught.value)

    @pytest.mark.parametrize(
        "given",
        [
            "http://ada:hunter2@host",
            "http://:hunter2@host",
            "http://hunter2@host",
            "ftp://ada:hunter2@host",
            "ada:hunter2@host",
            "http://ada:hunter2/x@host",
        ],
    )
    def test_an_address_with_credentials_is_refused_and_they_are_not_repeated(self, given):
        with pytest.raises(ConfigurationError) as caught:
            url(given)

        assert "hunter2" not in str(caught.value)
        assert caught.value.__cause__ is None
        assert caught.value.__suppress_context__ or caught.value.__context__ is None

    def test_the_environment_is_asked_where_nothing_is_given(self, monkeypatch):
        assert url(None) == "https://api.dify.ai"

        monkeypatch.setenv("DIFY_BASE_URL", "http://localhost:5001/v1")

        assert url(None) == "http://localhost:5001"
        assert url("http://other") == "http://other"

    def test_an_error_names_the_variable_it_comes_from(self, monkeypatch):
        monkeypatch.setenv("DIFY_BASE_URL", "nonsense")

        with pytest.raises(ConfigurationError, match=r"^DIFY_BASE_URL "):
            url(None)


class TestTimeouts:
    def test_without_a_word_there_are_10_seconds_to_connect_and_the_operations_own_to_read(self):
        assert Timeout().for_httpx(60.0) == {"connect": 10.0, "read": 60.0, "write": 60.0, "pool": 10.0}
        assert Timeout().for_httpx(600.0)["read"] == 600.0

    def test_a_number_bounds_every_single_wait(self):
        assert timeout_of(5).for_httpx(600.0) == {"connect": 5, "read": 5, "write": 5, "pool": 5}

    def test_none_leaves_the_defaults(self):
        assert timeout_of(None) == Timeout()

    def test_none_inside_a_timeout_means_for_ever(self):
        assert Timeout(connect=None, read=None).for_httpx(60.0) == {"connect": None, "read": None, "write": None, "pool": None}

    def test_the_wait_for_an_event_bounds_the_reading_of_a_stream_and_of_nothing_else(self):
        assert Timeout(event=5).for_httpx(600.0, streams=True)["read"] == 5
        assert Timeout(read=3, event=5).for_httpx(600.0, streams=True)["read"] == 3
        assert Timeout(read=None, event=5).for_httpx(600.0, streams=True)["read"] == 5
        assert Timeout(event=5).for_httpx(600.0)["read"] == 600.0

    @pytest.mark.parametrize("wrong", [0, -1, float("nan")])
    def test_a_timeout_is_a_positive_number(self, wrong):
        with pytest.raises(ConfigurationError, match="positive number of seconds"):
            timeout_of(wrong)


class TestSettings:
    @pytest.mark.parametrize("name", ["max_retries", "max_event_bytes"])
    @pytest.mark.parametrize("wrong", [-1, 1.5, "3", None])
    def test_counts_are_whole_numbers_from_0_on(self, name, wrong):
        with pytest.raises(ConfigurationError, match=name):
            Options("http://x", None, **{name: wrong})

    @pytest.mark.parametrize(
        "headers",
        [
            {"X-A": "hunter2\r\nX-B: c"},
            {"X-A\r\nX-B": "hunter2"},
            {"X A": "hunter2"},
            {"": "hunter2"},
            {"X-A": " hunter2"},
            {"X-A": "hunter2\0"},
            {"X-Ü": "hunter2"},
            {"X-A": "hunter2ü"},
        ],
        ids=repr,
    )
    def test_a_header_that_could_not_travel_is_refused_and_its_value_is_not_repeated(self, headers):
        with pytest.raises(ConfigurationError, match="cannot travel") as caught:
            Options("http://x", None, headers=headers)

        assert "hunter2" not in str(caught.value)

    def test_the_settings_show_neither_credentials_nor_headers(self):
        shown = repr(Options("http://x", "hunter2", headers={"X-Key": "hunter2"}))

        assert "hunter2" not in shown

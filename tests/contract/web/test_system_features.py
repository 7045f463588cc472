"""A story of what a server can do."""

from __future__ import annotations

from dify_mock.contract.place import Place


def test_the_community_edition_says_what_it_is(place: Place) -> None:
    told = place.web().system_features.get()
    assert place.live or told.deployment_edition == "COMMUNITY"
    assert told.webapp_auth and told.webapp_auth.enabled is False
    assert told.branding and told.branding.enabled is False

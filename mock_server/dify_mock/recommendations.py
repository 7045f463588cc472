"""What a server recommends to everybody: apps, and banners above them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from .locales import LANGUAGE


@dataclass
class RecommendedApp:
    """An app, and why it is recommended."""

    app_id: str
    description: str = ""
    categories: Sequence[str] = ()
    language: str = LANGUAGE
    teaches: bool = False
    """Whether it is one to learn from."""
    trials: int = 0
    """How often an account may try it."""


@dataclass
class Banner:
    """A banner, and where it leads."""

    id: str
    category: str
    title: str
    description: str
    picture: str
    link: str
    sort: int
    created_at: float
    language: str = LANGUAGE
    status: Literal["enabled", "disabled"] = "enabled"


@dataclass
class Recommendations:
    """All of it, and who has tried what."""

    apps: dict[str, RecommendedApp] = field(default_factory=dict[str, RecommendedApp])
    """By the app's id, the first one first."""
    banners: list[Banner] = field(default_factory=list[Banner])
    tried: Counter[tuple[str, str]] = field(default_factory=Counter[tuple[str, str]])
    """How often, by the ids of account and app."""

    def recommend(self, app: RecommendedApp) -> None:
        """Recommend an app."""
        self.apps[app.app_id] = app

    def forget(self, app_id: str) -> None:
        """An app is no more."""
        self.apps.pop(app_id, None)

    def apps_in(self, language: str) -> list[RecommendedApp]:
        """The apps in a language."""
        every = list(self.apps.values())
        return [one for one in every if one.language == language] or [one for one in every if one.language == LANGUAGE]

    def banners_in(self, language: str) -> list[Banner]:
        """The banners in a language that are shown, in their order."""
        every = sorted((one for one in self.banners if one.status == "enabled"), key=lambda one: one.sort)
        return [one for one in every if one.language == language] or [one for one in every if one.language == LANGUAGE]

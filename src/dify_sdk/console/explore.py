"""Console: what a server recommends."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from .._endpoint import GET, M, Resource, area
from .._models import Model


class ExploreApps(Resource[M], area="console.explore.apps", key="session"):
    """Apps to take as they are, or to begin with."""

    @GET("/explore/apps")
    def list(self, *, language: str | None = None) -> RecommendedApps:
        """List the recommended apps, and their categories.

        Args:
            language: The language of the apps, as `en-US`; the account's where it is not given.
        """
        ...

    @GET("/explore/apps/learn-dify", since="1.16")
    def list_learn_dify(self, *, language: str | None = None) -> RecommendedApps:
        """List the recommended apps that one can learn from. Here servers tell no categories.

        Args:
            language: The language of the apps, as `en-US`; the account's where it is not given.
        """
        ...

    @GET("/explore/apps/{app_id:uuid}")
    def get(self, app_id: str) -> RecommendedAppDetail:
        """Tell a recommended app, and what it is made of.

        Args:
            app_id: The app.

        Raises:
            NotFoundError: Nobody recommends such an app.
        """
        ...


class Explore(Resource[M], area="console.explore", key="session"):
    """What a server recommends."""

    @area
    def apps(self) -> ExploreApps[M]:
        """Apps to take as they are, or to begin with."""
        return ExploreApps(self._core)

    @GET("/explore/banners", key="none", since="1.13")
    def list_banners(self, *, language: str | None = None) -> list[Banner]:
        """List the banners above the recommended apps.

        Args:
            language: Their language, as `en-US`, which is also what there is for others.
        """
        ...


class RecommendedAppInfo(Model):
    """What a recommended app is."""

    id: str
    name: str | None = None
    mode: str | None = None
    icon: str | None = None
    icon_type: str | None = None
    icon_background: str | None = None
    icon_url: str | None = Field(default=None, repr=False)


class RecommendedApp(Model):
    """An app, and why it is recommended. `can_trial` tells whether `trial_apps` take it."""

    app: RecommendedAppInfo | None = None
    app_id: str
    description: str | None = None
    copyright: str | None = None
    privacy_policy: str | None = None
    custom_disclaimer: str | None = None
    categories: list[str] = []
    position: int | None = None
    is_listed: bool | None = None
    can_trial: bool = False


class RecommendedApps(Model):
    """The recommended apps, and all their categories."""

    recommended_apps: list[RecommendedApp]
    categories: list[str] = []


class RecommendedAppDetail(Model):
    """A recommended app; `export_data` is its definition in YAML, for `apps.import_dsl`."""

    id: str
    name: str
    icon: str | None = None
    icon_background: str | None = None
    mode: str
    export_data: str = Field(repr=False)
    can_trial: bool = False


class BannerContent(Model):
    """What stands on a banner; `img_src` is the address of its picture."""

    category: str
    title: str
    description: str
    img_src: str = Field(alias="img-src")


class Banner(Model):
    """A banner, and where it leads."""

    id: str
    content: BannerContent
    link: str
    sort: int
    status: Literal["enabled", "disabled"] | str
    created_at: str

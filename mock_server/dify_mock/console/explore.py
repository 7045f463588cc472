"""Handlers: what the server recommends."""

from __future__ import annotations

from dify_sdk.console import explore as told
from dify_sdk.console.explore import BannerContent, Explore, ExploreApps, RecommendedAppDetail, RecommendedAppInfo, RecommendedApps

from ..apps import about, definitions
from ..locales import LANGUAGE
from ..recommendations import RecommendedApp
from ..refusals import not_found
from ..registry import handles
from ..visit import Visit


@handles(ExploreApps.list, payload="RecommendedAppsQuery", decorated=True)
def list_apps(visit: Visit, *, language: str | None = None) -> RecommendedApps:
    found = _in_language(visit, language)
    categories = sorted({one for app in found for one in app.categories})
    return RecommendedApps(recommended_apps=[_told(visit, app, at) for at, app in enumerate(found)], categories=categories)


@handles(ExploreApps.list_learn_dify, payload="RecommendedAppsQuery", decorated=True)
def list_learn_dify(visit: Visit, *, language: str | None = None) -> RecommendedApps:
    found = enumerate(_in_language(visit, language))
    return RecommendedApps(recommended_apps=[_told(visit, app, at) for at, app in found if app.teaches])


@handles(ExploreApps.get)
def get(visit: Visit, app_id: str) -> RecommendedAppDetail:
    recommended = visit.world.recommendations.apps.get(app_id)
    if recommended is None:
        raise not_found("Recommended app not found.", "recommended_app_not_found")
    app = visit.world.apps[app_id]
    return RecommendedAppDetail(
        id=app.id,
        name=app.name,
        icon=app.icon,
        icon_background=app.icon_background,
        mode=app.mode,
        export_data=definitions.written(app, None, with_secrets=False),
        can_trial=_can_be_tried(visit, recommended),
    )


@handles(Explore.list_banners, payload="BannerListQuery", decorated=True)
def list_banners(visit: Visit, *, language: str | None = None) -> list[told.Banner]:
    return [
        told.Banner(
            id=one.id,
            content=BannerContent(category=one.category, title=one.title, description=one.description, **{"img-src": one.picture}),
            link=one.link,
            sort=one.sort,
            status=one.status,
            created_at=visit.world.clock.iso(one.created_at),
        )
        for one in visit.world.recommendations.banners_in(language or LANGUAGE)
    ]


def _in_language(visit: Visit, language: str | None) -> list[RecommendedApp]:
    return visit.world.recommendations.apps_in(language or visit.account.interface_language)


def _told(visit: Visit, recommended: RecommendedApp, position: int) -> told.RecommendedApp:
    app = visit.world.apps[recommended.app_id]
    return told.RecommendedApp(
        app=RecommendedAppInfo(**about.card(app)),
        app_id=app.id,
        description=recommended.description,
        copyright=app.site.copyright,
        privacy_policy=app.site.privacy_policy,
        custom_disclaimer=app.site.custom_disclaimer or None,
        categories=list(recommended.categories),
        position=position,
        is_listed=True,
        can_trial=_can_be_tried(visit, recommended),
    )


def _can_be_tried(visit: Visit, recommended: RecommendedApp) -> bool:
    return visit.world.settings.apps_can_be_tried and recommended.trials > 0

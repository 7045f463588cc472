"""Web: the app behind the code."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from .._endpoint import GET, M, Resource
from .._models import Model
from ..shared.apps import AppMeta as AppMeta, AppParameters as AppParameters, Site


class AppArea(Resource[M], area="web.app", key="passport"):
    """The app behind the code."""

    @GET("/parameters")
    def parameters(self) -> AppParameters:
        """Tell the app's variables, features and limits.

        Raises:
            AppUnavailableError: The app is not configured or not published.
        """
        ...

    @GET("/meta")
    def meta(self) -> AppMeta:
        """Tell the icons of the app's tools."""
        ...

    @GET("/site")
    def site(self) -> WebApp:
        """Tell how the app's page looks, and who the end user is.

        Raises:
            PermissionDeniedError: The page is switched off.
        """
        ...


class WebSite(Site):
    """How the app's page looks."""

    prompt_public: bool | None = None


class WebModelConfig(Model):
    """What a page may know of the app's model."""

    opening_statement: str | None = None
    suggested_questions: Any = None
    suggested_questions_after_answer: Any = None
    more_like_this: Any = None
    model: Any = None
    user_input_form: Any = None
    pre_prompt: str | None = None


class WebCustomConfig(Model):
    """What the workspace has changed about its pages."""

    remove_webapp_brand: bool | None = None
    replace_webapp_logo: str | None = None


class WebApp(Model):
    """A published app, and the end user that the passport stands for."""

    app_id: str
    mode: str | None = None
    end_user_id: str | None = None
    enable_site: bool | None = None
    site: WebSite | None = None
    model_config_: WebModelConfig | None = Field(default=None, alias="model_config")
    plan: str | None = None
    can_replace_logo: bool | None = None
    custom_config: WebCustomConfig | None = None

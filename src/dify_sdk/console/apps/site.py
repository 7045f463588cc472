"""Console: an app's own page."""

from __future__ import annotations

from typing import Literal, TypeAlias

from ..._endpoint import POST, M, Resource
from ..app_details import AppDetail, AppSite


class AppSites(Resource[M], area="console.apps.site", key="session"):
    """An app's own page."""

    @POST("/apps/{app_id:uuid}/site", repeatable=True)
    def update(
        self,
        app_id: str,
        *,
        title: str | None = None,
        icon_type: str | None = None,
        icon: str | None = None,
        icon_background: str | None = None,
        description: str | None = None,
        default_language: str | None = None,
        chat_color_theme: str | None = None,
        chat_color_theme_inverted: bool | None = None,
        customize_domain: str | None = None,
        copyright: str | None = None,
        privacy_policy: str | None = None,
        input_placeholder: str | None = None,
        custom_disclaimer: str | None = None,
        customize_token_strategy: TokenStrategy | None = None,
        prompt_public: bool | None = None,
        show_workflow_steps: bool | None = None,
        use_icon_as_answer_icon: bool | None = None,
    ) -> AppSite:
        """Change how the page looks. What is not given stays.

        Args:
            app_id: The app.
            title: What it is called.
            icon_type: What `icon` is: `emoji`, `image` or `link`.
            icon: An emoji, the id of an uploaded image, or an address.
            icon_background: The colour behind it, as `#FFEAD5`.
            description: What is said of it.
            default_language: The language of its buttons, as `en-US`.
            chat_color_theme: The colour of what is said.
            chat_color_theme_inverted: Whether that colour is the background.
            customize_domain: A domain of its own.
            copyright: Whose it is.
            privacy_policy: The address of a privacy policy.
            input_placeholder: What stands where nobody has written anything yet.
            custom_disclaimer: What it disclaims.
            customize_token_strategy: Whether visitors bring a key of their own.
            prompt_public: Whether the prompt is shown.
            show_workflow_steps: Whether the steps of a workflow are shown.
            use_icon_as_answer_icon: Whether answers are shown with the icon.

        Raises:
            NotFoundError: No such app.
            PermissionDeniedError: The account may not.
            UnprocessableEntityError: There is no such language.
        """
        ...

    @POST("/apps/{app_id:uuid}/site-enable", repeatable=True)
    def set_enabled(self, app_id: str, *, enable_site: bool) -> AppDetail:
        """Open the page, or close it.

        Args:
            app_id: The app.
            enable_site: Whether anybody gets in.

        Raises:
            NotFoundError: No such app.
            PermissionDeniedError: The account may not.
        """
        ...

    @POST("/apps/{app_id:uuid}/site/access-token-reset")
    def reset_access_token(self, app_id: str) -> AppSite:
        """Give the page another address: its `code` is a new one, and the old one leads nowhere.

        Args:
            app_id: The app.

        Raises:
            NotFoundError: No such app.
            PermissionDeniedError: The account is neither an owner nor an admin.
        """
        ...


TokenStrategy: TypeAlias = Literal["must", "allow", "not_allow"]

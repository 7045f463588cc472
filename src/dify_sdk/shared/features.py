"""What a server can do, and how one gets in, as several tiers tell it."""

from __future__ import annotations

from typing import Literal

from .._models import Model


class License(Model):
    """The licence of an enterprise server."""

    status: Literal["none", "inactive", "active", "expiring", "expired", "lost"] | str = "none"


class Branding(Model):
    """What an enterprise server looks like."""

    enabled: bool = False
    application_title: str = ""
    login_page_logo: str = ""
    workspace_logo: str = ""
    favicon: str = ""


class WebAppSso(Model):
    """How one signs in elsewhere."""

    protocol: str | None = None


class WebAppAuth(Model):
    """How one gets in to pages that are not public."""

    enabled: bool = False
    allow_sso: bool = False
    sso_config: WebAppSso | None = None
    allow_email_code_login: bool = False
    allow_email_password_login: bool = False
    allow_public_access: bool | None = None


class PluginInstallationPermission(Model):
    """Which plugins may be installed."""

    plugin_installation_scope: str = "all"
    restrict_to_marketplace_only: bool = False


class SystemFeatures(Model):
    """What the server can do, and how one gets in."""

    deployment_edition: Literal["COMMUNITY", "ENTERPRISE", "CLOUD"] | str | None = None
    enable_app_deploy: bool | None = None
    sso_enforced_for_signin: bool | None = None
    sso_enforced_for_signin_protocol: str | None = None
    enable_marketplace: bool | None = None
    enable_email_code_login: bool | None = None
    enable_email_password_login: bool | None = None
    enable_social_oauth_login: bool | None = None
    enable_collaboration_mode: bool | None = None
    is_allow_register: bool | None = None
    is_email_setup: bool | None = None
    license: License | None = None
    branding: Branding | None = None
    webapp_auth: WebAppAuth | None = None
    plugin_installation_permission: PluginInstallationPermission | None = None
    enable_change_email: bool | None = None
    enable_creators_platform: bool | None = None
    enable_explore_banner: bool | None = None
    enable_learn_app: bool | None = None
    enable_step_by_step_tour: bool | None = None
    rbac_enabled: bool | None = None
    knowledge_fs_enabled: bool | None = None

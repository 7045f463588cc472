"""What a server can do, as all tiers tell it."""

from __future__ import annotations

from dify_sdk.console.features import Limitation
from dify_sdk.shared.features import Branding, License, PluginInstallationPermission, SystemFeatures, WebAppAuth, WebAppSso

from .world import World


def limitation(size: int, limit: int | None) -> Limitation:
    """How much of something is taken; nothing is counted where nothing is limited."""
    return Limitation(enabled=limit is not None, size=size if limit is not None else 0, limit=limit or 0)


def system_features(world: World) -> SystemFeatures:
    """What the server can do, and how one gets in."""
    is_enterprise = world.enterprise is not None
    pages = WebAppAuth(
        enabled=is_enterprise,
        allow_sso=False,
        sso_config=WebAppSso(protocol=None),
        allow_email_code_login=is_enterprise,
        allow_email_password_login=is_enterprise,
        allow_public_access=True,
    )
    return SystemFeatures(
        deployment_edition="ENTERPRISE" if is_enterprise else "CLOUD" if world.settings.is_cloud else "COMMUNITY",
        enable_app_deploy=False,
        sso_enforced_for_signin=False,
        sso_enforced_for_signin_protocol=None,
        enable_marketplace=False,
        enable_email_code_login=False,
        enable_email_password_login=True,
        enable_social_oauth_login=False,
        enable_collaboration_mode=True,
        is_allow_register=world.settings.registration_is_open,
        is_email_setup=is_enterprise,
        license=License(status=world.enterprise.license.status if world.enterprise else "none"),
        branding=Branding(enabled=False, application_title="", login_page_logo="", workspace_logo="", favicon=""),
        webapp_auth=pages,
        plugin_installation_permission=PluginInstallationPermission(plugin_installation_scope="all", restrict_to_marketplace_only=False),
        enable_change_email=True,
        enable_creators_platform=True,
        enable_explore_banner=False,
        enable_learn_app=True,
        enable_step_by_step_tour=False,
        rbac_enabled=False,
        knowledge_fs_enabled=False,
    )

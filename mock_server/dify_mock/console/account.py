"""Handlers: the account of whoever has signed in."""

from __future__ import annotations

from dify_sdk.console import account as wire
from dify_sdk.console.account import AvatarUrl, Integrations, Profile, Theme
from dify_sdk.console.account.education import Education
from dify_sdk.shared.codes import CodeSent
from dify_sdk.shared.results import Result

from ..accounts import Account
from ..attachments import avatar_url, is_address
from ..elsewhere import PLACES
from ..locales import Complain, check_language, check_timezone
from ..passwords import WEAK, is_strong
from ..refusals import Refusal, not_found, unfit, unprocessable
from ..registry import handles
from ..sampled import samples
from ..visit import Visit

"""What is said of a value that the account cannot have: the reason, the value, and where it stood."""

samples(Education.activate, Education.autocomplete, Education.status, Education.verify, guard=lambda _visit, _given: None)


@handles(wire.Account.get)
def get(visit: Visit) -> Profile:
    return profile(visit)


@handles(wire.Account.update, payload="AccountProfilePatchPayload", decorated=True)
def update(
    visit: Visit,
    *,
    name: str | None = None,
    avatar: str | None = None,
    interface_language: str | None = None,
    interface_theme: Theme | None = None,
    timezone: str | None = None,
) -> Profile:
    _check_locale(interface_language, timezone, unprocessable)
    account = visit.account
    account.name = name or account.name
    account.avatar = avatar or account.avatar
    account.interface_language = interface_language or account.interface_language
    account.interface_theme = interface_theme or account.interface_theme
    account.timezone = timezone or account.timezone
    return profile(visit)


@handles(wire.Account.initialize, payload="AccountInitPayload")
def initialize(visit: Visit, *, interface_language: str, timezone: str, invitation_code: str | None = None) -> Result:
    _check_locale(interface_language, timezone, _unfit("AccountInitPayload"))
    account = visit.account
    if account.status != "uninitialized":
        raise Refusal(400, "account_already_inited", "The account has been initialized. Please refresh the page.")
    account.status, account.interface_language, account.timezone = "active", interface_language, timezone
    return Result(result="success")


@handles(wire.Account.set_name, payload="AccountNamePayload")
def set_name(visit: Visit, *, name: str) -> Profile:
    visit.account.name = name
    return profile(visit)


@handles(wire.Account.set_avatar, payload="AccountAvatarPayload")
def set_avatar(visit: Visit, *, avatar: str) -> Profile:
    visit.account.avatar = avatar
    return profile(visit)


@handles(wire.Account.get_avatar_url, payload="AccountAvatarQuery", decorated=True)
def get_avatar_url(visit: Visit, *, avatar: str) -> AvatarUrl:
    if not is_address(avatar):
        upload = visit.world.upload_files.get(avatar)
        if upload is None or upload.created_by != visit.account.id:
            raise not_found("Avatar file not found")
    return AvatarUrl(avatar_url=avatar_url(visit.world, visit.request.base_url, avatar))


@handles(wire.Account.set_interface_language, payload="AccountInterfaceLanguagePayload")
def set_interface_language(visit: Visit, *, interface_language: str) -> Profile:
    _check_locale(interface_language, None, _unfit("AccountInterfaceLanguagePayload"))
    visit.account.interface_language = interface_language
    return profile(visit)


@handles(wire.Account.set_interface_theme, payload="AccountInterfaceThemePayload")
def set_interface_theme(visit: Visit, *, interface_theme: Theme) -> Profile:
    visit.account.interface_theme = interface_theme
    return profile(visit)


@handles(wire.Account.set_timezone, payload="AccountTimezonePayload")
def set_timezone(visit: Visit, *, timezone: str) -> Profile:
    _check_locale(None, timezone, _unfit("AccountTimezonePayload"))
    visit.account.timezone = timezone
    return profile(visit)


@handles(wire.Account.change_password, payload="AccountPasswordPayload")
def change_password(visit: Visit, *, new_password: str, repeat_new_password: str, password: str | None = None) -> Profile:
    account = visit.account
    if new_password != repeat_new_password:
        raise Refusal(400, "repeat_password_not_match", "New password and repeat password does not match.")
    if account.password and account.password != password:
        raise Refusal(400, "current_password_incorrect", "Current password is incorrect.")
    if not is_strong(new_password):
        raise Refusal(400, "invalid_account_password", WEAK)
    account.password = new_password
    return profile(visit)


@handles(wire.Account.list_integrations)
def list_integrations(visit: Visit) -> Integrations:
    return Integrations(data=[_integration(visit, place) for place in PLACES])


@handles(wire.Account.send_deletion_code)
def send_deletion_code(visit: Visit) -> CodeSent:
    letter = visit.world.letters.send("deletion", visit.account.email, visit.account.id)
    return CodeSent(result="success", data=letter.token)


@handles(wire.Account.delete, payload="AccountDeletePayload")
def delete(visit: Visit, *, token: str, code: str) -> Result:
    world, account = visit.world, visit.account
    letter = world.letters.find("deletion", token, account.id)
    if letter is None or letter.code != code:
        raise Refusal(400, "invalid_account_deletion_code", "Invalid account deletion code.")
    world.letters.use(letter)
    world.refresh_tokens.end(account)
    world.accounts.remove(account)
    return Result(result="success")


@handles(wire.Account.send_deletion_feedback, payload="AccountDeletionFeedbackPayload")
def send_deletion_feedback(visit: Visit, *, email: str, feedback: str) -> Result:
    visit.world.accounts.farewells.append((email, feedback))
    return Result(result="success")


def profile(visit: Visit) -> Profile:
    """The account as the wire has it."""
    account: Account = visit.account
    return Profile(
        id=account.id,
        name=account.name,
        email=account.email,
        avatar=account.avatar,
        avatar_url=None if account.avatar is None else avatar_url(visit.world, visit.request.base_url, account.avatar),
        is_password_set=bool(account.password),
        interface_language=account.interface_language,
        interface_theme=account.interface_theme,
        timezone=account.timezone,
        last_login_at=None if account.last_login_at is None else int(account.last_login_at),
        last_login_ip=account.last_login_ip,
        created_at=int(account.created_at),
    )


def _integration(visit: Visit, place: str) -> wire.Integration:
    bound = visit.account.integrations.get(place)
    if bound is not None:
        return wire.Integration(provider=place, created_at=int(bound.created_at), is_bound=True, link=None)
    link = f"{visit.request.base_url}/console/api/oauth/login/{place}"
    return wire.Integration(provider=place, created_at=None, is_bound=False, link=link)


def _check_locale(language: str | None, timezone: str | None, complain: Complain) -> None:
    if language is not None:
        check_language(language, "interface_language", complain)
    if timezone is not None:
        check_timezone(timezone, "timezone", complain)


def _unfit(payload: str) -> Complain:
    return lambda reason, given, at: unfit(payload, reason, given, at)

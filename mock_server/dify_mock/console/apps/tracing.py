"""Handlers: where an app's runs are traced to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dify_sdk.console.apps.tracing import Tracing, TracingConfig, TracingConfigs, TracingStatus
from dify_sdk.shared.results import Result

from ...accounts import EDITORS
from ...refusals import Refusal, bad_request, invalid
from ...registry import handles
from ...tracing import PROVIDERS, Switch, TraceConfig, masked
from ...visit import Visit


@handles(Tracing.get)
def get(visit: Visit, app_id: str) -> TracingStatus:
    switch = visit.world.tracing.switches.get(app_id, Switch())
    return TracingStatus(enabled=switch.is_on, tracing_provider=switch.provider)


@handles(Tracing.update, payload="AppTracePayload", decorated=True, roles=EDITORS)
def update(visit: Visit, app_id: str, *, enabled: bool, tracing_provider: str | None = None) -> Result:
    if (enabled or tracing_provider is not None) and tracing_provider not in PROVIDERS:
        raise invalid(f"Invalid tracing provider: {tracing_provider}")
    visit.world.tracing.switches[app_id] = Switch(enabled, tracing_provider)
    return Result(result="success")


@handles(TracingConfigs.get, payload="TraceProviderQuery", decorated=True)
def get_config(visit: Visit, app_id: str, *, tracing_provider: str) -> TracingConfig:
    config = visit.world.tracing.configs.get((app_id, tracing_provider))
    return _told(visit, config) if config else TracingConfig(has_not_configured=True)


@handles(TracingConfigs.create, payload="TraceConfigPayload", decorated=True, roles=EDITORS)
def create_config(visit: Visit, app_id: str, *, tracing_provider: str, tracing_config: Mapping[str, Any]) -> TracingConfig:
    if tracing_provider not in PROVIDERS or not _is_whole(tracing_provider, tracing_config):
        raise _refused("Invalid Credentials.")
    if (app_id, tracing_provider) in visit.world.tracing.configs:
        raise _refused("Trace config is exist.")
    visit.world.tracing.configure(app_id, tracing_provider, tracing_config)
    return TracingConfig(result="success")


@handles(TracingConfigs.update, payload="TraceConfigPayload", decorated=True, roles=EDITORS)
def update_config(visit: Visit, app_id: str, *, tracing_provider: str, tracing_config: Mapping[str, Any]) -> TracingConfig:
    if tracing_provider not in PROVIDERS:
        raise bad_request(f"Invalid tracing provider: {tracing_provider}")
    if (app_id, tracing_provider) not in visit.world.tracing.configs:
        raise _refused("Trace config not exist.")
    if not _is_whole(tracing_provider, tracing_config):
        raise bad_request("Invalid Credentials")
    visit.world.tracing.configure(app_id, tracing_provider, tracing_config)
    return TracingConfig(result="success")


@handles(TracingConfigs.delete, payload="TraceProviderQuery", decorated=True, roles=EDITORS)
def delete_config(visit: Visit, app_id: str, *, tracing_provider: str) -> None:
    if visit.world.tracing.configs.pop((app_id, tracing_provider), None) is None:
        raise _refused("Trace config not exist.")


def _is_whole(provider: str, given: Mapping[str, Any]) -> bool:
    """Whether the secrets are there. No provider is asked whether they are good."""
    return all(isinstance(given.get(name), str) and given[name].strip() for name in PROVIDERS[provider].secrets)


def _refused(reason: str) -> Refusal:
    """The server's own error, as it comes out of a handler that makes one of all of them."""
    return bad_request(f"400 Bad Request: {reason}")


def _told(visit: Visit, config: TraceConfig) -> TracingConfig:
    clock = visit.world.clock
    secrets = {name: masked(secret) for name, secret in config.secrets.items()}
    return TracingConfig(
        id=config.id,
        app_id=config.app_id,
        tracing_provider=config.provider,
        tracing_config={**secrets, **config.settings, **_project(config)},
        is_active=True,
        created_at=clock.iso(config.created_at).replace("T", " "),
        updated_at=clock.iso(config.updated_at).replace("T", " "),
    )


def _project(config: TraceConfig) -> dict[str, str]:
    """Where the traces are shown, where that is known."""
    if config.provider == "langfuse":
        return {"project_url": f"{config.settings['host']}/project/{config.settings['project_key']}"}
    home = PROVIDERS[config.provider].home
    return {"project_url": home} if home else {}

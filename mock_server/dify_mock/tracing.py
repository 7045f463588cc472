"""Where the runs of apps are traced to. Nothing is sent anywhere: who is configured is all that the mock knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from .clock import Clock
from .ids import Ids


@dataclass(frozen=True)
class Provider:
    """What the configuration of a provider consists of: what must be secret, and the rest with what it usually is."""

    secrets: tuple[str, ...]
    settings: Mapping[str, str]
    home: str | None = None
    """Where a project is shown."""


PROVIDERS: Final[Mapping[str, Provider]] = {
    "aliyun": Provider(("license_key",), {"app_name": "dify_app", "endpoint": ""}),
    "arize": Provider(("api_key", "space_id"), {"project": "default", "endpoint": "https://otlp.arize.com"}, "https://app.arize.com/"),
    "databricks": Provider(("personal_access_token", "client_secret"), {"host": "", "client_id": "", "experiment_id": "0"}),
    "langfuse": Provider(("public_key", "secret_key"), {"host": "https://api.langfuse.com", "project_key": ""}),
    "langsmith": Provider(
        ("api_key",), {"project": "", "endpoint": "https://api.smith.langchain.com"}, "https://smith.langchain.com/"
    ),
    "mlflow": Provider(("password",), {"tracking_uri": "http://localhost:5000", "experiment_id": "0", "username": ""}),
    "opik": Provider(
        ("api_key",), {"project": "Default Project", "url": "https://www.comet.com/opik/api/", "workspace": "default"},
        "https://www.comet.com/opik/",
    ),
    "phoenix": Provider(
        ("api_key",), {"project": "default", "endpoint": "https://app.phoenix.arize.com"}, "https://app.phoenix.arize.com/projects/"
    ),
    "tencent": Provider(("token",), {"endpoint": "", "service_name": ""}),
    "weave": Provider(
        ("api_key",), {"entity": "", "project": "", "endpoint": "https://trace.wandb.ai", "host": ""}, "https://wandb.ai/"
    ),
}  # fmt: skip


@dataclass
class TraceConfig:
    """How an app reaches a provider."""

    id: str
    app_id: str
    provider: str
    created_at: float
    updated_at: float
    secrets: dict[str, str] = field(repr=False)
    settings: dict[str, str]


@dataclass
class Switch:
    """Whether an app is traced, and to whom."""

    is_on: bool = False
    provider: str | None = None


class Tracing:
    """The configurations of all apps, and which of them are used."""

    def __init__(self, clock: Clock, ids: Ids) -> None:
        self._clock = clock
        self._ids = ids
        self.configs: dict[tuple[str, str], TraceConfig] = {}
        """By the app's id and the provider."""
        self.switches: dict[str, Switch] = {}
        """By the app's id."""

    def configure(self, app_id: str, provider: str, given: Mapping[str, Any]) -> None:
        """Keep a configuration in the place of the one before it. What is masked stays what it is."""
        kind, now = PROVIDERS[provider], self._clock.now()
        before = self.configs.get((app_id, provider))
        held = before.secrets if before else {}
        told = {name: str(given.get(name) or "") for name in kind.secrets}
        secrets = {name: held.get(name, text) if "*" in text else text for name, text in told.items()}
        settings = {name: str(given.get(name) or usual) for name, usual in kind.settings.items()}
        config_id, created_at = (before.id, before.created_at) if before else (self._ids.uuid(), now)
        self.configs[app_id, provider] = TraceConfig(config_id, app_id, provider, created_at, now, secrets, settings)

    def forget(self, app_id: str) -> None:
        """An app is no more."""
        self.switches.pop(app_id, None)
        for key in [one for one in self.configs if one[0] == app_id]:
            del self.configs[key]


def masked(secret: str) -> str:
    """As much of a secret as may be seen."""
    if len(secret) <= 8:  # as many as would be seen
        return "*" * 20 if secret else ""
    return f"{secret[:6]}{'*' * 12}{secret[-2:]}"

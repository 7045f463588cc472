"""Handlers: mail, of billing and of an enterprise's management. It goes to `world.interior.mail`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dify_sdk.inner.billing import Billing, Said
from dify_sdk.inner.enterprise import Enterprise

from ..interior import Mail
from ..registry import handles
from ..visit import Visit


@handles(Billing.send_mail)
@handles(Enterprise.send_mail)
def send_mail(visit: Visit, *, to: Sequence[str], subject: str, body: str, substitutions: Mapping[str, Any] | None = None) -> Said:
    visit.world.interior.mail.append(Mail(tuple(to), subject, body, dict(substitutions or {})))
    return Said(message="success")

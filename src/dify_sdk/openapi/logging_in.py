"""OpenAPI: the device grant from its first step to its last."""

from __future__ import annotations

import platform
import time
from collections.abc import Callable
from inspect import isawaitable
from typing import Any, Final

from .._steps import Steps, ask, pause
from ..errors import APIConnectionError, AuthorizationPendingError, ExpiredTokenError, SlowDownError
from .oauth import Device, DeviceCode, DeviceToken

CLIENT_ID: Final = "difyctl"
_SLOWER_SECONDS: Final = 5


def device_grant(on_code: Callable[[DeviceCode], Any], client_id: str, device_label: str | None) -> Steps[DeviceToken]:
    """Ask for a code, have it shown, and ask again and again until somebody has decided.

    A question that gets lost is asked again, more slowly: the code holds longer than a connection.
    """
    label = device_label or f"dify_sdk on {platform.node()}"
    code = yield from ask(Device.request_code, client_id=client_id, device_label=label)
    if isawaitable(said := on_code(code)):
        yield said
    until, interval = time.monotonic() + code.expires_in, code.interval
    lost: APIConnectionError | None = None
    while time.monotonic() < until:
        yield from pause(interval)
        try:
            return (yield from ask(Device.poll_token, device_code=code.device_code, client_id=client_id))
        except APIConnectionError as error:
            lost = error
            interval += _SLOWER_SECONDS
        except SlowDownError:
            interval += _SLOWER_SECONDS
        except AuthorizationPendingError:
            pass
    raise ExpiredTokenError("nobody has confirmed the code in time", status_code=400, code="expired_token") from lost

"""Addresses that prove themselves: a text, the second it was signed in, a nonce, and what only the server's secret can make of them."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from .refusals import invalid
from .world import World

_SECONDS: Final = 300


def signed_url(world: World, base_url: str, path: str, what: str) -> str:
    """An address that can be fetched for five minutes; `what` is the text that is signed."""
    timestamp, nonce = str(world.clock.seconds()), world.ids.hex(32)
    return f"{base_url}{path}?timestamp={timestamp}&nonce={nonce}&sign={quote(_signature(world, f'{what}|{timestamp}|{nonce}'))}"


def is_signed(world: World, what: str, timestamp: str, nonce: str, sign: str) -> bool:
    """Whether an address was made here, not long ago."""
    return _holds(world, f"{what}|{timestamp}|{nonce}", timestamp, sign)


@dataclass(frozen=True)
class PluginUpload:
    """What a plugin is allowed to upload."""

    filename: str
    mime_type: str
    tenant_id: str
    user_id: str | None = None
    conversation_id: str | None = None
    user_from: str | None = None
    max_size: int | None = None

    def query(self, world: World) -> dict[str, str]:
        """The query of the address that allows it."""
        timestamp, nonce = str(world.clock.seconds()), world.ids.hex(32)
        named = {"tenant_id": self.tenant_id, "user_id": self.user_id, "conversation_id": self.conversation_id}
        told = {**named, "user_from": self.user_from, "max_size": self.max_size}
        signed = {"timestamp": timestamp, "nonce": nonce, "sign": _signature(world, self._text(timestamp, nonce))}
        return {**signed, **{name: str(value) for name, value in told.items() if value is not None}}

    def is_allowed(self, world: World, timestamp: str, nonce: str, sign: str) -> bool:
        """Whether the address allows just this, and did so not long ago."""
        return _holds(world, self._text(timestamp, nonce), timestamp, sign)

    def _text(self, timestamp: str, nonce: str) -> str:
        """What is signed: pieces in a row, or JSON where a size belongs to it."""
        if self.max_size is None:
            of_whom = [self.tenant_id, self.user_id or "", self.conversation_id or ""]
            pieces = ["upload", self.filename, self.mime_type, *of_whom, timestamp, nonce]
            return "|".join([*pieces, self.user_from] if self.user_from else pieces)
        told = {
            "conversation_id": self.conversation_id,
            "filename": self.filename,
            "max_size": self.max_size,
            "mimetype": self.mime_type,
            "nonce": nonce,
            "tenant_id": self.tenant_id,
            "timestamp": timestamp,
            "user_from": self.user_from,
            "user_id": self.user_id,
            "version": 2,
        }
        return json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _holds(world: World, text: str, timestamp: str, sign: str) -> bool:
    if not hmac.compare_digest(sign.encode(), _signature(world, text).encode()):
        return False
    if not timestamp.isdecimal():
        raise invalid(f"invalid literal for int() with base 10: {timestamp!r}")
    return world.clock.seconds() - int(timestamp) <= _SECONDS


def _signature(world: World, text: str) -> str:
    return base64.urlsafe_b64encode(hmac.new(world.secret.encode(), text.encode(), hashlib.sha256).digest()).decode()

"""What whoever runs a server has decided about its console."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Settings:
    """As the environment of a real server says it."""

    init_password: str | None = field(default=None, repr=False)
    """What is asked for before the server is set up."""
    registration_is_open: bool = False
    """Whether strangers may make themselves an account."""
    admin_api_key: str | None = field(default=None, repr=False)
    """The administrator's key, where there is one."""
    apps_can_be_tried: bool = False
    """Whether recommended apps can be tried before they are installed."""
    is_https: bool = False
    """Whether the addresses of the console and its API begin with https: its cookies are spelled otherwise then."""

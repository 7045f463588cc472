"""What whoever runs a server has decided about it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Settings:
    """As the environment of a real server says it."""

    init_password: str | None = field(default=None, repr=False)
    """What is asked for before the server is set up."""
    registration_is_open: bool = False
    """Whether strangers may make themselves an account."""
    has_dataset_operators: bool = False
    """Whether members may be there for datasets alone."""
    logo_is_replaceable: bool = False
    """Whether a workspace may show a logo of its own on the pages of its apps."""
    admin_api_key: str | None = field(default=None, repr=False)
    """The administrator's key, where there is one."""
    is_cloud: bool = False
    """Whether the server is the cloud, which has more for an account than one's own server."""
    apps_can_be_tried: bool = False
    """Whether recommended apps can be tried before they are installed."""
    is_https: bool = False
    """Whether the addresses of the console and its API begin with https: its cookies are spelled otherwise then."""
    bearer_passports: bool = False
    """Whether passports travel as before 1.9: in `Authorization`, and nowhere else."""

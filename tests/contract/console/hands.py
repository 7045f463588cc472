"""What stories of people who use apps in the console have in common."""

from __future__ import annotations

from typing import Final

from dify_mock.contract.place import Place
from dify_mock.state import Mode
from dify_sdk.shared.files import FileParam

PICTURE: Final = ("pic.png", b"\x89PNG", "image/png")
RECORDING: Final = ("a.wav", b"RIFF", "audio/wav")


def at_hand(place: Place, mode: Mode) -> str:
    """The id under which the workspace has the demo's app of a mode."""
    [found] = place.console().installed_apps.list(app_id=place.mock.world.first_app(mode).id)
    return found.id


def as_picture(upload_id: str) -> FileParam:
    """An upload that goes with a question."""
    return {"type": "image", "transfer_method": "local_file", "upload_file_id": upload_id}

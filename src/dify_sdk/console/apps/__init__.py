"""Console: apps, and everything below them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..._endpoint import M, Resource, area

if TYPE_CHECKING:
    from .audio import Audio
    from .chat import Chat
    from .completion import Completion


class Apps(Resource[M], area="console.apps", key="session"):
    """The apps of the workspace."""

    @area
    def audio(self) -> Audio[M]:
        """Speech to text and back."""
        from .audio import Audio

        return Audio(self._core)

    @area
    def chat(self) -> Chat[M]:
        """Try a chat or an agent out, and read what its users said."""
        from .chat import Chat

        return Chat(self._core)

    @area
    def completion(self) -> Completion[M]:
        """Try a completion app out, and read what it wrote."""
        from .completion import Completion

        return Completion(self._core)

"""Console: speech to text and back, with an installed app."""

from __future__ import annotations

from typing import Annotated

from ..._endpoint import POST, M, Resource
from ..._files import File
from ..._params import Upload, Uuid
from ...shared.audio import Transcript as Transcript


class Audio(Resource[M], area="console.installed_apps.audio", key="session"):
    """Speech to text and back."""

    @POST("/installed-apps/{installed_app_id:uuid}/audio-to-text", runs=True)
    def transcribe(self, installed_app_id: str, *, file: Upload) -> Transcript:
        """Write down what is said in a recording.

        Args:
            installed_app_id: The installed app.
            file: A path, bytes, an open file or `(name, content, type)`; mp3, m4a, wav, amr or mpga of at most 30 MB.

        Raises:
            SpeechToTextDisabledError: The app has this switched off.
            AudioTooLargeError: More than 30 MB.
            UnsupportedAudioTypeError: Another format; the server goes by the media type.
            NotFoundError: No such installed app.
        """
        ...

    @POST.file("/installed-apps/{installed_app_id:uuid}/text-to-audio", runs=True)
    def synthesize(
        self,
        installed_app_id: str,
        *,
        text: str | None = None,
        message_id: Annotated[str | None, Uuid()] = None,
        voice: str | None = None,
        streaming: bool | None = None,
    ) -> File:
        """Read a text, or the answer of a message, aloud.

        For a message that has no text a server answers the JSON `null`: look at `content_type`.

        Args:
            installed_app_id: The installed app.
            text: What to read; needed unless there is a message.
            message_id: The message whose answer to read; it wins over `text`.
            voice: The voice; the app's where it is not given.
            streaming: Servers take this and do nothing with it.

        Raises:
            InvalidParamError: There is nothing to read.
            NotFoundError: No such installed app.
        """
        ...

"""Console: speech to text and back, for the editors of an app."""

from __future__ import annotations

from ..._endpoint import GET, POST, M, Resource
from ..._files import File
from ..._models import Model
from ..._params import Upload
from ...shared.audio import Transcript as Transcript


class Audio(Resource[M], area="console.apps.audio", key="session"):
    """Speech to text and back."""

    @POST("/apps/{app_id:uuid}/audio-to-text", runs=True)
    def transcribe(self, app_id: str, *, file: Upload) -> Transcript:
        """Write down what is said in a recording.

        Args:
            app_id: The app.
            file: A path, bytes, an open file or `(name, content, type)`; mp3, m4a, wav, amr or mpga of at most 30 MB.

        Raises:
            SpeechToTextDisabledError: The app has this switched off.
            AudioTooLargeError: More than 30 MB.
            UnsupportedAudioTypeError: Another format; the server goes by the media type.
        """
        ...

    @POST.file("/apps/{app_id:uuid}/text-to-audio", runs=True)
    def synthesize(
        self, app_id: str, *, text: str, message_id: str | None = None, voice: str | None = None, streaming: bool | None = None
    ) -> File:
        """Read a text, or the answer of a message, aloud, with the voice of the app's draft.

        For a message that has no text a server answers the JSON `null`: look at `content_type`.

        Args:
            app_id: The app.
            text: What to read.
            message_id: The message whose answer to read; it wins over `text`.
            voice: The voice; the app's where it is not given.
            streaming: Servers take this and do nothing with it.

        Raises:
            InvalidParamError: There is nothing to read, or the app's draft does not speak.
        """
        ...

    @GET("/apps/{app_id:uuid}/text-to-audio/voices")
    def list_voices(self, app_id: str, *, language: str) -> list[Voice]:
        """List the voices of the workspace's model for speech.

        Args:
            app_id: The app.
            language: The language that they speak, as in `en-US`.

        Raises:
            NotFoundError: No such app.
        """
        ...


class Voice(Model):
    """A voice: its name for people, and the value that `synthesize` takes."""

    name: str
    value: str

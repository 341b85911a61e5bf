"""The ports: what the practice core needs from the world, apart from any one implementation.

Every coroutine here belongs to the event loop of the main process and may be called from nowhere else; none of them
blocks that loop, because the work is done in child processes. Properties are plain reads of the latest known state and
are meant to be polled. Errors are those of `errors`, never an engine's own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from vivavoce.model import Capture, Gap, Interviewer, Question, Sound, Span, Transcript


@dataclass(frozen=True, slots=True)
class Level:
    """The latest that is known of a running recording."""

    seconds: float
    """Recorded so far."""
    rms: float
    """Of the last tenth of a second, in dBFS; -120 for exact silence."""
    peak: float
    """Of the last tenth of a second, in dBFS; -120 for exact silence."""
    zeros: float = 0.0
    """Seconds of exact digital silence up to now: muted, or no permission."""
    clipped: int = 0
    """Samples at full scale so far."""
    voice: float | None = None
    """Seconds at which a voice was first heard; None while nobody has spoken."""
    loudest: float = -120.0
    """The loudest tenth of a second so far, RMS in dBFS."""
    gaps: tuple[Gap, ...] = ()


class Recording(Protocol):
    """A recording under way. Its sound is on disk already."""

    @property
    def device(self) -> str:
        """The microphone's own name; empty until the first block arrived."""

    @property
    def rate(self) -> int | None:
        """Frames per second; None until the first block arrived."""

    @property
    def level(self) -> Level | None:
        """The latest level; None until the first block really arrived."""

    @property
    def ended(self) -> bool:
        """True once the recording is over, for whatever reason."""

    async def stop(self) -> Capture:
        """End it (or find it ended), with all that came in on disk; may be called again.

        Raises NoMicrophone or RecordingError where not one block ever arrived.
        """

    async def wait(self) -> Capture:
        """Wait until it ends by itself or is stopped. Raises as `stop` does."""


class Microphone(Protocol):
    """Something to record from."""

    @property
    def name(self) -> str:
        """What to call it before it is opened."""

    async def arm(self, question: Question) -> None:
        """Get ready while the question is read, so that `record` starts at once. Raises NoMicrophone."""

    async def record(self, spool: Path | None, limit: float) -> Recording:
        """Start recording raw 16-bit mono into `spool` (which must not exist), for `limit` seconds at the most.

        Without a spool only the level is read. Raises NoMicrophone where no device can be opened.
        """

    async def close(self) -> None:
        """Let go of whatever `arm` prepared."""


class Playback(Protocol):
    """Sound being played."""

    @property
    def position(self) -> float:
        """Seconds of the file that have been heard."""

    @property
    def paused(self) -> bool:
        """True while held."""

    @property
    def ended(self) -> bool:
        """True once nothing more will be heard."""

    async def pause(self) -> None:
        """Hold."""

    async def resume(self) -> None:
        """Go on after `pause`."""

    async def stop(self) -> None:
        """Silence, at once; may be called again."""

    async def wait(self) -> None:
        """Wait until the end was heard, or it was stopped. Raises PlaybackError where the device failed."""


class Player(Protocol):
    """The loudspeaker."""

    async def play(self, audio: Path, span: Span | None = None, speed: float = 1.0) -> Playback:
        """Play a sound file, or a stretch of it, at 0.5 to 2 times its speed with its pitch kept.

        Raises SoundFileError for a file that cannot be read and PlaybackError where there is no loudspeaker.
        """


@dataclass(frozen=True, slots=True)
class Rendering:
    """A sentence spoken into a file."""

    audio: Path
    seconds: float
    engine: str
    """Which engine spoke it."""
    notice: str = ""
    """One sentence when it was not the engine that was wanted."""


class Voice(Protocol):
    """A speech engine with its stand-ins."""

    async def render(self, text: str, interviewer: Interviewer, speed: float = 1.0) -> Rendering:
        """The sentence as a sound file, from the cache where it was spoken before.

        Raises VoiceError where no engine could speak it: the text is then shown instead.
        """


class Recogniser(Protocol):
    """Something that writes down what was said."""

    @property
    def name(self) -> str:
        """The engine, as `openai-whisper`."""

    @property
    def model(self) -> str:
        """The model by name."""

    async def warm_up(self) -> None:
        """Load what is slow to load. Raises ModelMissing or ModelDamaged."""

    async def transcribe(self, audio: Path, progress: Callable[[float], None] | None = None) -> Transcript:
        """The words of a sound file; `progress` is told the share that is done, 0 to 1.

        Nothing is invented on silence: a recording without a voice has no words. Raises RecogniserError.
        """

    async def close(self) -> None:
        """End whatever runs for it."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A sound file that was read from end to end."""

    frames: int
    rate: int
    sound: Sound


class SoundFiles(Protocol):
    """Sound files, written and read in a child process."""

    async def finish(self, spool: Path, rate: int, audio: Path) -> Measured:
        """Turn a raw spool into a FLAC file that was decoded again and compared; the spool stays.

        When this returns, `audio` is whole and its name is on the disk. Raises DiskError, or SoundFileError where the
        spool holds nothing.
        """

    async def measure(self, audio: Path) -> Measured:
        """Read any WAV, FLAC, OGG or MP3 file to its end. Raises SoundFileError."""

"""What the main process and the engines' child processes say to each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from vivavoce.model import Word


@dataclass(frozen=True, slots=True)
class Speak:
    """Speak this into a WAV file."""

    engine: str
    text: str
    target: str
    """Path of the WAV file, which is there only when it is whole."""
    rate: int
    """Words per minute."""
    pitch: int
    """0 to 99; engines without a pitch ignore it."""
    voices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Preferred voice ids by pyttsx3 driver, best first."""
    driver: str = ""
    """A pyttsx3 driver by name; empty for the platform's own."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """The WAV file is there."""

    seconds: float
    voice: str
    """The id of the voice that spoke; empty for the engine's default."""


@dataclass(frozen=True, slots=True)
class ListVoices:
    """Name the voices that this engine has."""

    engine: str
    driver: str = ""


@dataclass(frozen=True, slots=True)
class VoiceIds:
    """The ids of the voices."""

    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ear:
    """A recogniser with its model, as a child needs to know it."""

    engine: str
    language: str = "en"
    name: str = ""
    """The model's official name; empty for a checkpoint given by its path."""
    path: str = ""
    """The checkpoint; empty where the engine brings its own model."""
    sha256: str = ""
    """What the checkpoint must hash to; empty where nobody knows."""


@dataclass(frozen=True, slots=True)
class Prepare:
    """Load what is slow to load."""

    ear: Ear


@dataclass(frozen=True, slots=True)
class Prepared:
    """It is loaded."""


@dataclass(frozen=True, slots=True)
class Listen:
    """Write down what is said in this sound file."""

    ear: Ear
    audio: str


@dataclass(frozen=True, slots=True)
class Share:
    """News on the way: this share is done, 0 to 1."""

    done: float


@dataclass(frozen=True, slots=True)
class Heard:
    """The words of a sound file, in order."""

    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Fetch:
    """Fetch a file."""

    url: str
    target: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Fetching:
    """News on the way: so many bytes are there, of so many."""

    done: int
    total: int | None


@dataclass(frozen=True, slots=True)
class Fetched:
    """The file is there, whole and checked."""

    path: str

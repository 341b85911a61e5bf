"""What the main process and the children that handle sound say to each other."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from vivavoce.ports import Measured


def sent(path: Path) -> str:
    """A path as text that JSON can carry: file names are bytes, and not every one is UTF-8."""
    return os.fsencode(path).decode("latin-1")


def received(text: str) -> Path:
    """The path that `sent` made into text."""
    return Path(os.fsdecode(text.encode("latin-1")))


@dataclass(frozen=True, slots=True)
class Arm:
    """Get ready to record from this device, or from this sound file."""

    device: str = ""
    """Part of its name; empty for the system's own choice."""
    file: str = ""
    """A path, as `sent`; empty for a device."""
    name: str = ""
    """What a sound file is called as a microphone."""


@dataclass(frozen=True, slots=True)
class Armed:
    """Ready to record."""

    device: str


@dataclass(frozen=True, slots=True)
class Record:
    """Begin. The answers are Opened, then a Level about ten times a second, then one Capture."""

    spool: str | None
    """A path, as `sent`; None where only the level is wanted."""
    limit: float
    """Seconds."""


@dataclass(frozen=True, slots=True)
class Opened:
    """The device is open; whether anything comes from it, the first Level will tell."""

    device: str
    rate: int


@dataclass(frozen=True, slots=True)
class Stop:
    """End the recording."""


@dataclass(frozen=True, slots=True)
class Play:
    """Play this. The answers are Loaded, Playing, then a Position about twenty times a second, then Played."""

    file: str
    """A path, as `sent`."""
    device: str
    start: float
    end: float | None
    """Seconds of the file; None for its end."""
    speed: float


@dataclass(frozen=True, slots=True)
class Loaded:
    """The file is read."""


@dataclass(frozen=True, slots=True)
class Playing:
    """The loudspeaker is open."""


@dataclass(frozen=True, slots=True)
class Position:
    """Seconds of the file that have been heard."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Played:
    """The end was heard."""


@dataclass(frozen=True, slots=True)
class Pause:
    """Hold."""


@dataclass(frozen=True, slots=True)
class Resume:
    """Go on."""


@dataclass(frozen=True, slots=True)
class ListDevices:
    """Name the devices."""


@dataclass(frozen=True, slots=True)
class Finish:
    """Make a spool a FLAC file; the answer is MeasuredFile."""

    spool: str
    rate: int
    audio: str


@dataclass(frozen=True, slots=True)
class Measure:
    """Read a sound file to its end; the answer is MeasuredFile."""

    audio: str


@dataclass(frozen=True, slots=True)
class MeasuredFile:
    """What was found in a sound file."""

    measured: Measured

"""Which sound devices there are: looked at afresh by a child, because a list is read once for each process."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from vivavoce.audio.messages import ListDevices
from vivavoce.children import Codec, ask
from vivavoce.errors import ChildError, SoundError

_WITHIN = 3.0
"""Seconds; 0.3 is usual, and a frozen sound server never answers."""

RESTART = "Restart the sound server (on Linux: `systemctl --user restart pipewire pulseaudio`) or log in again."


@dataclass(frozen=True, slots=True)
class Device:
    """A sound device."""

    name: str
    """As outside text, already cleaned."""
    channels: int
    rate: float
    """Its own, in frames per second."""
    default: bool
    """The system's own choice."""


@dataclass(frozen=True, slots=True)
class Devices:
    """What there is now; the system's own choice first."""

    inputs: tuple[Device, ...]
    outputs: tuple[Device, ...]


async def probe(log: Path) -> Devices:
    """The devices of this moment. Raises SoundError, at the latest after some seconds."""
    try:
        found = await ask("probe", ListDevices(), Codec(Devices), log, within=_WITHIN)
    except ChildError as error:
        raise SoundError("The sound system hangs or crashes when it is asked for its devices.", RESTART) from error
    assert isinstance(found, Devices), "it answers nothing else"
    return found

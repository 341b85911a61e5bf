"""PortAudio: its devices by name, and its errors in words. Imported by children only: loading it can hang or abort.

Tried: with a frozen sound server the import did not return for 40 seconds, with a broken ALSA configuration it aborted
the process. The list of devices is the one of the moment of loading.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from vivavoce.audio.devices import Device, Devices
from vivavoce.errors import NoMicrophone, PlaybackError, SoundError
from vivavoce.text import clean

Direction = Literal["input", "output"]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A device as PortAudio counts it; the number is good for this process only."""

    index: int
    name: str
    channels: int
    rate: float
    default: bool
    """The system's own choice."""
    native: bool
    """Belongs to the default host API: Windows shows each device once for each of four."""


def load() -> Any:
    """The module sounddevice. Raises SoundError where the PortAudio library is missing."""
    try:
        import sounddevice  # noqa: PLC0415 - see above: who imports this module does not yet want to hang
    except OSError as error:
        raise SoundError(
            "The PortAudio library is missing.", "Install it (on Debian and Ubuntu: `apt install libportaudio2`)."
        ) from error
    return sounddevice


def endpoints(sounddevice: Any, direction: Direction) -> tuple[Endpoint, ...]:
    """What can be recorded from, or played on, the system's own choice first."""
    default = sounddevice.default.device[0 if direction == "input" else 1]
    hosts = sounddevice.query_hostapis() if len(sounddevice.query_devices()) else ()
    native = next((number for number, host in enumerate(hosts) if default in host["devices"]), 0)
    found = [
        Endpoint(
            index=index,
            name=clean(str(device["name"])),
            channels=int(device[f"max_{direction}_channels"]),
            rate=float(device["default_samplerate"]),
            default=index == default,
            native=device["hostapi"] == native,
        )
        for index, device in enumerate(sounddevice.query_devices())
        if device[f"max_{direction}_channels"] > 0
    ]
    return tuple(sorted(found, key=lambda e: (not e.default, not e.native)))


def devices(sounddevice: Any) -> Devices:
    """All devices, each name once."""

    def listed(direction: Direction) -> tuple[Device, ...]:
        unique = {e.name: e for e in reversed(endpoints(sounddevice, direction))}
        return tuple(Device(e.name, e.channels, e.rate, e.default) for e in reversed(unique.values()))

    return Devices(listed("input"), listed("output"))


def choose(found: Sequence[Endpoint], wanted: str, direction: Direction) -> Endpoint:
    """The device whose name is `wanted`, or the only one that has it in its name; the system's choice for "".

    Raises NoMicrophone or PlaybackError, which name what exists.
    """
    if not found:
        raise _none(direction)
    if not wanted:
        return next((e for e in found if e.default), found[0])
    part = clean(wanted).casefold()
    fitting = [e for e in found if e.name.casefold() == part] or [e for e in found if part in e.name.casefold()]
    fitting = [e for e in fitting if e.native] or fitting
    if len({e.name for e in fitting}) == 1:  # two of the same name cannot be told apart by name
        return fitting[0]
    what, error = ("input", NoMicrophone) if direction == "input" else ("output", PlaybackError)
    names = "; ".join(dict.fromkeys(e.name for e in fitting or found))
    many = "More than one" if fitting else "No"
    raise error(f"{many} {what} device has `{clean(wanted)}` in its name.", f"Choose one of these by name: {names}.")


def _none(direction: Direction) -> SoundError:
    if direction == "input":
        return NoMicrophone(
            "No microphone was found.",
            "Plug one in, or have a first look with the demo microphone (`--microphone demo`).",
        )
    return PlaybackError(
        "No loudspeaker was found.", "Plug in a loudspeaker or headphones; questions can be read meanwhile."
    )


def reason(error: Exception) -> str:
    """PortAudio's own words, without its number."""
    return clean(str(error.args[0] if error.args else error)).split(" [PaErrorCode")[0].rstrip(".:")

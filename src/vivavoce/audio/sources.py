"""Where recorded sound comes from: a device, or a sound file that stands in for one. Both fill the same queue.

Imported by the recorder only. What cannot be seen from here: when the device that the sound server calls its default
goes away and another one exists, PulseAudio moves the stream to that one. Nothing stops, PortAudio reports nothing, no
frame is missing (tried); only the server itself knows, and asking it needs a client of its own (`pactl subscribe`) that
is not on every machine. So the level is on the screen all the time, and exact silence and a faint voice are said.
"""

from __future__ import annotations

import itertools
import threading
import time
from pathlib import Path
from queue import SimpleQueue
from typing import Any, Protocol

from vivavoce.audio import portaudio
from vivavoce.audio.files import pcm16, read
from vivavoce.errors import NoMicrophone, SoundError, SoundFileError

RATE = 48_000
"""Frames per second that are wanted; Whisper's 16 kHz is a third of it."""

BLOCKS = 50
"""Per second. PortAudio's own choice came to 1 to 400 frames at a time."""

Blocks = SimpleQueue[tuple[float, bytes]]
"""When a block arrived (on a clock that never goes back), and its samples: 16 bit, little-endian, one channel."""


class Source(Protocol):
    """Something that fills `blocks` from `start` on."""

    blocks: Blocks
    name: str
    rate: int
    latency: float
    """Seconds between the air and the queue."""

    def start(self, limit: float) -> None:
        """Begin; no more than `limit` seconds are wanted. Raises NoMicrophone."""

    @property
    def lost(self) -> bool:
        """True once nothing more can come, though nobody ended it."""

    @property
    def spent(self) -> bool:
        """True while silence is to be expected."""


class DeviceSource:
    """A microphone. Raises NoMicrophone, SoundError."""

    spent = False

    def __init__(self, wanted: str) -> None:
        self.blocks: Blocks = SimpleQueue()
        self._sounddevice = portaudio.load()
        self._endpoint = portaudio.choose(portaudio.endpoints(self._sounddevice, "input"), wanted, "input")
        self.name = self._endpoint.name
        self.rate = RATE
        self.latency = 0.0
        self._finished = threading.Event()
        self._stream: Any = None

    def start(self, limit: float) -> None:  # noqa: ARG002 - a device goes on for ever
        """Open the device at 48 kHz, or else at its own rate."""
        try:
            self.rate = self._accepted()
            self._stream = self._sounddevice.RawInputStream(
                samplerate=self.rate,
                blocksize=self.rate // BLOCKS,
                device=self._endpoint.index,
                channels=1,
                dtype="int16",
                latency="high",
                callback=self._arrived,
                finished_callback=self._finished.set,
            )
            self._stream.start()
        except (self._sounddevice.PortAudioError, ValueError) as error:
            raise NoMicrophone(
                f"The microphone {self.name} cannot be opened: {portaudio.reason(error)}.",
                "Choose another one (`viva devices` lists them), or close the program that uses it.",
            ) from error
        self.latency = float(self._stream.latency)

    def _accepted(self) -> int:
        try:
            self._sounddevice.check_input_settings(self._endpoint.index, 1, "int16", samplerate=RATE)
        except self._sounddevice.PortAudioError:
            return int(self._endpoint.rate)
        return RATE

    def _arrived(self, data: Any, _frames: int, _time: Any, _status: Any) -> None:
        """In PortAudio's thread; its status is not read: it stayed empty while 24 seconds of sound were dropped."""
        self.blocks.put((time.monotonic(), bytes(data)))

    @property
    def lost(self) -> bool:
        """True once PortAudio has given up: the server died, or its only source went."""
        return self._finished.is_set()


class FileSource:
    """A sound file, in real time; when it is over, silence follows, as it does when a person has finished.

    Raises NoMicrophone for a file that cannot be read.
    """

    lost = False
    rate = RATE
    latency = 0.0

    def __init__(self, file: Path, name: str) -> None:
        self.blocks: Blocks = SimpleQueue()
        self.name = name
        self.spent = False
        self._file = file
        self._read(0.1)

    def _read(self, seconds: float) -> bytes:
        try:
            return pcm16(read(self._file, RATE, end=seconds)[0]).tobytes()
        except SoundFileError as error:
            raise NoMicrophone(error.sentence, error.remedy) from error

    def start(self, limit: float) -> None:
        """Decode what is wanted and begin to feed it."""
        threading.Thread(target=self._feed, args=(self._read(limit),), daemon=True).start()

    def _feed(self, samples: bytes) -> None:
        size = 2 * RATE // BLOCKS
        begun = time.monotonic()
        for number in itertools.count():
            time.sleep(max(0.0, begun + (number + 1) / BLOCKS - time.monotonic()))
            self.spent = number * size >= len(samples)
            block = samples[number * size : (number + 1) * size]
            self.blocks.put((time.monotonic(), block.ljust(size, b"\0")))


def source(device: str, file: Path | None, name: str) -> Source:
    """The source that is wanted. Raises NoMicrophone."""
    try:
        return DeviceSource(device) if file is None else FileSource(file, name)
    except NoMicrophone:
        raise
    except SoundError as error:
        raise NoMicrophone(error.sentence, error.remedy) from error

"""Playing a sound file: what the player child does. Imported by it only."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Iterator
from queue import Empty, Queue
from typing import Any

import numpy as np
import soxr
from numpy.typing import NDArray

from vivavoce.audio import portaudio
from vivavoce.audio.files import pcm16
from vivavoce.audio.stretch import stretch
from vivavoce.errors import PlaybackError, SoundError

_BLOCKS = 50
"""Per second."""
_AHEAD = 50
"""Blocks that are prepared before they are needed: one second."""
_PAD = 0.1
"""Seconds of silence, beyond the latency, after the end: without it 23 to 290 ms of the end were never heard."""
TURN = 0.05
"""Seconds between two looks at the device."""
_STALLED = 3.0
"""Seconds without a callback after which the device counts as stalled."""

_GONE = "The recording is whole: choose another loudspeaker, or play it again."


class Playing:
    """Sound on its way to a loudspeaker. Raises PlaybackError."""

    def __init__(self, samples: NDArray[np.float32], rate: int, speed: float, device: str) -> None:
        self._speed = speed
        self._ready: Queue[bytes | None] = Queue(_AHEAD)
        self._sent = 0
        self._over = False
        self._heard: deque[tuple[float, int]] = deque([(0.0, 0)])
        self._calls = self._seen = self._quiet = 0
        self._finished = threading.Event()
        self.held = False
        """True while nothing is to be heard."""
        try:
            self._sounddevice = portaudio.load()
        except SoundError as error:
            raise PlaybackError(error.sentence, error.remedy) from error
        found = portaudio.endpoints(self._sounddevice, "output")
        self._endpoint = portaudio.choose(found, device, "output")
        self._rate = self._accepted(rate)
        self._block = self._rate // _BLOCKS
        if self._rate != rate:
            samples = np.asarray(soxr.resample(samples, rate, self._rate), np.float32)
        threading.Thread(target=self._prepare, args=(stretch(samples, self._rate, speed),), daemon=True).start()
        self._stream = self._opened()

    def _accepted(self, rate: int) -> int:
        """The file's rate, or else the device's own."""
        try:
            self._sounddevice.check_output_settings(self._endpoint.index, 1, "int16", samplerate=rate)
        except self._sounddevice.PortAudioError:
            return int(self._endpoint.rate)
        return rate

    def _opened(self) -> Any:
        try:
            stream = self._sounddevice.RawOutputStream(
                samplerate=self._rate,
                blocksize=self._block,
                device=self._endpoint.index,
                channels=1,
                dtype="int16",
                latency="high",
                callback=self._wanted,
                finished_callback=self._finished.set,
            )
            self._latency = float(stream.latency)
            self._padding = int((self._latency + _PAD) * self._rate)
            stream.start()
        except (self._sounddevice.PortAudioError, ValueError) as error:
            sentence = f"The loudspeaker {self._endpoint.name} cannot be opened: {portaudio.reason(error)}."
            raise PlaybackError(sentence, "Choose another one (`viva devices` lists them).") from error
        return stream

    def _prepare(self, pieces: Iterator[NDArray[np.float32]]) -> None:
        waiting = b""
        size = 2 * self._block
        for piece in pieces:
            waiting += pcm16(piece).tobytes()
            whole = len(waiting) // size * size
            for begin in range(0, whole, size):
                self._ready.put(waiting[begin : begin + size])
            waiting = waiting[whole:]
        if waiting:
            self._ready.put(waiting)
        self._ready.put(None)

    def _wanted(self, out: Any, frames: int, _time: Any, _status: Any) -> None:
        """In PortAudio's thread: the next block, or silence."""
        self._calls += 1
        block = b"" if self.held or self._over else self._next()
        self._heard.append((time.monotonic() + self._latency, self._sent))
        out[:] = block.ljust(2 * frames, b"\0")
        if self._over:
            self._padding -= frames
            if self._padding < 0:
                raise self._sounddevice.CallbackStop

    def _next(self) -> bytes:
        try:
            block = self._ready.get_nowait()
        except Empty:  # this machine is too busy: a moment of silence, and nothing is left out
            return b""
        if block is None:
            self._over = True
            return b""
        self._sent += len(block) // 2
        return block

    @property
    def seconds(self) -> float:
        """Seconds of the file that have been heard."""
        now = time.monotonic()
        while len(self._heard) > 1 and self._heard[1][0] <= now:
            self._heard.popleft()
        return self._heard[0][1] * self._speed / self._rate

    def over(self) -> bool:
        """True once the end was heard. To be asked every TURN. Raises PlaybackError where it never will be."""
        if self._finished.is_set():
            if self._over and self._padding < 0:
                return True
            raise PlaybackError("The loudspeaker went away.", _GONE)
        self._quiet = self._quiet + 1 if self._calls == self._seen else 0
        self._seen = self._calls
        if self._quiet * TURN > _STALLED:
            raise PlaybackError("The loudspeaker takes no more sound.", _GONE)
        return False

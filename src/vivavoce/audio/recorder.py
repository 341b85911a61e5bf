"""The recorder: takes blocks from a source to the disk and watches whether they keep coming."""

from __future__ import annotations

import time
from pathlib import Path
from queue import Empty

import numpy as np

from vivavoce.audio.continuity import Continuity
from vivavoce.audio.meter import Meter
from vivavoce.audio.sources import BLOCKS, Source
from vivavoce.audio.spool import Spool
from vivavoce.model import Capture, Ended
from vivavoce.ports import Level

_STALLED = 3.0
"""Seconds without a block after which a device counts as stalled; a frozen server gives no other sign."""

_FIRST = 5.0
"""Seconds within which the first block must come: Bluetooth headsets take up to three to change to their microphone."""

_TURN = 0.05
"""Seconds between two looks at everything else while no block comes."""

_LONGEST_TAIL = 0.3
"""Seconds for what was said before the stop and is still on its way; a frozen server never delivers it."""


class Recorder:
    """One recording. `run` belongs to one thread, `stop` and `level` to any. Raises NoMicrophone, DiskError."""

    def __init__(self, source: Source, spool: Path | None, limit: float) -> None:
        self._source = source
        self._spool = Spool(spool) if spool is not None else None
        try:
            source.start(limit)
        except BaseException:
            self._discard()
            raise
        self._most = max(1, int(limit * source.rate))
        self._meter = Meter(source.rate)
        self._continuity = Continuity(source.rate)
        self._frames = 0
        self._arrived = time.monotonic()
        self._quiet = 0
        self._stopped: float | None = None
        self._level: Level | None = None

    @property
    def level(self) -> Level | None:
        """The latest; None until the first block arrived."""
        return self._level

    def stop(self) -> None:
        """End it, as soon as what was said up to now is there."""
        self._stopped = self._stopped or time.monotonic()

    def run(self) -> Capture:
        """Record until the end, whatever it is; all that came is then on the disk."""
        try:
            ended = self._recorded()
            if self._spool is not None:
                self._spool.sync()
        except OSError:  # nothing is logged: the log is most likely on the same disk
            ended = Ended.DISK
        if self._spool is not None:
            self._frames = self._spool.size // 2
        if self._frames == 0:
            self._discard()
        source = self._source
        return Capture(source.name, source.rate, self._frames, ended, self._continuity.gaps, self._meter.clipped)

    def _recorded(self) -> Ended:
        """Raises OSError where the disk refuses."""
        while True:
            over = self._source.lost  # looked at before the queue: what came before the loss is taken first
            block = self._next()
            if block is not None:
                self._take(*block)
            if self._frames >= self._most:
                return Ended.LIMIT
            if self._stopped is not None and self._tail_is_there(self._stopped):
                return Ended.STOPPED
            if block is None and over:
                return Ended.LOST
            if block is None and self._is_stalled():
                return Ended.STALLED

    def _next(self) -> tuple[float, bytes] | None:
        try:
            block = self._source.blocks.get(timeout=_TURN)
        except Empty:
            self._quiet += 1
            return None
        self._quiet = 0
        return block

    def _take(self, at: float, data: bytes) -> None:
        data = data[: 2 * (self._most - self._frames)]
        if self._spool is not None:
            self._spool.write(data)
        samples = np.frombuffer(data, "<i2")
        self._frames += len(samples)
        self._arrived = at
        self._continuity.arrived(at, len(samples))
        self._meter.add(samples, expected=self._source.spent)
        self._level = self._meter.level(self._continuity.gaps)

    def _tail_is_there(self, stopped: float) -> bool:
        """Whether a block came that was in the air after the stop, or has had its time."""
        tail = min(self._source.latency + 1 / BLOCKS, _LONGEST_TAIL)
        return self._arrived >= stopped + tail or time.monotonic() > stopped + _LONGEST_TAIL + 1 / BLOCKS

    def _is_stalled(self) -> bool:
        """Counted in turns: a recorder that was itself held for a while (SIGSTOP) does not blame its device."""
        return self._quiet * _TURN > (_STALLED if self._frames else _FIRST)

    def _discard(self) -> None:
        if self._spool is not None:
            self._spool.discard()

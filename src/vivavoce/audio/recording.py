"""A recording as the main process sees it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from vivavoce.audio.messages import Opened, Stop
from vivavoce.audio.patience import received_within
from vivavoce.children import Child
from vivavoce.errors import ChildError, RecordingError, VivaError
from vivavoce.model import Capture, Ended
from vivavoce.ports import Level

_SILENT = 10
"""Seconds without a word from the child, which speaks ten times in one; then it is killed. Its sound is on the disk."""

_FIRST = 20
"""The same before the first level: the child itself gives up on a device after five seconds."""

_STOPPING = 10.0
"""Seconds for the last sync of a slow disk."""

_LATE = 30.0
"""Seconds after its limit at which a recording is ended from here: a device may deliver slower than time passes."""

_NOTHING: Mapping[Ended, tuple[str, str]] = {
    Ended.STOPPED: (
        "The recording was stopped before any sound came.",
        "Record again, and wait for the level to move.",
    ),
    Ended.LOST: ("The microphone went away before any sound came.", "Plug it in again, or choose another one."),
    Ended.STALLED: (
        "The microphone is open and sends nothing.",
        "Choose another one (`viva devices` lists them), or see whether the system has suspended it.",
    ),
    Ended.DISK: ("The disk took nothing of the recording.", "Make room there, and record again."),
}


class ChildRecording:
    """Implements `ports.Recording`: follows a recorder child, and knows what is on the disk should that one die."""

    def __init__(self, child: Child, opened: Opened, spool: Path | None, limit: float) -> None:
        self._child = child
        self._opened = opened
        self._spool = spool
        self._limit = limit
        self._level: Level | None = None
        self._capture: Capture | None = None
        self._following = asyncio.create_task(self._follow())

    @property
    def device(self) -> str:
        """The microphone's own name; empty until the first block arrived."""
        return self._opened.device if self._level is not None else ""

    @property
    def rate(self) -> int | None:
        """Frames per second; None until the first block arrived."""
        return self._opened.rate if self._level is not None else None

    @property
    def level(self) -> Level | None:
        """The latest level; None until the first block arrived."""
        return self._level

    @property
    def ended(self) -> bool:
        """True once it is over, for whatever reason."""
        return self._capture is not None

    async def wait(self) -> Capture:
        """Wait until it ends by itself or is stopped. Raises RecordingError where nothing was recorded."""
        done, _ = await asyncio.wait({self._following}, timeout=self._limit + _LATE)
        return self._result() if done else await self.stop()

    async def stop(self) -> Capture:
        """End it, or find it ended. Raises RecordingError where nothing was recorded."""
        if not self._following.done():
            with suppress(ChildError):
                await self._child.send(Stop(), _STOPPING)
            await asyncio.wait({self._following}, timeout=_STOPPING)
        if not self._following.done():
            await self._give_up()
        return self._result()

    def _result(self) -> Capture:
        if not self._following.cancelled():
            self._following.result()  # an error of our own is not hidden
        capture = self._capture
        assert capture is not None, "following ends with a capture"
        if capture.frames == 0:
            raise RecordingError(*_NOTHING.get(capture.ended, _NOTHING[Ended.LOST]))
        return capture

    async def _follow(self) -> None:
        try:
            self._capture = await self._to_its_end()
        except VivaError:
            self._capture = self._on_disk()

    async def _give_up(self) -> None:
        """End a child that does not end; what it wrote is there."""
        self._following.cancel()
        await asyncio.wait({self._following})
        await self._child.kill()
        self._capture = self._capture or self._on_disk()

    async def _to_its_end(self) -> Capture:
        while True:
            message = await received_within(self._child, _FIRST if self._level is None else _SILENT)
            if isinstance(message, Capture):
                await self._child.close()
                return message
            assert isinstance(message, Level), "the codec knows nothing else"
            self._level = message

    def _on_disk(self) -> Capture:
        """What a dead child left."""
        level, opened = self._level, self._opened
        frames = round(level.seconds * opened.rate) if level is not None else 0
        if self._spool is not None:
            frames = written(self._spool) // 2
        gaps, clipped = (level.gaps, level.clipped) if level is not None else ((), 0)
        return Capture(opened.device, opened.rate, frames, Ended.LOST, gaps, clipped)


def written(spool: Path) -> int:
    """Bytes that are in this file; 0 where there is none."""
    try:
        return spool.stat().st_size
    except OSError:
        return 0

"""The loudspeaker as the main process sees it."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from pathlib import Path

from vivavoce.audio.devices import RESTART
from vivavoce.audio.messages import Loaded, Pause, Play, Played, Playing, Position, Resume, sent
from vivavoce.audio.patience import received_within
from vivavoce.children import Child, Codec
from vivavoce.errors import ChildError, PlaybackError, VivaError
from vivavoce.model import Span

_CODEC = Codec(Loaded, Playing, Position, Played)

_LOADING = 60.0
"""Seconds to start a child and to read a file; three minutes of speech take less than one."""
_OPENING = 6.0
"""Seconds to open the loudspeaker: a frozen sound server never answers."""
_SILENT = 6
"""Seconds without a word from the child, which speaks twenty times in one."""


class ChildPlayback:
    """Implements `ports.Playback`: follows a player child."""

    def __init__(self, child: Child, start: float) -> None:
        self._child = child
        self._position = start
        self._paused = False
        self._over = False
        self._error: VivaError | None = None
        self._following = asyncio.create_task(self._follow())

    @property
    def position(self) -> float:
        """Seconds of the file that have been heard."""
        return self._position

    @property
    def paused(self) -> bool:
        """True while held."""
        return self._paused

    @property
    def ended(self) -> bool:
        """True once nothing more will be heard."""
        return self._over

    async def pause(self) -> None:
        """Hold."""
        await self._hold(True)

    async def resume(self) -> None:
        """Go on after `pause`."""
        await self._hold(False)

    async def stop(self) -> None:
        """Silence, at once: the sound server drops what a dead program has not yet played."""
        self._over, self._paused = True, False
        self._following.cancel()
        await asyncio.wait({self._following})
        await self._child.kill()

    async def wait(self) -> None:
        """Wait until the end was heard, or it was stopped. Raises PlaybackError where the device failed."""
        await asyncio.wait({self._following})
        if self._error is not None:
            raise self._error

    async def _hold(self, hold: bool) -> None:
        if not self._over:
            self._paused = hold
            with suppress(ChildError):  # who follows will tell
                await self._child.send(Pause() if hold else Resume(), _SILENT)

    async def _follow(self) -> None:
        try:
            await self._to_its_end()
        except ChildError as error:
            self._error = PlaybackError("The sound system stopped playing.", RESTART)
            self._error.__cause__ = error
        except VivaError as error:
            self._error = error
            await self._child.close()
        finally:
            self._over, self._paused = True, False

    async def _to_its_end(self) -> None:
        while True:
            message = await received_within(self._child, _SILENT)
            if isinstance(message, Played):
                break
            assert isinstance(message, Position), "a player that plays says nothing else"
            self._position = message.seconds
        await self._child.close()


class LoudspeakerPlayer:
    """Implements `ports.Player`: a device whose name contains `device`, or the system's own choice."""

    def __init__(self, log: Path, device: str = "") -> None:
        self._log = log
        self._device = device

    async def play(self, audio: Path, span: Span | None = None, speed: float = 1.0) -> ChildPlayback:
        """Play a sound file, or a stretch of it, at 0.5 to 2 times its speed. Raises SoundFileError, PlaybackError."""
        start, end = (span.start, span.end) if span is not None else (0.0, None)
        request = Play(sent(audio), self._device, max(0.0, start), end, min(max(speed, 0.5), 2.0))
        child = await self._started()
        try:
            await child.send(request, _LOADING)
            await child.receive(_LOADING)
            await child.receive(_OPENING)
        except ChildError as error:
            await child.kill()
            raise PlaybackError("The sound system hangs or crashes when it is asked to play.", RESTART) from error
        except BaseException:
            await child.kill()
            raise
        return ChildPlayback(child, request.start)

    async def _started(self) -> Child:
        try:
            return await Child.start("player", _CODEC, self._log)
        except ChildError as error:
            raise PlaybackError(error.sentence, error.remedy) from error

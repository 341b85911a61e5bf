"""Playing a take back: one playback at a time, its speed kept from one to the next."""

from __future__ import annotations

import asyncio
from pathlib import Path

from vivavoce.errors import VivaError
from vivavoce.model import Span
from vivavoce.ports import Playback, Player

SPEEDS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0)


class Listening:
    """What is being heard. Every method may raise PlaybackError or SoundFileError."""

    def __init__(self) -> None:
        self._playback: Playback | None = None
        self._span: Span | None = None
        self._watching: asyncio.Task[None] | None = None
        self._turn = asyncio.Lock()
        self._speed = self.speed = 1.0
        self.error: VivaError | None = None
        """What broke off the last playback; whoever tells it takes it away."""

    @property
    def playing(self) -> bool:
        """Whether something is heard now."""
        return self._playback is not None and not self._playback.ended and not self._playback.paused

    @property
    def position(self) -> float | None:
        """Seconds of the take, while there is a playback."""
        return self._playback.position if self._playback is not None and not self._playback.ended else None

    async def play(self, player: Player, audio: Path, span: Span | None = None) -> None:
        """Play from the beginning, or a stretch, in place of whatever was heard."""
        async with self._turn:
            await self._play(player, audio, span)

    async def _play(self, player: Player, audio: Path, span: Span | None = None) -> None:
        await self.stop()
        self._span, self._speed = span, self.speed
        self._playback = await player.play(audio, span, self.speed)
        self._watching = asyncio.create_task(self._watch(self._playback))

    async def _watch(self, playback: Playback) -> None:
        try:
            await playback.wait()
        except VivaError as error:
            self.error = error

    async def toggle(self, player: Player, audio: Path, end: float) -> None:
        """Hold, go on, or begin; `end` is where the whole take ends."""
        async with self._turn:
            if self._playback is None or self._playback.ended:
                await self._play(player, audio)
            elif not self._playback.paused:
                await self._playback.pause()
            elif self._speed == self.speed:
                await self._playback.resume()
            else:
                await self._go_on(player, audio, end)

    async def faster(self, by: int, player: Player, audio: Path, end: float) -> None:
        """To the next speed up or down; what is being heard goes on from where it is."""
        async with self._turn:
            at = min(max(SPEEDS.index(self.speed) + by, 0), len(SPEEDS) - 1)
            self.speed = SPEEDS[at]
            if self.playing and self._speed != self.speed:
                await self._go_on(player, audio, end)

    async def _go_on(self, player: Player, audio: Path, end: float) -> None:
        """From the same place at the speed of now."""
        stop = self._span.end if self._span is not None else end
        at = self.position if self.position is not None else stop
        await self._play(player, audio, Span(min(at, stop), stop))

    async def stop(self) -> None:
        """Silence, also where whoever asked for it is cancelled meanwhile; what waits for its turn is not stopped."""
        playback, self._playback = self._playback, None
        if playback is not None:
            await asyncio.shield(playback.stop())
        if self._watching is not None:
            await asyncio.wait([self._watching])

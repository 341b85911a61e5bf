"""One go at one question: asked, thought about, answered, finished."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from vivavoce.archive import new_id
from vivavoce.errors import VivaError
from vivavoce.model import Capture, Interviewer, Light, Question, Review, Session, Take
from vivavoce.ports import Level, Recording
from vivavoce.practice.parts import Parts
from vivavoce.practice.phases import FOLLOWS, OVER, Command, Phase
from vivavoce.practice.reviewing import review

_T = TypeVar("_T")

SLOWER = 0.8
"""Of the interviewer's own rate."""

_READING = 4.0
"""Words per second that people read silently (Brysbaert 2019: 238 a minute); used where no voice can read."""


_READ_AGAIN: Mapping[Command | None, float] = {Command.REPEAT: 1.0, Command.SLOWER: SLOWER}
_LEFT = frozenset({Command.SKIP, Command.LEAVE})
_BEFORE_ANSWERING = frozenset({Command.GO_ON, Command.START, *_LEFT, Command.REPEAT, Command.SLOWER})
_WHILE_ANSWERING = frozenset({Command.GO_ON, Command.DISCARD, Command.LEAVE})


class Attempt:
    """Runs through the phases by itself; `tell` sends commands, the properties are there to be polled."""

    def __init__(
        self, parts: Parts, session: Session, question: Question, interviewer: Interviewer, opening: str = ""
    ) -> None:
        self._parts = parts
        self._session = session
        self._interviewer = interviewer
        self.question = question
        self.phase = Phase.ASKING
        self.notice = ""
        """The latest sentence about how things go; empty when there is nothing to say."""
        self.silent = False
        """True where no voice could read the question: its text must be shown."""
        self.error: VivaError | None = None
        """What broke, in the phase FAILED."""
        self.review: Review | None = None
        """The take with what its sound tells, in the phase KEPT."""
        self._commands: asyncio.Queue[tuple[Phase, Command]] = asyncio.Queue()
        self._opening = opening
        self._speed = 1.0
        self._think_left = question.think
        self._thinking_since: float | None = None
        self._recording: Recording | None = None
        self._take_id = new_id(parts.now())
        self._spool: Path | None = None
        self._capture: Capture | None = None
        self._started: datetime = parts.now()

    def tell(self, command: Command) -> None:
        """Send a command; it is obeyed as soon as the phase allows.

        GO_ON is meant for the phase of this moment: a key pressed twice must not stop the recording as it begins.
        """
        self._commands.put_nowait((self.phase, command))

    @property
    def think_left(self) -> float:
        """Seconds of thinking time that are left."""
        if self._thinking_since is None:
            return self._think_left
        return max(0.0, self._think_left - (self._parts.monotonic() - self._thinking_since))

    @property
    def level(self) -> Level | None:
        """The microphone's level; None until the first block really arrived."""
        return self._recording.level if self._recording is not None else None

    @property
    def device(self) -> str:
        """The microphone's name."""
        return (self._recording.device if self._recording is not None else "") or self._parts.microphone.name

    @property
    def seconds(self) -> float:
        """Seconds recorded so far."""
        level = self.level
        return level.seconds if level is not None else 0.0

    @property
    def light(self) -> Light:
        """The light that is on."""
        return self.question.lights.at(self.seconds)

    async def run(self, meanwhile: Callable[[], Coroutine[Any, Any, None]] | None = None) -> Phase:
        """Go through the phases to the end and return it; `meanwhile` is started with the recording.

        Cancelling it keeps what was said.
        """
        steps: dict[Phase, Callable[[], Awaitable[Phase]]] = {
            Phase.ASKING: self._ask,
            Phase.THINKING: self._think,
            Phase.ANSWERING: self._answer,
            Phase.FINISHING: self._finish,
        }
        armed = asyncio.create_task(self._parts.microphone.arm(self.question))
        beside: asyncio.Task[None] | None = None
        try:
            while self.phase not in OVER:
                if self.phase is Phase.ANSWERING:
                    beside = asyncio.create_task(meanwhile()) if meanwhile is not None else None
                    await asyncio.wait([armed])
                self._enter(await self._guarded(steps[self.phase], armed))
        finally:
            armed.cancel()
            with suppress(asyncio.CancelledError, VivaError):
                await armed
            with suppress(asyncio.CancelledError, VivaError):
                if beside is not None:
                    await beside
            if self._recording is None:
                await self._parts.microphone.close()
        return self.phase

    async def _guarded(self, step: Callable[[], Awaitable[Phase]], armed: asyncio.Task[None]) -> Phase:
        """The phase that follows this step; an error that the user can meet leads to FAILED."""
        try:
            if self.phase is Phase.ANSWERING:
                armed.result()
            return await step()
        except VivaError as error:
            self.error = error
            return Phase.FAILED

    def _enter(self, phase: Phase) -> None:
        assert phase in FOLLOWS[self.phase], f"{phase} cannot follow {self.phase}"
        self.phase = phase

    async def _race(self, natural: Coroutine[Any, Any, _T], obeyed: frozenset[Command]) -> Command | _T:
        """What comes first: the natural end, or a command that makes sense here."""
        end = asyncio.create_task(natural)
        try:
            while True:
                command = asyncio.create_task(self._commands.get())
                await asyncio.wait({end, command}, return_when=asyncio.FIRST_COMPLETED)
                if not command.done():
                    command.cancel()
                    return end.result()
                meant, said = command.result()
                if said in obeyed and (said is not Command.GO_ON or meant is self.phase):
                    return said
        finally:
            if not end.done():
                end.cancel()
                with suppress(asyncio.CancelledError):
                    await end

    async def _ask(self) -> Phase:
        self.notice = self._parts.archive.space()
        while True:
            said = await self._race(self._read_aloud(), _BEFORE_ANSWERING)
            if said not in _READ_AGAIN:
                break
            self._speed = _READ_AGAIN[said]
        if said in _LEFT:
            return Phase.SKIPPED
        return Phase.THINKING if self._think_left > 0 and said is not Command.START else Phase.ANSWERING

    async def _read_aloud(self) -> None:
        """Read the question to its end; where no voice can, leave the time to read it."""
        try:
            opening, self._opening = self._opening, ""
            if opening:
                await self._speak(opening, 1.0)
            await self._speak(self.question.text, self._speed)
        except VivaError as error:
            self.silent = True
            self.notice = f"The question could not be read aloud, here it is to read. {error}"
            await asyncio.sleep(len(self.question.text.split()) / _READING)

    async def _speak(self, text: str, speed: float) -> None:
        rendering = await self._parts.voice.render(text, self._interviewer, speed)
        self.notice = rendering.notice or self.notice
        playback = await self._parts.player.play(rendering.audio)
        try:
            await playback.wait()
        finally:
            await playback.stop()

    async def _think(self) -> Phase:
        self._thinking_since = self._parts.monotonic()
        try:
            said = await self._race(self._thought(), _BEFORE_ANSWERING)
        finally:
            self._think_left, self._thinking_since = self.think_left, None
        if said in _LEFT:
            return Phase.SKIPPED
        if said in _READ_AGAIN:
            self._speed = _READ_AGAIN[said]
            return Phase.ASKING
        return Phase.ANSWERING

    async def _thought(self) -> None:
        while self.think_left > 0:
            await asyncio.sleep(min(self.think_left, 0.05))

    async def _answer(self) -> Phase:
        archive, microphone = self._parts.archive, self._parts.microphone
        self._spool = archive.open_spool(self._take_id, self._session, self.question, microphone.name)
        try:
            self._recording = await microphone.record(self._spool, self.question.lights.end)
            self._started = self._parts.now()
            said = await self._race(self._recorded(self._recording), _WHILE_ANSWERING)
        except BaseException:
            await self._rescue()
            raise
        self._capture = await self._recording.stop()
        if said is Command.DISCARD:
            archive.discard(self._take_id)
            return Phase.DISCARDED
        return Phase.FINISHING

    async def _recorded(self, recording: Recording) -> Capture:
        """Wait for the recording's own end. Its rate is noted as soon as it is known: a spool has no header."""
        while recording.level is None and not recording.ended:
            await asyncio.sleep(0.02)
        if recording.rate is not None:
            self._note_rate(recording.rate, recording.device)
        return await recording.wait()

    def _note_rate(self, rate: int, device: str) -> None:
        with suppress(VivaError):  # a note that cannot be written must not end the answer
            self._parts.archive.note_rate(self._take_id, rate, device)

    async def _rescue(self) -> None:
        """Something broke, or the program ends: close the spool, which a later start will offer."""
        with suppress(VivaError):
            if self._recording is not None:
                capture = await self._recording.stop()
                self._note_rate(capture.rate, capture.device)
        if self._spool is not None and not _holds_sound(self._spool):
            self._parts.archive.discard(self._take_id)

    async def _finish(self) -> Phase:
        assert self._capture is not None and self._spool is not None, "an answer was recorded"
        archive = self._parts.archive
        measured = await self._parts.files.finish(self._spool, self._capture.rate, archive.audio_path(self._take_id))
        take = Take(self._take_id, self._session.id, self.question, self._started, self._capture)
        self.review = review(take, measured.sound, None)
        archive.keep(self.review)
        return Phase.KEPT


def _holds_sound(spool: Path) -> bool:
    try:
        return spool.stat().st_size > 1
    except OSError:
        return False

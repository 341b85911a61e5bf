"""Microphones: a device, a sound file that stands in for one, and a second voice that speaks sample answers."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from pathlib import Path
from typing import Any

from vivavoce.audio.devices import RESTART
from vivavoce.audio.messages import Arm, Armed, Opened, Record, sent
from vivavoce.audio.recording import ChildRecording, written
from vivavoce.children import Child, Codec
from vivavoce.errors import ChildError, NoMicrophone, VivaError
from vivavoce.model import Capture, Interviewer, Question
from vivavoce.ports import Level, Voice
from vivavoce.text import clean

_CODEC = Codec(Armed, Opened, Level, Capture)

_ARMING = 10.0
"""Seconds; 0.4 is usual. It happens while the question is read, so a slow machine may take its time."""

_OPENING = 6.0
"""Seconds; 0.01 is usual, and a frozen sound server never answers."""


_HANGS = ("The sound system hangs or crashes when it is asked to record.", RESTART)


class _ChildMicrophone:
    """Implements `ports.Microphone` by a recorder child that is started by `arm` and lives for one recording."""

    def __init__(self, name: str, arm: Arm, log: Path) -> None:
        self._name = name
        self._arm = arm
        self._log = log
        self._child: Child | None = None
        self._turn = asyncio.Lock()
        self._recording: ChildRecording | None = None

    @property
    def name(self) -> str:
        """What to call it before it is opened."""
        return self._name

    async def arm(self, question: Question | None = None) -> None:  # noqa: ARG002 - only the demo listens
        """Start a recorder that needs but one word to begin. Raises NoMicrophone."""
        async with self._turn:
            await self._let_go()
            try:
                await self._start()
            except ChildError as error:
                raise NoMicrophone(*_HANGS) from error

    async def record(self, spool: Path | None, limit: float) -> ChildRecording:
        """Start recording; arms first where nobody did. Raises NoMicrophone, DiskError."""
        async with self._turn:
            try:
                self._recording = await self._opened(spool, limit)
            except ChildError as error:
                raise NoMicrophone(*_HANGS) from error
            return self._recording

    async def close(self) -> None:
        """End what is armed, and a recording under way; what was said is kept."""
        async with self._turn:
            await self._let_go()
            if self._recording is not None:
                with suppress(VivaError):
                    await self._recording.stop()

    async def _start(self) -> None:
        answer = await self._asked(self._arm, _ARMING)
        assert isinstance(answer, Armed), "a recorder that is not recording answers nothing else"

    async def _opened(self, spool: Path | None, limit: float) -> ChildRecording:
        if self._child is not None and self._child.status is None:
            with suppress(NoMicrophone):  # it was armed a while ago and knows the devices of that moment only
                return await self._open(spool, limit)
        await self._let_go()
        await self._start()
        return await self._open(spool, limit)

    async def _open(self, spool: Path | None, limit: float) -> ChildRecording:
        try:
            opened = await self._asked(Record(None if spool is None else sent(spool), limit), _OPENING)
        except ChildError:
            if spool is not None and written(spool) == 0:  # the child was killed before it could remove it
                spool.unlink(missing_ok=True)
            raise
        child, self._child = self._child, None
        assert child is not None and isinstance(opened, Opened), "it has just answered"
        return ChildRecording(child, opened, spool, limit)

    async def _asked(self, request: Arm | Record, within: float) -> Any:
        """The child's answer; where there is none, the child is gone afterwards."""
        try:
            if self._child is None:
                self._child = await Child.start("recorder", _CODEC, self._log)
            await self._child.send(request, within)
            return await self._child.receive(within)
        except BaseException:
            await self._let_go()
            raise

    async def _let_go(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            await child.kill()  # nothing is recorded yet, and one that hangs does not end by itself


class DeviceMicrophone(_ChildMicrophone):
    """A device whose name contains `device`; the system's own choice for an empty one."""

    def __init__(self, log: Path, device: str = "") -> None:
        super().__init__(clean(device) or "the system's microphone", Arm(device=device), log)


class FileMicrophone(_ChildMicrophone):
    """A sound file, played into the same path in real time; when it is over, silence follows until the stop."""

    def __init__(self, file: Path, log: Path, *, name: str = "") -> None:
        name = name or f"sound file {clean(file.name)}"
        super().__init__(name, Arm(file=sent(file), name=name), log)


class DemoMicrophone:
    """Implements `ports.Microphone`: a second voice speaks the question's sample answer."""

    def __init__(self, voice: Voice, interviewer: Interviewer, log: Path) -> None:
        self._voice = voice
        self._interviewer = interviewer
        self._log = log
        self._speaking: FileMicrophone | None = None

    @property
    def name(self) -> str:
        """What to call it before it is opened."""
        return f"demo: {self._interviewer.name} speaks a sample answer"

    async def arm(self, question: Question) -> None:
        """Have the sample answer spoken into a file. Raises NoMicrophone where there is none, or no voice."""
        await self.close()
        self._speaking = None
        if not question.sample:
            raise NoMicrophone(
                "The demo microphone has no sample answer to this question.",
                "Take a question that has one, or answer it yourself with a microphone.",
            )
        try:
            rendering = await self._voice.render(question.sample, self._interviewer)
        except VivaError as error:
            remedy = "Let the demo be a sound file instead (`--microphone FILE`), or use a microphone."
            raise NoMicrophone(f"The sample answer cannot be spoken. {error.sentence}", remedy) from error
        self._speaking = FileMicrophone(rendering.audio, self._log, name=self.name)
        await self._speaking.arm()

    async def record(self, spool: Path | None, limit: float) -> ChildRecording:
        """Record the sample answer of the question for which it was armed. Raises NoMicrophone, DiskError."""
        if self._speaking is None:
            raise NoMicrophone("The demo microphone speaks only when it was asked.", "Start a question first.")
        return await self._speaking.record(spool, limit)

    async def close(self) -> None:
        """Let go of what is prepared."""
        if self._speaking is not None:
            await self._speaking.close()

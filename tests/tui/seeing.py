"""What is drawn on 80 columns and 24 lines, and waiting for it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from textual.pilot import Pilot

from tests.fakes import RATE, FakeDesk, question
from vivavoce.model import Capture, Ended, Gap, Question, Review, Session, Take, Transcript
from vivavoce.practice import Sitting, review
from vivavoce.tui.app import VivaApp

SIZE = (80, 24)

_FRAMES = str.maketrans(dict.fromkeys("▌▐│─╭╮╰╯▏▕▔▁", " "))


class Screen:
    """A running program: press keys, see lines."""

    def __init__(self, app: VivaApp, pilot: Pilot[None]) -> None:
        self.app = app
        self._pilot = pilot

    @property
    def lines(self) -> list[str]:
        """The characters that are drawn, without colours."""
        return [strip.text.rstrip() for strip in self.app.screen._compositor.render_strips()]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def words(self) -> str:
        """Everything in one line: how it is wrapped and framed does not matter."""
        return " ".join(self.text.translate(_FRAMES).split())

    @property
    def name(self) -> str:
        """The screen on top."""
        return type(self.app.screen).__name__

    async def press(self, *keys: str) -> None:
        await self._pilot.press(*keys)
        await self._pilot.pause()

    async def type(self, text: str) -> None:
        await self.press(
            *({" ": "space", "?": "question_mark", "/": "slash", ".": "full_stop"}.get(c, c) for c in text)
        )

    async def until(self, true: Callable[[], object], within: float = 15.0) -> None:
        """Wait until something holds."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + within
        while not true():
            assert loop.time() < deadline, f"it never came true; on the screen:\n{self.text}"
            await self._pilot.pause(0.01)

    async def sees(self, text: str) -> None:
        """Wait until these words are drawn, however they are wrapped."""
        await self.until(lambda: text in self.words)

    async def arrives(self, name: str) -> None:
        """Wait until the screen of this name is on top and drawn."""
        await self.until(lambda: self.name == name)
        await self._pilot.pause()


@asynccontextmanager
async def running(desk: FakeDesk, sitting: Sitting | None = None) -> AsyncIterator[Screen]:
    app = VivaApp(desk, sitting=sitting)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.pause()
        yield Screen(app, pilot)


def keep(
    desk: FakeDesk,
    number: int = 1,
    transcript: Transcript | None = None,
    asked: Question | None = None,
    gaps: tuple[Gap, ...] = (),
    session: str = "session-1",
) -> Review:
    """File a take of `number` times ten seconds; later ones have higher numbers."""
    started = desk.parts.now()
    archive = desk.parts.archive
    archive.begin(Session(session, started, interviewer="fake"))
    capture = Capture("USB headset", RATE, RATE * number * 10, Ended.STOPPED, gaps)
    take = Take(f"take-{number}", session, asked or question(number), started, capture)
    audio = archive.audio_path(take.id)
    audio.write_bytes(bytes(2 * capture.frames))
    filed = review(take, desk.files._measured(audio, RATE).sound, transcript)
    archive.keep(filed)
    return filed


def leave_behind(desk: FakeDesk, seconds: float = 2.0, asked: Question | None = None, name: str = "left-1") -> None:
    """The spool of a recording whose program is gone."""
    session = Session("session-0", desk.parts.now(), interviewer="fake")
    spool = desk.parts.archive.open_spool(name, session, asked or question(), "USB headset")
    spool.write_bytes(bytes(2 * int(RATE * seconds)))
    desk.parts.archive.note_rate(name, RATE, "USB headset")

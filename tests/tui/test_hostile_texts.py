"""Whatever comes from outside is shown as the characters it consists of, and obeyed nowhere."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.fakes import INTERVIEWER, FakeDesk, FakeMicrophone, question
from tests.tui.seeing import Screen, keep, leave_behind, running
from vivavoce.errors import NoMicrophone, VoiceError
from vivavoce.model import Transcript, Word
from vivavoce.practice import Condition, State

MARKUP = "a[/b]c [@click=app.quit]x"
HOSTILE = f"{MARKUP} \x1b]0;owned\x07\x1b[2J\x1b]52;c;aGk=\x07\x9b31m\u202eend"
"""Unbalanced markup, a link to quit, a title, a clipboard, a cleared screen, a colour in C1, a turn to the left."""


@pytest.fixture
async def desk(tmp_path: Path) -> FakeDesk:
    desk = FakeDesk(tmp_path, [question(1, text=HOSTILE, listens_for=HOSTILE)])
    desk.names = (HOSTILE, "second")
    desk.problems = (HOSTILE,)
    desk.conditions["Microphone"] = State("Microphone", Condition.MISSING, HOSTILE, HOSTILE)
    desk.interviewers = (replace(INTERVIEWER, name=HOSTILE, manner=HOSTILE),)
    yield desk
    await desk.close()


def shown_as_text(screen: Screen, at_least: str = MARKUP) -> None:
    assert at_least in screen.words
    assert [c for c in screen.text if (ord(c) < 32 and c != "\n") or 0x7F <= ord(c) < 0xA0 or c == "\u202e"] == []
    links = [
        segment
        for strip in screen.app.screen._compositor.render_strips()
        for segment in strip
        if segment.style and "@click" in (segment.style.meta or {}) and "quit" in str(segment.style.meta["@click"])
        if segment.text.strip() == "x"
    ]
    assert links == []
    assert screen.app.is_running


async def test_on_home_in_its_choices_and_among_the_problems(desk: FakeDesk) -> None:
    async with running(desk) as screen:
        await screen.sees("✗ missing a[/b]c")
        shown_as_text(screen)
        for key in ("i", "b"):
            await screen.press(key)
            await screen.arrives("Choose")
            shown_as_text(screen)
            await screen.press("escape")


async def test_in_the_bank_and_while_it_is_asked(desk: FakeDesk) -> None:
    async with running(desk) as screen:
        await screen.press("q")
        await screen.sees("The panel listens for: a[/b]c")
        shown_as_text(screen)
        await screen.press("enter")
        await screen.arrives("AttemptScreen")
        await screen.sees(MARKUP)
        shown_as_text(screen)


async def test_in_set_up_as_names_of_devices_and_as_errors(desk: FakeDesk) -> None:
    desk.microphone = FakeMicrophone(HOSTILE)
    desk.parts = replace(desk.parts, microphone=desk.microphone)
    async with running(desk) as screen:
        await screen.press("s")
        await screen.sees("good a[/b]c")
        shown_as_text(screen)
        await screen.press("m")
        await screen.arrives("Choose")
        shown_as_text(screen)
        await screen.press("down", "enter")
        await screen.arrives("SetupScreen")
        desk.voice.error = VoiceError(HOSTILE, HOSTILE)
        await screen.press("h")
        await screen.until(lambda: "▌ a[/b]c" in screen.text)
        shown_as_text(screen, "a[/b]c")


async def test_in_a_microphone_that_cannot_be_opened(desk: FakeDesk) -> None:
    desk.microphone.error = NoMicrophone(HOSTILE, HOSTILE)
    async with running(desk) as screen:
        await screen.press("s")
        await screen.until(lambda: screen.words.count("a[/b]c") >= 2)
        shown_as_text(screen)


async def test_in_takes_with_their_notes_and_in_their_reviews(desk: FakeDesk) -> None:
    words = tuple(Word(HOSTILE, 1.0 + i, 1.5 + i) for i in range(3))
    keep(desk, 1, Transcript(words, "fake", "fake.en"), desk.questions[0])
    desk.parts.archive.note("take-1", HOSTILE)
    async with running(desk) as screen:
        await screen.press("t")
        await screen.sees("Your note: a[/b]c")
        shown_as_text(screen)
        await screen.press("enter")
        await screen.arrives("ReviewScreen")
        shown_as_text(screen)
        await screen.press("o")
        await screen.arrives("Ask")
        shown_as_text(screen)


async def test_in_a_recording_that_was_cut_short(desk: FakeDesk) -> None:
    leave_behind(desk, asked=desk.questions[0])
    async with running(desk) as screen:
        assert screen.name == "RecoveryScreen"
        shown_as_text(screen)

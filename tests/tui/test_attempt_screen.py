from __future__ import annotations

import pytest

from tests.fakes import FakeDesk, question
from tests.tui.seeing import running
from vivavoce.errors import DiskError, NoMicrophone, VoiceError
from vivavoce.model import Ended, Kind, Lights

LONG = Lights(green=20, amber=40, red=60, grace=15)


@pytest.fixture
def calm(desk: FakeDesk) -> FakeDesk:
    """Time to look at every phase: the reading and the thinking end when they are told to."""
    desk.questions = (question(1, Kind.TRICKY, think=60, lights=LONG), question(2, Kind.CLOSING, think=60, lights=LONG))
    desk.player.seconds = 60
    desk.microphone.pace = 2
    return desk


async def test_the_phases_and_what_each_shows(calm: FakeDesk) -> None:
    async with running(calm, calm.sitting()) as screen:
        await screen.sees("Question 1 of 2 · tricky · asked by Ms Fake")
        await screen.sees("The question is being read.")
        assert "thing number 1" in screen.text
        await screen.press("enter")
        await screen.sees("Think: 1:00 left. Not recorded.")
        await screen.press("enter")
        await screen.sees("● Recording")
        assert "green 0:20 amber 0:40 red 1:00" in screen.words
        assert "Fake microphone" in screen.text
        assert "good" in screen.text
        await screen.press("space")
        await screen.arrives("ReviewScreen")
    (kept,) = calm.parts.archive.reviews()
    assert kept.take.capture.ended is Ended.STOPPED


async def test_recording_is_said_only_once_the_first_block_arrived(calm: FakeDesk) -> None:
    calm.microphone.delay = 0.6
    async with running(calm, calm.sitting()) as screen:
        await screen.press("enter", "enter")
        await screen.sees("Opening the microphone")
        assert "● Recording" not in screen.text
        await screen.sees("● Recording")


async def test_the_lights_are_words_and_after_red_it_stops_by_itself(desk: FakeDesk) -> None:
    desk.questions = (question(1, Kind.QUICK_FIRE, think=0, lights=Lights(1, 2, 3, 2)),)
    desk.microphone.pace = 1
    async with running(desk, desk.sitting()) as screen:
        for words in ("keep going", "green: enough said", "amber: wrap up", "red: time is up, stops by itself in"):
            await screen.sees(words)
        await screen.arrives("ReviewScreen")
        await screen.sees("Stopped by itself")


async def test_hearing_it_again_slower_and_skipping(calm: FakeDesk) -> None:
    text = calm.questions[0].text
    async with running(calm, calm.sitting()) as screen:
        await screen.until(lambda: len(calm.player.playbacks) == 1)
        await screen.press("r")
        await screen.until(lambda: len(calm.player.playbacks) == 2)
        await screen.press("s")
        await screen.until(lambda: len(calm.player.playbacks) == 3)
        assert calm.voice.said[:3] == [(text, 1.0), (text, 1.0), (text, 0.8)]
        assert calm.player.playbacks[1].stopped
        await screen.press("k")
        await screen.sees("Question 2 of 2")
        await screen.press("k")
        await screen.arrives("HomeScreen")


async def test_a_question_can_be_heard_only_and_h_shows_it(calm: FakeDesk) -> None:
    await calm.change(heard_only=True)
    async with running(calm, calm.sitting()) as screen:
        await screen.sees("heard only; h shows the text")
        assert "thing number 1" not in screen.text
        await screen.press("h")
        await screen.sees("thing number 1")


async def test_a_question_that_cannot_be_heard_is_shown_even_if_it_was_to_be_heard_only(calm: FakeDesk) -> None:
    calm.voice.error = VoiceError("No engine speaks.", "Install espeak-ng.")
    await calm.change(heard_only=True)
    async with running(calm, calm.sitting()) as screen:
        await screen.sees("Read the question.")
        await screen.sees("thing number 1")
        await screen.sees("No engine speaks. Install espeak-ng.")


async def test_escape_before_the_answer_goes_home_and_keeps_nothing(calm: FakeDesk) -> None:
    async with running(calm, calm.sitting()) as screen:
        await screen.sees("being read")
        await screen.press("escape")
        await screen.arrives("HomeScreen")
        await screen.until(lambda: calm.player.playbacks[0].stopped)
    assert list(calm.parts.archive.reviews()) == []


async def test_escape_while_recording_asks_and_the_recording_goes_on(calm: FakeDesk) -> None:
    async with running(calm, calm.sitting()) as screen:
        await screen.press("enter", "enter")
        await screen.sees("● Recording")
        await screen.press("escape")
        await screen.sees("Throw this answer away?")
        before = calm.microphone.recordings[0].level
        await screen.until(lambda: calm.microphone.recordings[0].level != before)
        await screen.press("n")
        await screen.sees("● Recording")
        await screen.press("escape")
        await screen.sees("Throw this answer away?")
        await screen.press("y")
        await screen.sees("Thrown away. Nothing was kept.")
        await screen.press("a")
        await screen.sees("The question is being read.")
        assert "Question 1 of 2" in screen.text
    assert list(calm.parts.archive.reviews()) == []


async def test_a_recording_that_ends_while_escape_asks_is_kept_and_reviewed(desk: FakeDesk) -> None:
    desk.questions = (question(1, Kind.QUICK_FIRE, think=0, lights=Lights(1, 2, 3, 1)),)
    desk.microphone.pace = 2
    async with running(desk, desk.sitting()) as screen:
        await screen.sees("● Recording")
        await screen.press("escape")
        await screen.sees("Throw this answer away?")
        await screen.arrives("ReviewScreen")
    assert len(desk.parts.archive.reviews()) == 1


async def test_trouble_with_the_microphone_is_said_while_there_is_time(calm: FakeDesk) -> None:
    from dataclasses import replace

    async with running(calm, calm.sitting()) as screen:
        await screen.press("enter", "enter")
        await screen.sees("● Recording")
        calm.microphone.level = replace(calm.microphone.level, zeros=2.0)
        await screen.sees("sending silence (muted, or no permission)")
        calm.microphone.level = replace(calm.microphone.level, zeros=0.0, clipped=9)
        await screen.sees("clipping")


async def test_no_microphone_offers_another_try_the_demo_and_the_next_question(calm: FakeDesk) -> None:
    calm.microphone.error = NoMicrophone("No microphone was found.", "Plug one in.")
    async with running(calm, calm.sitting()) as screen:
        await screen.press("enter", "enter")
        await screen.sees("No microphone was found. Plug one in.")
        assert "Demo microphone" in screen.text
        calm.microphone.error = None
        await screen.press("d")
        await screen.until(lambda: {"microphone": "demo"} in calm.changes)
        await screen.sees("The question is being read.")


async def test_a_full_disk_says_where_the_answer_is_and_offers_it_at_the_next_start(calm: FakeDesk) -> None:
    calm.files.error = DiskError("The disk is full.", "Make room; the recording is kept.")
    async with running(calm, calm.sitting()) as screen:
        await screen.press("enter", "enter")
        await screen.sees("● Recording")
        await screen.press("enter")
        await screen.sees("The disk is full. Make room; the recording is kept.")
        assert "Demo microphone" not in screen.text
        await screen.press("n")
        await screen.sees("Question 2 of 2")
    assert len(calm.parts.archive.orphans(lambda _: False)) == 1


async def test_quitting_in_mid_answer_asks_and_keeps_it(calm: FakeDesk) -> None:
    async with running(calm, calm.sitting()) as screen:
        await screen.press("enter", "enter")
        await screen.sees("● Recording")
        await screen.press("ctrl+q")
        await screen.sees("Stop recording and quit? What you said is kept.")
        await screen.press("y")
        await screen.until(lambda: not screen.app.is_running or screen.app._exit)
    assert len(calm.parts.archive.reviews()) == 1


@pytest.mark.parametrize("theme", ["textual-dark", "textual-light"])
async def test_the_answering_screen_fits_80_by_24_in_both_themes(calm: FakeDesk, theme: str) -> None:
    await calm.change(theme=theme)
    async with running(calm, calm.sitting()) as screen:
        await screen.press("enter", "enter")
        await screen.sees("● Recording")
        for words in ("keep going", "Fake microphone", "Stop", "Leave"):
            assert words in screen.text


async def test_without_colour_every_state_is_still_a_word(calm: FakeDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with running(calm, calm.sitting()) as screen:
        await screen.press("enter", "enter")
        await screen.sees("● Recording")
        assert "keep going" in screen.text
        assert "good" in screen.text


async def test_nothing_but_question_time_and_level_while_somebody_speaks(calm: FakeDesk) -> None:
    calm.voice.notice = "espeak-ng speaks instead."
    async with running(calm, calm.sitting()) as screen:
        await screen.sees("espeak-ng speaks instead.")
        await screen.press("enter", "enter")
        await screen.sees("● Recording")
        assert "espeak-ng speaks instead." not in screen.text
        assert "listens for" not in screen.text

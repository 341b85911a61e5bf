"""The answering screen, phase by phase: what stands on it, and what each key does there."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from textual.widgets import Input

from tests.fakes import INTERVIEWER, FakeDesk, FakeSoundFiles, question
from tests.tui.seeing import Screen, running
from vivavoce.errors import VoiceError
from vivavoce.model import Ended, Lights
from vivavoce.ports import Level, Measured

LONG = 1000.0
ASKED = "Tell me about the time when you did thing number 1."
LIGHTS = Lights(green=30, amber=50, red=60, grace=15)


class Time:
    """A clock that somebody moves."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


class SlowFiles(FakeSoundFiles):
    """Finishes a recording when it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.may = asyncio.Event()

    async def finish(self, spool: Path, rate: int, audio: Path) -> Measured:
        await self.may.wait()
        return await super().finish(spool, rate, audio)


def asks(desk: FakeDesk, *questions: object, think: float = 0.0, heard_only: bool = False) -> None:
    """A bank of two questions with these think times, answered at life's own pace."""
    desk.questions = tuple(questions) or tuple(question(n, think=think, lights=LIGHTS) for n in (1, 2))
    desk.microphone.pace = 1
    desk.settings = replace(desk.settings, heard_only=heard_only)


def reading(desk: FakeDesk, **how: object) -> None:
    """The voice does not come to an end."""
    asks(desk, **how)
    desk.player.seconds = LONG


async def offers(screen: Screen, *descriptions: str) -> None:
    """Wait until the footer shows these, beside what stands in it everywhere, and no others."""

    def offered() -> set[str]:
        bindings = [active.binding for active in screen.app.screen.active_bindings.values()]
        return {binding.description for binding in bindings if binding.show} - {"Help", "Quit", "palette"}

    await screen.until(lambda: offered() == set(descriptions))
    await screen.until(lambda: all(description in screen.lines[-1] for description in descriptions))


async def recording(screen: Screen) -> None:
    await screen.sees("● Recording")


# While the question is read


async def test_it_says_which_question_it_is_of_which_kind_and_who_asks(desk: FakeDesk) -> None:
    reading(desk)
    async with running(desk, desk.sitting(questions=2)) as screen:
        await screen.sees("Question 1 of 2 · behavioural · asked by Ms Fake")
        assert ASKED in screen.words
        assert "The question is being read." in screen.text


async def test_while_it_is_read_the_footer_offers_only_what_makes_sense(desk: FakeDesk) -> None:
    reading(desk)
    async with running(desk, desk.sitting(questions=2)) as screen:
        await offers(screen, "Go on", "Again", "Slower", "Hide or show", "Skip", "Leave")


async def test_no_field_has_the_focus_so_every_letter_is_a_key(desk: FakeDesk) -> None:
    reading(desk)
    async with running(desk, desk.sitting(questions=2)) as screen:
        assert screen.app.focused is None
        assert not screen.app.screen.query(Input)


async def test_r_reads_it_again_and_s_slower(desk: FakeDesk) -> None:
    reading(desk)
    async with running(desk, desk.sitting(questions=2)) as screen:
        await screen.until(lambda: len(desk.player.played) == 1)
        await screen.press("r")
        await screen.until(lambda: len(desk.player.played) == 2)
        await screen.press("s")
        await screen.until(lambda: len(desk.player.played) == 3)
    assert desk.voice.said[:3] == [(ASKED, 1.0), (ASKED, 1.0), (ASKED, 0.8)]
    assert all(playback.stopped for playback in desk.player.playbacks)


@pytest.mark.parametrize("key", ["enter", "space"])
async def test_enter_and_space_skip_the_rest_of_the_reading(desk: FakeDesk, key: str) -> None:
    reading(desk, think=LONG)
    async with running(desk, desk.sitting(questions=2)) as screen:
        await screen.until(lambda: desk.player.playbacks)
        await screen.press(key)
        await screen.sees("Think")
        assert desk.player.playbacks[0].stopped
        assert desk.microphone.recordings == []


@pytest.mark.parametrize("heard_only", [False, True])
async def test_h_hides_and_shows_the_text_from_what_was_chosen(desk: FakeDesk, heard_only: bool) -> None:
    reading(desk, heard_only=heard_only)
    async with running(desk, desk.sitting(questions=2)) as screen:
        await screen.sees("heard only" if heard_only else ASKED)
        await screen.press("h")
        await screen.sees(ASKED if heard_only else "heard only")
        assert (ASKED in screen.words) is heard_only
        await screen.press("h")
        await screen.until(lambda: (ASKED in screen.words) is not heard_only)


async def test_where_no_voice_can_read_the_text_is_shown_even_if_it_was_to_be_heard_only(desk: FakeDesk) -> None:
    asks(desk, heard_only=True, think=LONG)
    desk.voice.error = VoiceError("No engine could speak this.", "Install espeak-ng.")
    async with running(desk, desk.sitting(questions=2)) as screen:
        await screen.sees(ASKED)
        assert "Read the question." in screen.text
        assert "No engine could speak this. Install espeak-ng." in screen.words
        await screen.press("enter")
        await screen.sees("Not recorded")
        assert ASKED in screen.words


async def test_a_voice_that_stands_in_for_another_is_told(desk: FakeDesk) -> None:
    reading(desk)
    desk.voice.notice = "The system's command speaks in place of pyttsx3."
    async with running(desk, desk.sitting(questions=2)) as screen:
        await screen.sees("The system's command speaks in place of pyttsx3.")


async def test_a_question_of_600_characters_can_be_read_to_its_end(desk: FakeDesk) -> None:
    reading(desk)
    desk.questions = (question(1, text=("long words follow each other " * 20).strip() + " finis."),)
    async with running(desk, desk.sitting()) as screen:
        await screen.sees("finis.")


async def test_k_skips_to_the_next_question_and_after_the_last_home(desk: FakeDesk) -> None:
    reading(desk)
    async with running(desk, desk.sitting(questions=2)) as screen:
        await screen.press("k")
        await screen.sees("Question 2 of 2")
        await screen.press("k")
        await screen.arrives("HomeScreen")
    assert desk.microphone.recordings == []
    assert desk.parts.archive.history() == ()


async def test_esc_leaves_for_home_without_a_question_and_the_voice_falls_silent(desk: FakeDesk) -> None:
    reading(desk)
    async with running(desk, desk.sitting(questions=2)) as screen:
        await screen.until(lambda: desk.player.playbacks)
        await screen.press("escape")
        await screen.arrives("HomeScreen")
        await screen.until(lambda: all(playback.stopped for playback in desk.player.playbacks))
    assert desk.microphone.recordings == []


# While somebody thinks


async def thinking(desk: FakeDesk, seconds: float = 60.0) -> Time:
    """Questions with time to think, on a clock that stands still."""
    asks(desk, think=seconds)
    now = Time()
    desk.parts = replace(desk.parts, monotonic=now)
    return now


async def test_think_time_counts_down_as_a_clock_and_as_a_bar_and_is_not_recorded(desk: FakeDesk) -> None:
    now = await thinking(desk)
    async with running(desk, desk.sitting(questions=2)) as screen:
        await screen.sees("1:00")
        whole = screen.text.count("━")
        assert whole > 30
        assert "Not recorded" in screen.words
        now.seconds += 45
        await screen.sees("0:15")
        assert abs(screen.text.count("━") - whole / 4) <= 1
        assert "Recording" not in screen.text
        assert desk.microphone.recordings == []


async def test_when_think_time_is_over_the_recording_starts_by_itself(desk: FakeDesk) -> None:
    now = await thinking(desk)
    async with running(desk, desk.sitting(questions=2)) as screen:
        await screen.sees("1:00")
        now.seconds += 60
        await recording(screen)


@pytest.mark.parametrize("key", ["enter", "space"])
async def test_enter_and_space_start_the_answer_at_once(desk: FakeDesk, key: str) -> None:
    await thinking(desk)
    async with running(desk, desk.sitting(questions=2)) as screen:
        await screen.sees("Not recorded")
        await screen.press(key)
        await recording(screen)


async def test_hearing_it_again_while_thinking_costs_no_think_time(desk: FakeDesk) -> None:
    now = await thinking(desk)
    async with running(desk, desk.sitting(questions=2)) as screen:
        await screen.sees("1:00")
        now.seconds += 20
        await screen.sees("0:40")
        desk.player.seconds = LONG
        await screen.press("s")
        await screen.sees("being read")
        now.seconds += 300
        await screen.press("enter")
        await screen.sees("0:40")
    assert desk.voice.said[:2] == [(ASKED, 1.0), (ASKED, 0.8)]


@pytest.mark.parametrize(("key", "then"), [("k", "Question 2 of 2"), ("escape", "Next session")])
async def test_while_thinking_k_skips_and_esc_leaves(desk: FakeDesk, key: str, then: str) -> None:
    await thinking(desk)
    async with running(desk, desk.sitting(questions=2)) as screen:
        await screen.sees("Not recorded")
        await screen.press(key)
        await screen.sees(then)
    assert desk.microphone.recordings == []


async def test_an_enter_too_many_does_not_end_the_answer_as_it_begins(desk: FakeDesk) -> None:
    await thinking(desk)
    async with running(desk, desk.sitting(questions=2)) as screen:
        await screen.sees("Not recorded")
        for _ in range(3):
            screen.app.screen.action_go_on()
        await recording(screen)
        await screen.until(lambda: desk.microphone.recordings[0].level.seconds > 0.2)
        assert not desk.microphone.recordings[0].ended


# While somebody answers


async def test_recording_is_said_only_once_sound_has_really_arrived(desk: FakeDesk) -> None:
    asks(desk)
    desk.microphone.delay = 2.0
    async with running(desk, desk.sitting(questions=2)) as screen:
        await screen.sees("Opening the microphone …")
        assert "Recording" not in screen.text
        await recording(screen)
        assert "Opening" not in screen.text


async def test_an_impatient_enter_before_the_first_sound_does_not_end_the_answer(desk: FakeDesk) -> None:
    asks(desk, think=0.0)
    desk.microphone.delay = 2.0
    async with running(desk, desk.sitting(questions=2)) as screen:
        await screen.sees("Opening the microphone …")
        await screen.until(lambda: "Leave" in screen.lines[-1])
        assert "Stop" not in screen.lines[-1]
        await screen.press("enter", "space")
        await recording(screen)
        await screen.until(lambda: "Stop" in screen.lines[-1])


async def test_only_question_clock_lights_level_and_microphone_are_there(desk: FakeDesk) -> None:
    asks(desk)
    async with running(desk, desk.sitting(questions=2)) as screen:
        await recording(screen)
        await screen.until(lambda: "Stop" in screen.lines[-1])
        shown = [line for line in screen.lines if line.strip()]
        assert len(shown) == 8  # which question, question, recording, clock, bar, marks, level, footer
        assert "Question 1 of 2" in shown[0]
        assert ASKED in shown[1]
        assert "0:00  keep going" in shown[3]
        assert "green 0:30   amber 0:50   red 1:00" in shown[5]
        assert shown[6].endswith("· good     Fake microphone")
        await offers(screen, "Stop", "Hide or show", "Leave")


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (0.5, "keep going"),
        (30.0, "green: enough said"),
        (50.0, "amber: wrap up"),
        (60.0, "red: time is up, stops by itself in"),
    ],
)
async def test_each_light_is_a_word_beside_its_colour(desk: FakeDesk, seconds: float, told: str) -> None:
    asks(desk)
    async with running(desk, desk.sitting(questions=2)) as screen:
        await screen.until(lambda: desk.microphone.recordings and desk.microphone.recordings[0].level)
        desk.microphone.recordings[0]._frames = int(8000 * seconds)
        await screen.sees(told)


@pytest.mark.parametrize(
    ("level", "told"),
    [
        (Level(0, -120, -120, zeros=2.0, voice=None), "The microphone is sending silence (muted, or no permission)."),
        (Level(0, -8, 0, clipped=9, voice=0.5, loudest=-8), "Too loud: the sound is clipping."),
    ],
)
async def test_what_is_wrong_is_said_while_there_is_still_time(desk: FakeDesk, level: Level, told: str) -> None:
    asks(desk)
    desk.microphone.level = level
    async with running(desk, desk.sitting(questions=2)) as screen:
        await recording(screen)
        await screen.sees(told)


async def test_h_hides_the_question_from_a_speaker_too(desk: FakeDesk) -> None:
    asks(desk)
    async with running(desk, desk.sitting(questions=2)) as screen:
        await recording(screen)
        await screen.press("h")
        await screen.until(lambda: ASKED not in screen.words)


@pytest.mark.parametrize("key", ["enter", "space"])
async def test_enter_and_space_stop_and_the_review_follows(desk: FakeDesk, key: str) -> None:
    asks(desk)
    async with running(desk, desk.sitting(questions=2)) as screen:
        await recording(screen)
        await screen.press(key)
        await screen.arrives("ReviewScreen")
    (review,) = desk.parts.archive.reviews()
    assert review.take.capture.ended is Ended.STOPPED


async def test_the_keys_of_the_reading_do_nothing_while_somebody_answers(desk: FakeDesk) -> None:
    asks(desk)
    async with running(desk, desk.sitting(questions=2)) as screen:
        await recording(screen)
        await screen.press("r", "s", "k", "a", "n", "d", "x")
        await recording(screen)
        assert screen.name == "AttemptScreen"
    assert len(desk.voice.said) <= 2  # this question, and the next one looked ahead
    assert len(desk.microphone.recordings) == 1


async def test_the_next_question_is_spoken_into_the_cache_meanwhile(desk: FakeDesk) -> None:
    asks(desk)
    async with running(desk, desk.sitting(questions=2)) as screen:
        await recording(screen)
        await screen.until(lambda: len(desk.voice.said) == 2)
    assert desk.voice.said[1] == (desk.questions[1].text, 1.0)


async def test_the_limit_ends_the_answer_and_the_review_comes_by_itself(desk: FakeDesk) -> None:
    asks(desk)
    desk.microphone.pace = 2000
    async with running(desk, desk.sitting(questions=2)) as screen:
        await screen.arrives("ReviewScreen")
        await screen.sees("Stopped by itself after red and its grace.")
    (review,) = desk.parts.archive.reviews()
    assert review.take.capture.ended is Ended.LIMIT
    assert review.take.capture.seconds == LIGHTS.end


async def test_while_it_is_saved_it_says_so_and_esc_cannot_lose_it(desk: FakeDesk) -> None:
    asks(desk)
    files = SlowFiles()
    desk.parts = replace(desk.parts, files=files)
    async with running(desk, desk.sitting(questions=2)) as screen:
        await recording(screen)
        await screen.press("enter")
        await screen.sees("Saving your answer …")
        await screen.press("escape", "enter", "k", "n")
        assert screen.name == "AttemptScreen"
        files.may.set()
        await screen.arrives("ReviewScreen")
    assert len(desk.parts.archive.history()) == 1


# Throwing it away


async def test_esc_asks_first_and_recording_goes_on_meanwhile(desk: FakeDesk) -> None:
    asks(desk)
    async with running(desk, desk.sitting(questions=2)) as screen:
        await recording(screen)
        await screen.press("escape")
        await screen.sees("Throw this answer away?")
        before = desk.microphone.recordings[0].level.seconds
        await screen.until(lambda: desk.microphone.recordings[0].level.seconds > before)
        await screen.press("n")
        await screen.arrives("AttemptScreen")
        await recording(screen)
        await screen.press("enter")
        await screen.arrives("ReviewScreen")
    assert len(desk.parts.archive.history()) == 1


@pytest.mark.parametrize(
    ("key", "then"), [("a", "Question 1 of 2"), ("n", "Question 2 of 2"), ("escape", "Next session")]
)
async def test_yes_throws_it_away_and_leaves_the_choice_what_next(desk: FakeDesk, key: str, then: str) -> None:
    asks(desk)
    async with running(desk, desk.sitting(questions=2)) as screen:
        await recording(screen)
        await screen.press("escape")
        await screen.arrives("Confirm")
        await screen.press("y")
        await screen.sees("Thrown away. Nothing was kept.")
        assert list(desk.locations.spool.iterdir()) == []
        desk.player.seconds = LONG
        await screen.press(key)
        await screen.until(lambda: then in screen.words and "Thrown away" not in screen.words)
    assert desk.parts.archive.history() == ()


@pytest.mark.parametrize("key", ["enter", "space"])
async def test_who_presses_stop_blindly_throws_nothing_away(desk: FakeDesk, key: str) -> None:
    asks(desk)
    async with running(desk, desk.sitting(questions=2)) as screen:
        await recording(screen)
        await screen.press("escape")
        await screen.arrives("Confirm")
        await screen.press(key, key)
        assert screen.name == "Confirm"
        assert not desk.microphone.recordings[0].ended


@pytest.mark.parametrize("keys", [("escape",), ("question_mark",), ("ctrl+p",)], ids=["discard", "help", "palette"])
async def test_an_answer_that_ends_by_itself_below_a_dialog_is_kept_and_reviewed(
    desk: FakeDesk, keys: Sequence[str]
) -> None:
    asks(desk)
    async with running(desk, desk.sitting(questions=2)) as screen:
        await recording(screen)
        await screen.press(*keys)
        await screen.until(lambda: screen.name != "AttemptScreen")
        desk.microphone.pace = 2000
        desk.microphone.fails_after, desk.microphone.fails_with = 0.0, Ended.LIMIT
        await screen.arrives("ReviewScreen")
        names = [type(one).__name__ for one in screen.app.screen_stack]
        assert names[-2:] == ["HomeScreen", "ReviewScreen"]
    assert len(desk.parts.archive.history()) == 1


# Going on in the session


async def test_the_interviewers_opening_is_said_once_before_the_first_question(desk: FakeDesk) -> None:
    reading(desk)
    desk.interviewers = (replace(INTERVIEWER, openings=("Good morning.",)),)
    desk.player.seconds = 0.05
    desk.questions = tuple(question(n, think=LONG) for n in (1, 2))
    async with running(desk, desk.sitting(questions=2)) as screen:
        await screen.sees("Not recorded")
        await screen.press("k")
        await screen.sees("Question 2 of 2")
        await screen.sees("Not recorded")
    assert [text for text, _ in desk.voice.said] == ["Good morning.", ASKED, desk.questions[1].text]

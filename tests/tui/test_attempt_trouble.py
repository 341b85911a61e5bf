"""The answering screen when something is wrong: with the microphone, the disk, the texts."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.color import Color

from tests.fakes import INTERVIEWER, FakeDesk, FakeMicrophone, question
from tests.tui.seeing import Screen, running
from vivavoce.errors import DiskError, NoMicrophone, PlaybackError, RecordingError, SettingsError
from vivavoce.model import Ended, Gap, Lights

NONE = NoMicrophone("No input device was found.", "Plug in a microphone, or use the demo microphone.")
MARKUP = "a[/b]c [@click=app.quit]x"
HOSTILE = f"{MARKUP} \x1b]0;owned\x07\x1b[2J\x9b31m\u202eend"


class DemoDesk(FakeDesk):
    """A desk on which a change of the microphone brings another one."""

    async def change(self, **changes: Any) -> None:
        await super().change(**changes)
        if changes.get("microphone") == "demo":
            self.microphone = FakeMicrophone("Demo microphone", pace=1)
            self.parts = replace(self.parts, microphone=self.microphone)


@pytest.fixture
async def desk(tmp_path: Path) -> FakeDesk:
    desk = DemoDesk(tmp_path, [question(n, think=0) for n in (1, 2)])
    desk.microphone.pace = 1
    yield desk
    await desk.close()


async def offers(screen: Screen, *descriptions: str) -> None:
    """Wait until the footer shows these, beside what stands in it everywhere, and no others."""

    def offered() -> set[str]:
        bindings = [active.binding for active in screen.app.screen.active_bindings.values()]
        return {binding.description for binding in bindings if binding.show} - {"Help", "Quit", "palette"}

    await screen.until(lambda: offered() == set(descriptions))
    await screen.until(lambda: all(description in screen.lines[-1] for description in descriptions))


# No microphone


async def test_without_a_microphone_sentence_remedy_and_all_ways_on_are_shown(desk: FakeDesk) -> None:
    desk.microphone.error = NONE
    async with running(desk, desk.sitting(questions=2)) as screen:
        await screen.sees(str(NONE))
        await offers(screen, "Try again", "Next", "Demo microphone", "Leave")
    assert list(desk.locations.spool.iterdir()) == []
    assert desk.parts.archive.history() == ()


async def test_d_lets_the_demo_microphone_answer_the_same_question(desk: FakeDesk) -> None:
    desk.microphone.error = NONE
    async with running(desk, desk.sitting(questions=2)) as screen:
        await screen.sees("No input device was found.")
        await screen.press("d")
        await screen.sees("● Recording")
        assert "Question 1 of 2" in screen.text
        assert "Demo microphone" in screen.text
    assert desk.changes == [{"microphone": "demo"}]


async def test_a_demo_microphone_that_cannot_be_had_is_told(desk: FakeDesk) -> None:
    desk.microphone.error = NONE

    async def refuse(**_: Any) -> None:
        raise SettingsError("The settings cannot be written.", "Make room.")

    desk.change = refuse
    async with running(desk, desk.sitting(questions=2)) as screen:
        await screen.sees("No input device was found.")
        await screen.press("d")
        await screen.sees("The settings cannot be written. Make room.")
        assert screen.name == "AttemptScreen"


async def test_a_tries_again_once_it_was_plugged_in(desk: FakeDesk) -> None:
    desk.microphone.error = NONE
    async with running(desk, desk.sitting(questions=2)) as screen:
        await screen.sees("No input device was found.")
        desk.microphone.error = None
        await screen.press("a")
        await screen.sees("● Recording")
        assert "Question 1 of 2" in screen.text


@pytest.mark.parametrize(("questions", "then"), [(2, "Question 2 of 2"), (1, "Next session")])
async def test_n_goes_on_to_the_next_question_or_home(desk: FakeDesk, questions: int, then: str) -> None:
    desk.microphone.error = NONE
    async with running(desk, desk.sitting(questions=questions)) as screen:
        await screen.sees("No input device was found.")
        await screen.press("n")
        await screen.sees(then)


async def test_esc_goes_home_from_a_failure(desk: FakeDesk) -> None:
    desk.microphone.error = NONE
    async with running(desk, desk.sitting(questions=2)) as screen:
        await screen.sees("No input device was found.")
        await screen.press("escape")
        await screen.arrives("HomeScreen")


# What breaks off


async def test_a_recording_that_cannot_start_offers_no_demo(desk: FakeDesk) -> None:
    desk.microphone.error = RecordingError("Not one block of sound arrived.", "Try again.")
    async with running(desk, desk.sitting(questions=2)) as screen:
        await screen.sees("Not one block of sound arrived. Try again.")
        await offers(screen, "Try again", "Next", "Leave")
        await screen.press("d")
        assert desk.changes == []


@pytest.mark.parametrize(
    ("ended", "told"),
    [
        (Ended.LOST, "The microphone went away; what was said until then is kept."),
        (Ended.STALLED, "The microphone stopped sending; what was said until then is kept."),
        (Ended.DISK, "The disk was full; what was said until then is kept."),
    ],
)
async def test_what_was_said_before_it_broke_off_is_kept_and_the_review_says_so_first(
    desk: FakeDesk, ended: Ended, told: str
) -> None:
    desk.microphone.pace = 20
    desk.microphone.fails_after, desk.microphone.fails_with = 1.0, ended
    async with running(desk, desk.sitting(questions=2)) as screen:
        await screen.arrives("ReviewScreen")
        await screen.sees(told)
        assert screen.words.index(told) < screen.words.index("length:")
    (review,) = desk.parts.archive.reviews()
    assert review.take.capture.ended is ended
    assert review.take.capture.seconds >= 1.0


async def test_sound_that_the_device_dropped_is_said_at_once_and_again_in_the_review(desk: FakeDesk) -> None:
    desk.microphone.gaps = (Gap(at=0.1, missing=0.5),)
    async with running(desk, desk.sitting(questions=2)) as screen:
        await screen.sees("The device has dropped 0.5 s of sound so far; the take will show where.")
        await screen.press("enter")
        await screen.arrives("ReviewScreen")
        await screen.sees("gap: 0.5 s")
        assert screen.words.index("gap:") < screen.words.index("length:")


async def test_a_take_that_cannot_be_saved_is_a_sentence_and_its_sound_stays_on_the_disk(desk: FakeDesk) -> None:
    desk.files.error = DiskError("No space is left on the disk.", "Make room; the answer is offered at the next start.")
    async with running(desk, desk.sitting(questions=2)) as screen:
        await screen.sees("● Recording")
        await screen.press("enter")
        await screen.sees(str(desk.files.error))
        await offers(screen, "Try again", "Next", "Leave")
    (orphan,) = desk.parts.archive.orphans(lambda _: False)
    assert orphan.spool.stat().st_size > 0


async def test_a_loudspeaker_that_fails_leaves_the_question_to_be_read(desk: FakeDesk) -> None:
    desk.player.error = PlaybackError("The loudspeaker went away.", "Choose another one.")
    desk.settings = replace(desk.settings, heard_only=True)
    async with running(desk, desk.sitting(questions=2)) as screen:
        await screen.sees("The loudspeaker went away. Choose another one.")
        assert "thing number 1" in screen.words


# Hostile and long texts


def shown_as_text(screen: Screen) -> None:
    assert MARKUP in screen.words
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", screen.text)
    assert "owned" not in screen.text
    assert screen.app.is_running


@pytest.mark.parametrize("notice", ["", HOSTILE])
async def test_question_interviewer_and_notice_are_only_text(desk: FakeDesk, notice: str) -> None:
    desk.interviewers = (replace(INTERVIEWER, name=HOSTILE),)
    desk.questions = (question(1, text=HOSTILE, think=600),)
    desk.voice.notice = notice
    desk.player.seconds = 1000
    async with running(desk, desk.sitting()) as screen:
        await screen.until(lambda: screen.words.count(MARKUP) == (3 if notice else 2))
        shown_as_text(screen)


async def test_the_microphones_name_is_only_text(desk: FakeDesk) -> None:
    desk.microphone = FakeMicrophone(HOSTILE, pace=1)
    desk.parts = replace(desk.parts, microphone=desk.microphone)
    async with running(desk, desk.sitting()) as screen:
        await screen.sees("● Recording")
        await screen.sees(MARKUP)
        shown_as_text(screen)


async def test_an_error_is_only_text(desk: FakeDesk) -> None:
    desk.microphone.error = NoMicrophone(HOSTILE, HOSTILE)
    async with running(desk, desk.sitting()) as screen:
        await screen.until(lambda: screen.words.count(MARKUP) == 2)
        shown_as_text(screen)


async def test_a_name_of_300_characters_takes_one_line(desk: FakeDesk) -> None:
    desk.microphone = FakeMicrophone("Extraordinary microphone " * 12, pace=1)
    desk.parts = replace(desk.parts, microphone=desk.microphone)
    desk.microphone.level = replace(desk.microphone.level, zeros=9.0)
    async with running(desk, desk.sitting()) as screen:
        await screen.sees("(muted, or no permission)")
        assert len([line for line in screen.lines if "Extraordinary" in line]) == 1
        assert "…" in screen.text


# Themes, and none


@pytest.mark.parametrize("theme", ["textual-dark", "textual-light"])
@pytest.mark.parametrize("seconds", [1.0, 30.0, 50.0, 60.0], ids=["early", "green", "amber", "red"])
async def test_each_light_can_be_read_in_both_themes(desk: FakeDesk, theme: str, seconds: float) -> None:
    desk.settings = replace(desk.settings, theme=theme)
    desk.questions = (question(1, think=0, lights=Lights(30, 50, 60, 15)),)
    async with running(desk, desk.sitting()) as screen:
        await screen.sees("● Recording")
        desk.microphone.recordings[0]._frames = int(8000 * seconds)
        await screen.sees("keep going" if seconds < 30 else {30: "green:", 50: "amber:", 60: "red:"}[int(seconds)])
        assert faint(screen) == []


async def test_without_colour_every_phase_and_every_light_is_still_told(
    desk: FakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    desk.questions = (question(1, think=600, lights=Lights(30, 50, 60, 15)),)
    async with running(desk, desk.sitting()) as screen:
        await screen.sees("Not recorded")
        assert colours(screen) == []
        await screen.press("enter")
        await screen.sees("● Recording")
        for seconds, told in ((30, "green: enough"), (50, "amber: wrap up"), (60, "red: time is up, stops by itself")):
            desk.microphone.recordings[0]._frames = 8000 * seconds
            await screen.sees(told)
            assert colours(screen) == []


def drawn(screen: Screen) -> Sequence[Any]:
    return [
        segment
        for strip in screen.app.screen._compositor.render_strips()
        for segment in strip
        if segment.text.strip() and segment.style and segment.style.color and segment.style.bgcolor
    ]


def faint(screen: Screen) -> list[str]:
    """What has a contrast (WCAG 2.2) below 3 to 1."""

    def contrast(segment: Any) -> float:
        front, back = (Color(*one.triplet) for one in (segment.style.color, segment.style.bgcolor))
        return ratio(front, back)

    return [one.text for one in drawn(screen) if re.search(r"[^\W_]", one.text) and contrast(one) < 3.0]


def ratio(front: Color, back: Color) -> float:
    light, dark = sorted((luminance(front), luminance(back)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(color: Color) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in color.normalized]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def colours(screen: Screen) -> list[str]:
    """Segments that are neither black, white nor grey."""
    return [
        one.text
        for one in drawn(screen)
        if any(Color(*part.triplet).hsl.s >= 0.05 for part in (one.style.color, one.style.bgcolor))
    ]

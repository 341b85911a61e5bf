"""The review when something is slow, missing, broken or hostile; and what its keys do then."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.color import Color

from tests.factories import words
from tests.fakes import FakeDesk, FakePlayback, FakePlayer, question
from tests.tui.seeing import Screen, keep, running
from vivavoce.errors import DiskError, ModelDamaged, ModelMissing, PlaybackError, RecogniserError
from vivavoce.model import Ended, Review, Span, Transcript
from vivavoce.tui.screens.review import ReviewScreen

SAID = "Um, I led the team, you know, and we won in the end because everybody helped."
MISSING = ModelMissing("The weights are not here.", "Fetch them.")
MARKUP = "a[/b]c [@click=app.quit]x"
HOSTILE = f"{MARKUP} \x1b]0;owned\x07\x1b[2J\x9b31m\u202eend"


class SlowPlayer(FakePlayer):
    """Opens the loudspeaker when it is told to, as a frozen sound server does."""

    def __init__(self) -> None:
        super().__init__(1000)
        self.may = asyncio.Event()
        self.given_up = 0

    async def play(self, audio: Path, span: Span | None = None, speed: float = 1.0) -> FakePlayback:
        try:
            await self.may.wait()
        except asyncio.CancelledError:
            self.given_up += 1
            raise
        return await super().play(audio, span, speed)


def written(text: str = SAID, **options: bool) -> Transcript:
    return Transcript(words(text, start=1.0), "fake", "fake.en", **options)


async def shown(screen: Screen, desk: FakeDesk, review: Review) -> None:
    screen.app.push_screen(ReviewScreen(desk, review))
    await screen.arrives("ReviewScreen")


# Listening


async def test_a_speed_that_was_chosen_while_held_counts_when_it_goes_on(desk: FakeDesk) -> None:
    review = keep(desk, 2, written())
    desk.player.seconds = 1000
    async with running(desk) as screen:
        await shown(screen, desk, review)
        await screen.press("space")
        await screen.sees("Playing")
        await screen.press("space")
        await screen.sees("Held at")
        at = desk.player.playbacks[0].position
        await screen.press("full_stop")
        await screen.sees("at 1.25 times the speed")
        assert len(desk.player.played) == 1
        await screen.press("space")
        await screen.until(lambda: len(desk.player.played) == 2)
        assert desk.player.played[1][1:] == (Span(pytest.approx(at), 20.0), 1.25)


async def test_slower_within_a_remarks_span_stops_where_the_span_does(desk: FakeDesk) -> None:
    review = keep(desk, 2, written())
    desk.player.seconds = 1000
    (number,) = [n for n, remark in enumerate(review.remarks) if remark.about == "pauses"]
    async with running(desk) as screen:
        await shown(screen, desk, review)
        await screen.press(*["down"] * number, "enter")
        await screen.until(lambda: len(desk.player.played) == 1)
        await screen.press("less_than_sign")
        await screen.until(lambda: len(desk.player.played) == 2)
        first, second = (span for _, span, _ in desk.player.played)
        assert first is not None
        assert second is not None
        assert second.end == first.end
        assert desk.player.playbacks[0].stopped


async def test_one_sound_at_a_time(desk: FakeDesk) -> None:
    review = keep(desk, 2, written())
    desk.player.seconds = 1000
    async with running(desk) as screen:
        await shown(screen, desk, review)
        await screen.press("tab", "enter", "right", "enter", "right", "enter")
        await screen.until(lambda: len(desk.player.played) == 3)
        await screen.until(lambda: [p.stopped for p in desk.player.playbacks] == [True, True, False])


async def test_position_and_word_are_shown_while_it_plays(desk: FakeDesk) -> None:
    review = keep(desk, 2, written())
    desk.player.seconds = 1000
    async with running(desk) as screen:
        await shown(screen, desk, review)
        await screen.press("tab", "right", "enter", "left")
        await screen.until(lambda: re.search(r"Playing 0:0\d of 0:20", screen.words))
        words = set()
        await screen.until(lambda: words.update(heard(screen)) or len(words) >= 2)
        assert words <= set(SAID.replace("you know,", "«you know,»").split())


def heard(screen: Screen) -> list[str]:
    """Words that are drawn on a ground of their own."""
    plain = screen.app.screen.styles.background.rich_color.triplet
    return [
        segment.text
        for strip in screen.app.screen._compositor.render_strips()[11:-2]
        for segment in strip
        if segment.text.strip() and segment.style and segment.style.bold and not segment.style.reverse
        if segment.style.bgcolor and segment.style.bgcolor.triplet != plain
    ]


async def test_a_figure_about_the_whole_answer_says_how_to_hear_it(desk: FakeDesk) -> None:
    review = keep(desk, 2, written())
    async with running(desk) as screen:
        await shown(screen, desk, review)
        await screen.press("enter")
        await screen.sees("This figure is about the whole answer: Space plays it.")
        assert desk.player.played == []


async def test_tab_changes_between_the_figures_and_the_words(desk: FakeDesk) -> None:
    review = keep(desk, 2, written())
    async with running(desk) as screen:
        await shown(screen, desk, review)
        names = []
        for _ in range(3):
            names.append(type(screen.app.focused).__name__)
            await screen.press("tab")
        assert names == ["OptionList", "TranscriptView", "OptionList"]


@pytest.mark.parametrize(("key", "then"), [("escape", "HomeScreen"), ("s", "ReviewScreen")])
async def test_a_sound_system_that_hangs_holds_nobody_up(desk: FakeDesk, key: str, then: str) -> None:
    review = keep(desk, 2, written())
    player = SlowPlayer()
    desk.parts = replace(desk.parts, player=player)
    async with running(desk) as screen:
        await shown(screen, desk, review)
        await screen.press("space", "tab", "right", "enter")
        assert screen.name == "ReviewScreen"
        await screen.press(key)
        await screen.arrives(then)
        await screen.until(lambda: player.given_up)
        player.may.set()
        await screen.press("x")
        assert player.played == []


async def test_leaving_for_the_next_attempt_ends_the_sound(desk: FakeDesk) -> None:
    desk.questions = (question(1, think=0),)
    async with running(desk, desk.sitting()) as screen:
        await screen.arrives("ReviewScreen")
        desk.player.seconds = 1000
        await screen.press("space")
        await screen.sees("Playing")
        playback = desk.player.playbacks[-1]
        await screen.press("a")
        await screen.arrives("AttemptScreen")
        assert playback.stopped


async def test_a_loudspeaker_that_breaks_off_can_be_tried_again(desk: FakeDesk) -> None:
    review = keep(desk, 2, written())
    desk.player.error = PlaybackError("The loudspeaker went away.", "Choose another one.")
    async with running(desk) as screen:
        await shown(screen, desk, review)
        await screen.press("space")
        await screen.sees("The loudspeaker went away. Choose another one.")
        desk.player.error, desk.player.seconds = None, 1000
        await screen.press("space")
        await screen.sees("Playing")


# Writing down


async def test_everything_else_works_while_it_is_written_down(desk: FakeDesk) -> None:
    review = keep(desk, 2)
    desk.recogniser.words = written().words
    desk.recogniser.held.clear()
    desk.player.seconds = 1000
    async with running(desk) as screen:
        await shown(screen, desk, review)
        await screen.sees("Writing down what you said")
        assert "an estimate from the sound alone" in screen.words
        await screen.press("d", "t", "f")
        assert screen.name == "ReviewScreen"
        assert len(desk.recogniser.heard) == 1
        assert desk.draft.heard == []
        await screen.press("o")
        await screen.arrives("Ask")
        await screen.type("kept")
        await screen.press("enter")
        await screen.arrives("ReviewScreen")
        desk.recogniser.held.set()
        await screen.sees("«Um,» I led the team")
        await screen.press("end")
        await screen.sees("your note – kept")
    filed = desk.parts.archive.review("take-2")
    assert filed.take.note == "kept"
    assert filed.transcript is not None


async def test_leaving_while_it_is_written_down_leaves_the_take_waiting(desk: FakeDesk) -> None:
    review = keep(desk, 2)
    desk.recogniser.held.clear()
    async with running(desk) as screen:
        await shown(screen, desk, review)
        await screen.sees("Writing down what you said")
        await screen.press("escape")
        await screen.arrives("HomeScreen")
    assert [take.id for take in desk.parts.archive.pending()] == ["take-2"]


async def test_damaged_weights_can_be_fetched_anew(desk: FakeDesk) -> None:
    review = keep(desk, 2)
    desk.recogniser.error = ModelDamaged("The weights are cut short.", "Fetch them again.")
    async with running(desk) as screen:
        await shown(screen, desk, review)
        await screen.sees("The weights are cut short. Fetch them again.")
        await screen.press("f")
        await screen.arrives("FetchScreen")


async def test_a_fetch_that_was_declined_changes_nothing(desk: FakeDesk) -> None:
    review = keep(desk, 2)
    desk.recogniser.error = MISSING
    async with running(desk) as screen:
        await shown(screen, desk, review)
        await screen.sees("The weights are not here.")
        await screen.press("f")
        await screen.arrives("FetchScreen")
        await screen.press("escape")
        await screen.arrives("ReviewScreen")
        assert "f fetch the weights" in screen.words
    assert desk.fetched == []
    assert len(desk.recogniser.heard) == 1


async def test_a_draft_that_fails_too_is_a_sentence(desk: FakeDesk) -> None:
    review = keep(desk, 2)
    desk.recogniser.error = MISSING
    desk.draft.error = RecogniserError("The draft broke.", "Try again.")
    async with running(desk) as screen:
        await shown(screen, desk, review)
        await screen.sees("The weights are not here.")
        await screen.press("d")
        await screen.sees("Not written down. The draft broke. Try again.")
    assert desk.parts.archive.review("take-2").transcript is None


async def test_a_draft_is_never_written_anew_unasked_and_says_what_it_is(desk: FakeDesk) -> None:
    review = keep(desk, 2, written(draft=True))
    async with running(desk) as screen:
        await shown(screen, desk, review)
        await screen.sees("Rough draft: every second word may be wrong. t writes it down properly.")
        await screen.press("d")
        assert desk.draft.heard == []
        assert desk.recogniser.heard == []


async def test_a_whole_transcript_is_not_written_again(desk: FakeDesk) -> None:
    review = keep(desk, 2, written())
    async with running(desk) as screen:
        await shown(screen, desk, review)
        await screen.press("t", "d", "f")
        assert screen.name == "ReviewScreen"
    assert desk.recogniser.heard == desk.draft.heard == []


# The archive


async def test_a_note_that_cannot_be_kept_is_told(desk: FakeDesk) -> None:
    review = keep(desk, 2, written())

    class FullArchive:
        def note(self, *_: str) -> Review:
            raise DiskError("No space is left on the disk.", "Make room.")

        def __getattr__(self, name: str) -> Any:
            return getattr(real, name)

    real = desk.parts.archive
    async with running(desk) as screen:
        await shown(screen, desk, review)
        desk.parts = replace(desk.parts, archive=FullArchive())
        await screen.press("o")
        await screen.arrives("Ask")
        await screen.type("lost")
        await screen.press("enter")
        await screen.sees("No space is left on the disk. Make room.")
        desk.parts = replace(desk.parts, archive=real)


async def test_esc_in_the_note_changes_nothing(desk: FakeDesk) -> None:
    review = keep(desk, 2, written())
    desk.parts.archive.note("take-2", "before")
    async with running(desk) as screen:
        await shown(screen, desk, desk.parts.archive.review(review.take.id))
        await screen.press("o")
        await screen.arrives("Ask")
        await screen.type("more")
        await screen.press("escape")
        await screen.arrives("ReviewScreen")
    assert desk.parts.archive.review("take-2").take.note == "before"


# What is wrong with the recording


@pytest.mark.parametrize(
    ("ended", "told"),
    [
        (Ended.LOST, "The microphone went away; what was said until then is kept."),
        (Ended.RECOVERED, "Recovered after the program ended in mid-answer"),
    ],
)
async def test_how_the_recording_ended_comes_before_any_figure(desk: FakeDesk, ended: Ended, told: str) -> None:
    kept = keep(desk, 2, written())
    from vivavoce.practice import review as reviewed  # the real one makes the remarks

    take = replace(kept.take, capture=replace(kept.take.capture, ended=ended))
    async with running(desk) as screen:
        await shown(screen, desk, reviewed(take, kept.sound, kept.transcript))
        await screen.sees(told)
        assert screen.words.index(told) < screen.words.index("length:")


# Room, colours and hostile texts


@pytest.mark.parametrize("questions", [1, 2], ids=["last", "more to come"])
async def test_with_everything_missing_every_key_is_still_to_be_seen(desk: FakeDesk, questions: int) -> None:
    desk.questions = tuple(question(n + 1, think=0) for n in range(questions))
    desk.recogniser.error = MISSING
    async with running(desk, desk.sitting()) as screen:
        await screen.sees("The weights are not here. Fetch them.")
        for told in (
            "t try again",
            "d rough draft now",
            "f fetch the weights",
            "Enter on ▸: hear it. Tab: to the words.",
        ):
            await screen.sees(told)
        for _ in range(2):
            await screen.until(lambda: screen.lines[-1].endswith("? Help"))  # the last one
            bindings = [active.binding for active in screen.app.screen.active_bindings.values()]
            assert {b.description for b in bindings if b.show and b.description not in screen.lines[-1]} == set()
            await screen.press("tab")
        await screen.press("tab")
        await screen.sees("Arrows and Enter: hear from a word.")


async def test_nothing_of_a_long_answer_is_out_of_reach(desk: FakeDesk) -> None:
    text = " ".join(f"word{n:03d}" for n in range(400))
    desk.questions = (question(1, text="why " * 150),)
    review = keep(desk, 20, written(text), asked=desk.questions[0])
    async with running(desk) as screen:
        await shown(screen, desk, review)
        await screen.sees("word000")
        await screen.press("end")
        await screen.sees("time to first word")
        await screen.press("tab", *["down"] * 45)
        await screen.sees("word399")


@pytest.mark.parametrize("theme", ["textual-dark", "textual-light"])
async def test_every_letter_can_be_read_in_both_themes_while_it_plays(desk: FakeDesk, theme: str) -> None:
    desk.settings = replace(desk.settings, theme=theme)
    desk.player.seconds = 1000
    review = keep(desk, 2, written())
    async with running(desk) as screen:
        await shown(screen, desk, review)
        await screen.press("tab", "enter")
        await screen.until(lambda: heard(screen))
        faint = [s.text for s in segments(screen) if re.search(r"[^\W_]", s.text) and contrast(s) < 3.0]
        assert faint == []


async def test_without_colour_fillers_cursor_and_state_are_still_there(
    desk: FakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    review = keep(desk, 2, written())
    async with running(desk) as screen:
        await shown(screen, desk, review)
        await screen.press("tab", "right")
        await screen.sees("«Um,» I led the team, «you know,»")
        assert [s.text for s in segments(screen) if s.style.reverse] == ["I"]
        assert all(Color(*s.style.color.triplet).hsl.s < 0.05 for s in segments(screen))


def segments(screen: Screen) -> list[Any]:
    return [
        segment
        for strip in screen.app.screen._compositor.render_strips()
        for segment in strip
        if segment.text.strip() and segment.style and segment.style.color and segment.style.bgcolor
    ]


def contrast(segment: Any) -> float:
    """As in WCAG 2.2, 1.4.3."""

    def luminance(triplet: tuple[int, int, int]) -> float:
        shares = [c / 255 for c in triplet]
        linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(segment.style.color.triplet), luminance(segment.style.bgcolor.triplet)))[::-1]
    return (light + 0.05) / (dark + 0.05)


async def test_question_note_error_and_words_are_only_text(desk: FakeDesk) -> None:
    review = keep(desk, 2, asked=question(1, text=HOSTILE))
    desk.recogniser.error = RecogniserError(HOSTILE, HOSTILE)
    review = desk.parts.archive.note(review.take.id, HOSTILE)
    async with running(desk) as screen:
        await shown(screen, desk, review)
        await screen.until(lambda: screen.words.count(MARKUP) == 3)  # the question, and the error twice
        await screen.press("end")
        await screen.sees(f"your note – {MARKUP}")
        only_text(screen)
        desk.recogniser.error = None
        desk.recogniser.words = (replace(written().words[0], text=HOSTILE),)
        await screen.press("t")
        await screen.sees("0:20 recorded")
        await screen.press("tab", "enter")
        await screen.until(lambda: desk.player.played)
        only_text(screen)


def only_text(screen: Screen) -> None:
    assert MARKUP in screen.words
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]|owned", screen.text)
    assert screen.app.is_running


async def test_the_summary_of_a_session_takes_a_question_as_text(desk: FakeDesk) -> None:
    desk.questions = (question(1, text=HOSTILE, think=0),)
    async with running(desk, desk.sitting()) as screen:
        await screen.arrives("ReviewScreen")
        await screen.press("n")
        await screen.arrives("SummaryScreen")
        only_text(screen)

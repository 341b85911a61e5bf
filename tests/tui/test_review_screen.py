from __future__ import annotations

from dataclasses import replace

import pytest

from tests.factories import words
from tests.fakes import FakeDesk, question
from tests.tui.seeing import Screen, keep, running
from vivavoce.errors import ModelMissing, PlaybackError, RecogniserError
from vivavoce.model import Gap, Review, Sound, Span, Transcript
from vivavoce.tui.screens.review import ReviewScreen

SAID = "Um, I led the team, you know, and we won in the end because everybody helped."


def written(text: str = SAID, **options: bool) -> Transcript:
    return Transcript(words(text, start=1.0), "fake", "fake.en", **options)


async def shown(screen: Screen, desk: FakeDesk, review: Review) -> None:
    screen.app.push_screen(ReviewScreen(desk, review))
    await screen.arrives("ReviewScreen")


async def test_figures_sentences_timeline_and_marked_fillers_are_there(desk: FakeDesk) -> None:
    review = keep(desk, 2, written())
    async with running(desk) as screen:
        await shown(screen, desk, review)
        for expected in (
            "length: 0:16",
            "fillers: 2 (um 1, you know 1)",
            "«Um,» I led the team, «you know,» and we won",
        ):
            await screen.sees(expected)
        assert "▇" in screen.text
        assert "0:20 recorded" in screen.text


async def test_space_plays_holds_and_goes_on(desk: FakeDesk) -> None:
    review = keep(desk, 2, written())
    desk.player.seconds = 20
    async with running(desk) as screen:
        await shown(screen, desk, review)
        await screen.press("space")
        await screen.sees("Playing 0:0")
        assert desk.player.played == [(desk.parts.archive.audio_path("take-2"), None, 1.0)]
        await screen.press("space")
        await screen.sees("Held at")
        assert desk.player.playbacks[0].paused
        await screen.press("space")
        await screen.sees("Playing")
        await screen.press("s")
        await screen.sees("0:20 recorded")
        assert desk.player.playbacks[0].stopped


async def test_enter_on_a_word_plays_from_it(desk: FakeDesk) -> None:
    review = keep(desk, 2, written())
    async with running(desk) as screen:
        await shown(screen, desk, review)
        await screen.press("tab", "right", "right", "enter")
        await screen.until(lambda: desk.player.played)
        start = review.transcript.words[2].start  # type: ignore[union-attr]
        assert desk.player.played[0][1] == Span(pytest.approx(start - 0.15), 20.0)


async def test_up_and_down_move_by_lines_and_the_ends_hold(desk: FakeDesk) -> None:
    review = keep(desk, 9, written("word " * 60))
    async with running(desk) as screen:
        await shown(screen, desk, review)
        await screen.press("tab", "up", "left", "down", "enter")
        await screen.until(lambda: desk.player.played)
        first_of_second_line = desk.player.played[0][1].start  # type: ignore[union-attr]
        per_line = round((first_of_second_line + 0.15 - 1.0) / 0.4)
        assert per_line == 15, "76 columns hold fifteen words of four letters"


async def test_enter_on_a_figure_plays_its_evidence(desk: FakeDesk) -> None:
    review = keep(desk, 2, written())
    (pauses,) = [number for number, remark in enumerate(review.remarks) if remark.about == "pauses"]
    async with running(desk) as screen:
        await shown(screen, desk, review)
        await screen.press(*["down"] * pauses, "enter")
        await screen.until(lambda: desk.player.played)
        span = review.remarks[pauses].span
        assert span is not None
        assert desk.player.played[0][1] == Span(pytest.approx(span.start - 0.3), pytest.approx(span.end + 0.3))


async def test_slower_and_faster_keep_the_place(desk: FakeDesk) -> None:
    review = keep(desk, 2, written())
    desk.player.seconds = 20
    async with running(desk) as screen:
        await shown(screen, desk, review)
        await screen.press("full_stop")
        await screen.sees("at 1.25 times the speed")
        assert desk.player.played == []
        await screen.press("space")
        await screen.sees("Playing")
        await screen.press("comma", "comma")
        await screen.until(lambda: len(desk.player.played) == 3)
        assert [speed for _, _, speed in desk.player.played] == [1.25, 1.0, 0.75]
        assert desk.player.played[2][1] is not None
        await screen.press(*["comma"] * 5)
        await screen.sees("at 0.5 times")
        await screen.press(*["full_stop"] * 9)
        await screen.sees("at 2 times")


async def test_leaving_the_screen_ends_the_sound(desk: FakeDesk) -> None:
    review = keep(desk, 2, written())
    desk.player.seconds = 20
    async with running(desk) as screen:
        await shown(screen, desk, review)
        await screen.press("space")
        await screen.sees("Playing")
        await screen.press("escape")
        await screen.arrives("HomeScreen")
        await screen.until(lambda: desk.player.playbacks[0].stopped)


async def test_a_player_that_fails_is_a_sentence(desk: FakeDesk) -> None:
    review = keep(desk, 2, written())
    desk.parts.archive.audio_path("take-2").unlink()
    async with running(desk) as screen:
        await shown(screen, desk, review)
        await screen.press("space")
        await screen.sees("There is no such sound file.")


async def test_it_writes_down_what_was_said_by_itself_and_shows_how_far_it_is(desk: FakeDesk) -> None:
    review = keep(desk, 2)
    desk.recogniser.words = written().words
    desk.recogniser.held.clear()
    async with running(desk) as screen:
        await shown(screen, desk, review)
        await screen.sees("Writing down what you said … 40%")
        await screen.press("space")
        await screen.until(lambda: desk.player.played)
        desk.recogniser.held.set()
        await screen.sees("«Um,» I led the team")
    assert desk.parts.archive.review("take-2").transcript is not None


async def test_without_weights_there_is_the_remedy_a_draft_and_a_way_to_fetch(desk: FakeDesk) -> None:
    review = keep(desk, 2)
    desk.recogniser.error = ModelMissing("The weights are not here.", "Fetch them.")
    desk.draft.words = written().words
    async with running(desk) as screen:
        await shown(screen, desk, review)
        await screen.sees("The weights are not here. Fetch them.")
        await screen.sees("f fetch the weights")
        await screen.press("d")
        await screen.sees("Rough draft: every second word may be wrong.")
        await screen.sees("not counted in a draft")
        assert "«" not in screen.text
        desk.recogniser.error = None
        desk.recogniser.words = written().words
        await screen.press("t")
        await screen.sees("«Um,» I led the team")


async def test_fetching_from_the_review_writes_it_down_afterwards(desk: FakeDesk) -> None:
    review = keep(desk, 2)
    desk.recogniser.error = ModelMissing("The weights are not here.", "Fetch them.")
    async with running(desk) as screen:
        await shown(screen, desk, review)
        await screen.sees("The weights are not here.")
        desk.recogniser.error = None
        desk.recogniser.words = written().words
        await screen.press("f")
        await screen.sees("Fetch the weights of Whisper base.en?")
        assert desk.fetched == []
        await screen.press("y")
        await screen.sees("«Um,» I led the team")
    assert desk.fetched == ["base.en"]


async def test_a_recogniser_that_fails_can_be_tried_again(desk: FakeDesk) -> None:
    review = keep(desk, 2)
    desk.recogniser.error = RecogniserError("It broke.", "Try again.")
    async with running(desk) as screen:
        await shown(screen, desk, review)
        await screen.sees("Not written down. It broke. Try again.")
        assert "fetch the weights" not in screen.text
        desk.recogniser.error = None
        desk.recogniser.words = written().words
        await screen.press("t")
        await screen.sees("«Um,» I led the team")


async def test_no_words_is_said_and_not_filled_in(desk: FakeDesk) -> None:
    review = keep(desk, 2, Transcript((), "fake", "fake.en"))
    async with running(desk) as screen:
        await shown(screen, desk, review)
        await screen.sees("No words could be made out.")


async def test_where_there_is_no_voice_nobody_could_be_heard(desk: FakeDesk) -> None:
    review = keep(desk, 2, Transcript((), "fake", "fake.en"))
    silent = replace(review, sound=Sound(20.0, None, (), None, None, 0.0, None, None))
    async with running(desk) as screen:
        await shown(screen, desk, silent)
        await screen.sees("Nobody could be heard.")


async def test_gaps_are_shown_before_any_figure(desk: FakeDesk) -> None:
    review = keep(desk, 2, written(), gaps=(Gap(3.0, 0.7),))
    async with running(desk) as screen:
        await shown(screen, desk, review)
        await screen.sees("gap: 0.7 s – The device dropped sound here")
        assert screen.words.index("gap:") < screen.words.index("length:")
        await screen.press("enter")
        await screen.until(lambda: desk.player.played)
        assert desk.player.played[0][1] == Span(pytest.approx(2.7), pytest.approx(3.3))


async def test_a_note_is_kept_and_shown(desk: FakeDesk) -> None:
    review = keep(desk, 2, written())
    async with running(desk) as screen:
        await shown(screen, desk, review)
        await screen.press("o")
        await screen.sees("A note on this answer")
        await screen.type("More numbers")
        await screen.press("enter", "end")
        await screen.sees("your note – More numbers")
    assert desk.parts.archive.review("take-2").take.note == "More numbers"


async def test_export_writes_a_file_and_says_where(desk: FakeDesk) -> None:
    review = keep(desk, 2, written())
    async with running(desk) as screen:
        await shown(screen, desk, review)
        await screen.press("e")
        await screen.sees("Export 1 take")
        await screen.press("enter")
        await screen.sees("Written to")
    (file,) = desk.locations.exports.iterdir()
    assert "«Um,»" in file.read_text()
    assert file.stat().st_mode & 0o077 == 0


async def answered(screen: Screen, number: int) -> None:
    """Answer the question of this number, and arrive at the review."""
    await screen.arrives("AttemptScreen")
    await screen.sees(f"Question {number} of 2")
    await screen.sees("● Recording")
    await screen.press("enter")
    await screen.arrives("ReviewScreen")


async def test_again_next_and_the_end_of_the_session(desk: FakeDesk) -> None:
    desk.questions = (question(1, think=0), question(2, think=0))
    desk.microphone.pace = 1
    async with running(desk, desk.sitting()) as screen:
        await answered(screen, 1)
        await screen.press("a")
        await answered(screen, 1)
        await screen.sees("n Next")
        await screen.press("n")
        await answered(screen, 2)
        await screen.sees("n Done")
        await screen.press("n")
        await screen.arrives("SummaryScreen")
        spoken = sum(review.delivery.answer or 0 for review in desk.parts.archive.reviews())
        assert f"3 takes, 0:{spoken:02.0f} of speaking" in screen.words
        order = [line.split()[-1] for line in screen.lines if "thing number" in line]
        assert order == ["1.", "1.", "2."]
        await screen.press("enter")
        await screen.arrives("HomeScreen")


async def test_the_end_of_a_session_says_what_still_waits_to_be_written_down(desk: FakeDesk) -> None:
    desk.questions = (question(1, think=0),)
    desk.recogniser.error = ModelMissing("The weights are not here.", "Fetch them.")
    async with running(desk, desk.sitting()) as screen:
        await screen.sees("The weights are not here.")
        await screen.press("n")
        await screen.sees("1 take, ")
        await screen.sees("1 not written down yet: in Past takes, w does it.")
        await screen.press("escape")
        await screen.arrives("HomeScreen")


async def test_a_review_outside_a_session_offers_neither_again_nor_next(desk: FakeDesk) -> None:
    review = keep(desk, 2, written())
    async with running(desk) as screen:
        await shown(screen, desk, review)
        await screen.press("a", "n")
        assert screen.name == "ReviewScreen"
        assert not {"Again", "Next", "Done"} & set(screen.lines[-1].split())


async def test_a_hostile_transcript_is_only_text(desk: FakeDesk) -> None:
    review = keep(desk, 2, written("[/b] [@click=app.quit]x[/] \x1b]0;owned\x07 and so on"))
    async with running(desk) as screen:
        await shown(screen, desk, review)
        await screen.sees("[/b] [@click=app.quit]x[/]")
        assert "\x1b" not in screen.text


@pytest.mark.parametrize("theme", ["textual-dark", "textual-light"])
async def test_the_keys_fit_80_columns_in_both_themes(desk: FakeDesk, theme: str) -> None:
    await desk.change(theme=theme)
    async with running(desk, desk.sitting()) as screen:
        await screen.arrives("ReviewScreen")
        for key in ("Esc", "Space", "Again", "Next", "Export", "Note", "Help"):
            await screen.sees(key)


async def test_a_failing_loudspeaker_does_not_end_the_program(desk: FakeDesk) -> None:
    review = keep(desk, 2, written())
    desk.player.error = PlaybackError("No loudspeaker.", "Plug one in.")
    async with running(desk) as screen:
        await shown(screen, desk, review)
        await screen.press("space")
        await screen.sees("No loudspeaker. Plug one in.")
        await screen.sees("0:20 recorded")

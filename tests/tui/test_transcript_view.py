"""The words of a take: marks, cursor, the word that is being heard, and where each word stands."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.pilot import Pilot

from tests import factories
from tests.tui.seeing import SIZE
from vivavoce.model import Review, Transcript, Word
from vivavoce.tui.messages import PlayFrom
from vivavoce.tui.widgets.transcript import TranscriptView, line_numbers


class Reading(App[None]):
    """Nothing but a transcript."""

    CSS = "VerticalScroll { height: 10; } TranscriptView { height: auto; }"

    def __init__(self, review: Review) -> None:
        super().__init__()
        self._review = review
        self.asked: list[float] = []

    def compose(self) -> ComposeResult:
        with VerticalScroll(can_focus=False):
            yield TranscriptView()

    def on_mount(self) -> None:
        view = self.query_one(TranscriptView)
        view.show(self._review)
        view.focus()

    def on_play_from(self, message: PlayFrom) -> None:
        self.asked.append(message.seconds)

    def styled(self, style: str) -> str:
        """What is drawn in this style, in one line."""
        return " ".join(
            segment.text.strip()
            for strip in self.screen._compositor.render_strips()
            for segment in strip
            if segment.text.strip(" ▁▂▃▄▅▆▇█") and segment.style and style in str(segment.style).split()
        )

    @property
    def text(self) -> str:
        return "\n".join(strip.text.rstrip() for strip in self.screen._compositor.render_strips())


@asynccontextmanager
async def reading(text: str, **options: bool) -> AsyncIterator[tuple[Reading, Pilot[None], TranscriptView]]:
    said = factories.transcript(text, **options)
    review = factories.review(None)
    made = factories.review(text)
    shown = Review(review.take, made.sound, made.delivery if not said.draft else review.delivery, (), said)
    app = Reading(shown)
    async with app.run_test(size=SIZE) as pilot:
        async with asyncio.timeout(15):
            while not app.styled("reverse"):
                await pilot.pause(0.01)
        yield app, pilot, app.query_one(TranscriptView)


# Marks


async def test_fillers_are_marked_by_a_shape_as_well_as_by_a_style() -> None:
    async with reading("Um, I led the team, you know, and we won.") as (app, _, _):
        assert "«Um,» I led the team, «you know,» and we won." in app.text
        assert app.styled("underline") == "«Um,» «you know,»"


async def test_in_a_draft_nothing_is_marked() -> None:
    async with reading("Um, I led the team, you know, and we won.", draft=True) as (app, _, _):
        assert "«" not in app.text
        assert app.styled("underline") == ""


@pytest.mark.parametrize("hostile", ["[/b]", "[@click=app.quit]x[/]", "\x1b[2J\x1b]0;owned\x07", "\u202eabc", "a\nb"])
async def test_words_are_only_text(hostile: str) -> None:
    said = Transcript((Word("before", 1, 2), Word(hostile, 2, 3), Word("after", 3, 4)), "fake", "fake")
    made = factories.review("before after")
    app = Reading(Review(made.take, made.sound, made.delivery, (), said))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("right", "enter")
        await pilot.pause()
        assert app.asked == [2]
        assert "before" in app.text
        assert "after" in app.text
        assert "\x1b" not in app.text
        assert "\u202e" not in app.text
        assert "owned" not in app.text
        assert app.is_running


# The cursor


async def test_the_cursor_shows_only_while_the_words_have_the_focus() -> None:
    async with reading("one two three") as (app, pilot, view):
        assert app.styled("reverse") == "one"
        app.set_focus(None)
        await pilot.pause()
        assert app.styled("reverse") == ""
        view.focus()
        await pilot.pause()
        assert app.styled("reverse") == "one"


async def test_arrows_go_from_word_to_word_and_stay_inside() -> None:
    async with reading("one two three") as (app, pilot, _):
        for key, word in (("left", "one"), ("right", "two"), ("right", "three"), ("right", "three"), ("left", "two")):
            await pilot.press(key)
            await pilot.pause()
            assert app.styled("reverse") == word


async def test_enter_asks_for_the_take_from_the_words_start() -> None:
    async with reading("one two | three") as (app, pilot, _):
        await pilot.press("right", "right", "enter")
        await pilot.pause()
        assert app.asked == [pytest.approx(1.0 + 0.4 + 0.4 + 1.0)]


async def test_down_and_up_go_to_the_word_below_and_above() -> None:
    async with reading(" ".join(f"word{n:02d}" for n in range(60))) as (app, pilot, _):
        per_line = 11  # seven columns each on eighty, the last without its space
        await pilot.press("right", "down")
        await pilot.pause()
        assert app.styled("reverse") == f"word{per_line + 1}"
        await pilot.press("up")
        await pilot.pause()
        assert app.styled("reverse") == "word01"
        await pilot.press("up")
        await pilot.pause()
        assert app.styled("reverse") == "word01"


async def test_the_cursor_stays_on_the_screen_in_a_long_answer() -> None:
    async with reading(" ".join(f"word{n:03d}" for n in range(600))) as (app, pilot, view):
        for _ in range(49):
            view.action_line(1)
        await pilot.pause()
        assert app.styled("reverse") == "word441"
        await pilot.press(*["up"] * 3)
        await pilot.pause()
        assert app.styled("reverse") == "word414"


# The word that is being heard


async def test_the_word_that_is_being_heard_is_marked_and_none_in_a_pause() -> None:
    async with reading("one two | three four") as (app, pilot, view):
        app.set_focus(None)
        view.hearing(1.5)
        await pilot.pause()
        assert app.styled("bold") == "two"
        view.hearing(2.2)
        await pilot.pause()
        assert app.styled("bold") == ""
        view.hearing(None)
        await pilot.pause()
        assert app.styled("bold") == ""


async def test_a_filler_that_is_being_heard_looks_different_from_one_that_is_not() -> None:
    async with reading("Um, one uh, two") as (app, pilot, view):
        app.set_focus(None)
        view.hearing(1.9)  # the second
        await pilot.pause()
        grounds = {
            segment.text: segment.style.bgcolor
            for strip in app.screen._compositor.render_strips()
            for segment in strip
            if segment.style and "«" in segment.text
        }
        assert list(grounds) == ["«Um,»", "«uh,»"]
        assert grounds["«Um,»"] != grounds["«uh,»"]


async def test_the_screen_follows_the_word_that_is_being_heard() -> None:
    async with reading(" ".join(f"word{n:03d}" for n in range(600))) as (app, pilot, view):
        assert "word500" not in app.text
        view.hearing(1.0 + 0.4 * 500 + 0.1)
        await pilot.pause()
        assert "word500" in app.text


# Where a word stands


WORDS = st.lists(st.text(st.sampled_from("ab-,.'日é👍"), min_size=1, max_size=40), min_size=1, max_size=60)


@given(words=WORDS, width=st.integers(8, 80))
@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
def test_each_words_line_is_the_one_that_it_is_drawn_in(words: list[str], width: int) -> None:
    drawn = [line.plain for line in Content(" ".join(words)).wrap(width)]
    at = line_numbers(words, width)
    begins = []
    line = column = 0
    for word in words:
        rest = drawn[line][column:]
        while not rest.strip():
            line, column = line + 1, 0
            rest = drawn[line]
        begins.append(line)
        column += len(rest) - len(rest.lstrip())
        left = word
        while left:
            here = drawn[line][column:][: len(left)]
            assert left.startswith(here)
            left, column = left[len(here) :], column + len(here)
            if left:
                line, column = line + 1, 0
    assert at == begins

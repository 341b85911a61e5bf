from pathlib import Path

from textual.widgets import Input

from tests.fakes import FakeDesk, question
from tests.tui.seeing import running
from vivavoce.model import Kind, Lights

LONG = question(
    1,
    Kind.TRICKY,
    text="Why did you leave your last position after only four months, and what would they say about you?",
    think=75,
    lights=Lights(green=60, amber=90, red=125),
    listens_for="Honesty without blame.",
)


async def test_questions_stand_with_their_kind_times_and_what_the_panel_listens_for(tmp_path: Path) -> None:
    desk = FakeDesk(tmp_path, [LONG, question(2, Kind.CLOSING, think=0)])
    async with running(desk) as screen:
        await screen.press("q")
        await screen.sees("think 1:15, green 1:00, amber 1:30, red 2:05")
        assert "The panel listens for: Honesty without blame." in screen.words
        assert "what would they say about you?" in screen.words
        await screen.press("down")
        await screen.sees("no think time, green 0:02")
    await desk.close()


async def test_slash_filters_by_words_and_kind_as_it_is_typed(desk: FakeDesk) -> None:
    async with running(desk) as screen:
        await screen.press("q", "slash")
        await screen.type("tricky num")
        await screen.sees("tricky Tell me about the time when you did thing number 8.")
        assert "closing" not in screen.text
        await screen.type("zz")
        await screen.sees("No question has these words.")


async def test_a_filter_that_changes_faster_than_the_list_is_drawn_breaks_nothing(desk: FakeDesk) -> None:
    async with running(desk) as screen:
        await screen.press("q")
        line = screen.app.screen.query_one(Input)
        line.value = "thing"
        line.value = "zzzz"
        await screen.sees("No question has these words.")
        line.value = ""
        await screen.sees("think 0:00, green")


async def test_enter_goes_from_the_filter_to_the_list_and_practises_from_there(desk: FakeDesk) -> None:
    async with running(desk) as screen:
        await screen.press("q", "slash")
        await screen.type("q left")
        await screen.press("enter")
        assert screen.name == "BankScreen"
        await screen.press("slash", *["backspace"] * 6)
        await screen.type("left")
        await screen.press("enter", "enter")
        await screen.arrives("AttemptScreen")
        await screen.sees("Question 1 of 1 · left-field")


async def test_esc_goes_from_the_filter_to_the_list_and_then_home(desk: FakeDesk) -> None:
    async with running(desk) as screen:
        await screen.press("q", "slash", "escape")
        assert screen.name == "BankScreen"
        await screen.press("escape")
        await screen.arrives("HomeScreen")


async def test_with_nothing_to_practise_enter_does_nothing(desk: FakeDesk) -> None:
    async with running(desk) as screen:
        await screen.press("q", "slash")
        await screen.type("zz")
        await screen.press("enter", "enter")
        assert screen.name == "BankScreen"

import asyncio
from collections.abc import Callable
from typing import Any

from tests.fakes import FakeDesk
from tests.tui.seeing import Screen, running
from vivavoce.errors import FetchError
from vivavoce.tui.screens.dialogs import Ask, Choose, ChooseSome, Confirm
from vivavoce.tui.screens.fetch import FetchScreen


async def answered(screen: Screen, dialog: Any, *keys: str) -> Any:
    """What a dialog answers to these keys."""
    answers: list[Any] = []
    screen.app.push_screen(dialog, answers.append)
    await screen.arrives(type(dialog).__name__)
    await screen.press(*keys)
    await screen.until(lambda: answers)
    return answers[0]


async def test_confirm_takes_y_for_yes_and_everything_else_for_no_or_nothing(desk: FakeDesk) -> None:
    async with running(desk) as screen:
        assert await answered(screen, Confirm("Sure?", "do it", "leave it"), "enter", "space", "y") is True
        assert await answered(screen, Confirm("Sure?", "do it", "leave it"), "n") is False
        assert await answered(screen, Confirm("Sure?", "do it", "leave it"), "escape") is False


async def test_ask_gives_the_line_cleaned_and_none_where_it_was_left(desk: FakeDesk) -> None:
    async with running(desk) as screen:
        assert await answered(screen, Ask("A note", "good"), "end", "space", "q", "enter") == "good q"
        assert await answered(screen, Ask("A note", "good"), "x", "escape") is None


async def test_choose_gives_the_id_and_none_where_it_was_left(desk: FakeDesk) -> None:
    options = [("a", "First"), ("b", "Second")]
    async with running(desk) as screen:
        assert await answered(screen, Choose("Which?", options), "down", "enter") == "b"
        assert await answered(screen, Choose("Which?", options), "escape") is None


async def test_choose_some_gives_what_is_ticked_in_the_lists_own_order(desk: FakeDesk) -> None:
    options = [("a", "First"), ("b", "Second"), ("c", "Third")]
    async with running(desk) as screen:
        assert await answered(screen, ChooseSome("Which?", options, ["c"]), "space", "enter") == ["a", "c"]
        assert await answered(screen, ChooseSome("Which?", options, ["c"]), "escape") is None


async def test_fetching_tells_size_address_and_place_before_it_asks(desk: FakeDesk) -> None:
    async with running(desk) as screen:
        screen.app.push_screen(FetchScreen(desk, "base.en"))
        await screen.arrives("FetchScreen")
        for told in (
            "about 145 MB, once",
            "https://example.org/base.en.pt",
            "/nowhere/base.en.pt",
            "y    fetch them now",
        ):
            assert told in screen.text
        assert desk.fetched == []


async def test_fetching_shows_its_progress_and_says_when_it_is_done(desk: FakeDesk) -> None:
    went_on = asyncio.Event()

    async def fetch(model: str, progress: Callable[[int, int | None], None]) -> None:
        progress(10_000_000, 100_000_000)
        progress(40_000_000, 100_000_000)
        await went_on.wait()
        desk.fetched.append(model)

    desk.fetch = fetch
    answers: list[bool | None] = []
    async with running(desk) as screen:
        screen.app.push_screen(FetchScreen(desk, "base.en"), answers.append)
        await screen.arrives("FetchScreen")
        await screen.press("y")
        await screen.sees("40.0 MB of 100 MB (40%)")
        await screen.sees("MB/s, about 0:")
        went_on.set()
        await screen.until(lambda: answers)
    assert answers == [True]
    assert desk.fetched == ["base.en"]


async def test_fetching_can_be_stopped_and_is_then_not_done(desk: FakeDesk) -> None:
    stopped: list[bool] = []

    async def fetch(_: str, progress: Callable[[int, int | None], None]) -> None:
        progress(1, None)
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            stopped.append(True)
            raise

    desk.fetch = fetch
    async with running(desk) as screen:
        screen.app.push_screen(FetchScreen(desk, "base.en"))
        await screen.arrives("FetchScreen")
        await screen.press("y")
        await screen.sees("0.0 MB")
        await screen.press("escape")
        await screen.arrives("HomeScreen")
        await screen.until(lambda: stopped)


async def test_a_fetch_that_fails_is_a_sentence_and_can_be_tried_again(desk: FakeDesk) -> None:
    desk.fetch_error = FetchError("The connection broke.", "Try again.")
    answers: list[bool | None] = []
    async with running(desk) as screen:
        screen.app.push_screen(FetchScreen(desk, "base.en"), answers.append)
        await screen.arrives("FetchScreen")
        await screen.press("y")
        await screen.sees("The connection broke. Try again.")
        desk.fetch_error = None
        await screen.press("y")
        await screen.until(lambda: answers)
    assert answers == [True]


async def test_what_nobody_publishes_is_not_fetched(desk: FakeDesk) -> None:
    async with running(desk) as screen:
        screen.app.push_screen(FetchScreen(desk, "/my/own.pt"))
        await screen.sees("This is none of the models that Whisper's makers offer")
        await screen.press("y", "enter")
        assert screen.name == "FetchScreen"
    assert desk.fetched == []

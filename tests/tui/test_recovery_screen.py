import asyncio
from collections.abc import Sequence
from typing import Any

from tests.fakes import FakeDesk, question
from tests.tui.seeing import leave_behind, running
from vivavoce.errors import ArchiveError, SoundFileError
from vivavoce.model import Ended


async def test_a_recording_that_was_cut_short_is_offered_at_the_start(desk: FakeDesk) -> None:
    leave_behind(desk, seconds=134, asked=question(text="Why us?"))
    async with running(desk) as screen:
        assert screen.name == "RecoveryScreen"
        assert "Recovered answer, 2:14" in screen.text
        assert "Why us?" in screen.text
        assert "on USB headset." in screen.text


async def test_k_keeps_it_as_a_take_and_shows_its_review(desk: FakeDesk) -> None:
    leave_behind(desk, seconds=2)
    async with running(desk) as screen:
        await screen.press("k")
        await screen.arrives("ReviewScreen")
        await screen.press("escape")
        await screen.arrives("HomeScreen")
    (review,) = desk.parts.archive.reviews()
    assert review.take.capture.ended is Ended.RECOVERED
    assert review.take.capture.seconds == 2
    assert list(desk.locations.spool.iterdir()) == []


async def test_a_key_pressed_twice_keeps_it_once_and_nothing_else_happens_meanwhile(desk: FakeDesk) -> None:
    leave_behind(desk)
    calls: list[Sequence[Any]] = []
    go_on = asyncio.Event()
    finish = desk.files.finish

    async def slow(*arguments: Any) -> Any:
        calls.append(arguments)
        await go_on.wait()
        return await finish(*arguments)

    desk.files.finish = slow
    async with running(desk) as screen:
        await screen.press("k", "k", "enter", "d", "escape")
        await screen.sees("Saving it …")
        assert screen.name == "RecoveryScreen"
        go_on.set()
        await screen.arrives("ReviewScreen")
    assert len(calls) == 1
    assert len(desk.parts.archive.history()) == 1


async def test_discarding_asks_and_only_y_discards(desk: FakeDesk) -> None:
    leave_behind(desk)
    async with running(desk) as screen:
        await screen.press("d")
        await screen.arrives("Confirm")
        await screen.press("enter", "escape")
        await screen.arrives("RecoveryScreen")
        assert len(list(desk.locations.spool.glob("*.pcm"))) == 1
        await screen.press("d", "y")
        await screen.arrives("HomeScreen")
    assert list(desk.locations.spool.iterdir()) == []
    assert desk.parts.archive.history() == ()


async def test_esc_decides_later_and_it_is_offered_again(desk: FakeDesk) -> None:
    leave_behind(desk, name="left-1")
    leave_behind(desk, seconds=3, name="left-2")
    for _ in range(2):
        async with running(desk) as screen:
            seen = []
            while screen.name == "RecoveryScreen":
                seen.append(screen.words.split("Recovered answer, ")[1][:4])
                await screen.press("escape")
            assert seen == ["0:02", "0:03"]
            assert screen.name == "HomeScreen"


async def test_of_a_recording_without_sound_there_is_nothing_to_keep(desk: FakeDesk) -> None:
    leave_behind(desk, seconds=0)
    async with running(desk) as screen:
        assert "there is nothing to hear in it" in screen.words
        assert "Keep" not in screen.lines[-1]
        await screen.press("k", "enter")
        assert screen.name == "RecoveryScreen"
        await screen.press("d", "y")
        await screen.arrives("HomeScreen")
    assert list(desk.locations.spool.iterdir()) == []


async def test_a_recovery_that_fails_is_told_and_may_be_tried_again(desk: FakeDesk) -> None:
    leave_behind(desk)
    desk.files.error = SoundFileError("The recording cannot be finished.", "Free some room.")
    async with running(desk) as screen:
        await screen.press("k")
        await screen.sees("The recording cannot be finished. Free some room.")
        assert screen.name == "RecoveryScreen"
        desk.files.error = None
        await screen.press("k")
        await screen.arrives("ReviewScreen")


async def test_a_spool_that_cannot_be_listed_does_not_keep_anybody_from_practising(desk: FakeDesk) -> None:
    def fail(*_: object) -> None:
        raise ArchiveError("The spool cannot be read.", "Look at the disk.")

    desk.parts.archive.orphans = fail
    async with running(desk) as screen:
        assert screen.name == "HomeScreen"
        await screen.sees("The spool cannot be read. Look at the disk.")

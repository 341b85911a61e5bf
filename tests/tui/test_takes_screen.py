import stat

import pytest

from tests.fakes import FakeDesk, question
from tests.tui.seeing import keep, running
from vivavoce.archive import Written
from vivavoce.errors import ArchiveError, ModelMissing
from vivavoce.model import Gap, Transcript, Word

WORDS = (Word("Um,", 1.0, 1.3), *(Word("word", 1.5 + i * 0.2, 1.6 + i * 0.2) for i in range(30)))
WHOLE = Transcript(WORDS, "fake", "fake.en")
DRAFT = Transcript(WORDS, "fake draft", "fake.en", draft=True)


async def test_nothing_recorded_is_said_in_words_and_no_key_breaks_anything(desk: FakeDesk) -> None:
    async with running(desk) as screen:
        await screen.press("t")
        await screen.sees("Nothing has been recorded yet.")
        await screen.press("enter", "space", "e", "d", "w")
        await screen.sees("No take is waiting.")
        assert screen.name == "TakesScreen"


async def test_takes_stand_newest_first_with_length_words_pace_and_question_on_one_line(desk: FakeDesk) -> None:
    asked = question(2, text="Why did you leave your last position, and what would they say about you today?")
    keep(desk, 1, WHOLE)
    keep(desk, 2, None, asked)
    keep(desk, 3, DRAFT)
    async with running(desk) as screen:
        await screen.press("t")
        await screen.sees("not written")
        listed = [line for line in screen.lines if line.strip().startswith("2026")]
        assert [line.split()[2] for line in listed] == ["0:30", "0:20", "0:10"]
        assert "rough draft" in listed[0]
        assert "not written" in listed[1]
        assert "Why did you leave" in listed[1]
        assert listed[1].endswith("…")
        assert " 30 words " in listed[2]
        assert "~" not in listed[2]


async def test_the_line_below_tells_the_whole_question_the_device_gaps_and_the_note(desk: FakeDesk) -> None:
    keep(desk, 1, WHOLE, gaps=(Gap(3.0, 0.4), Gap(5.0, 0.2)))
    desk.parts.archive.note("take-1", "Name the number next time.")
    async with running(desk) as screen:
        await screen.press("t")
        await screen.sees("Recorded on USB headset. The device dropped 0.6 s of sound.")
        await screen.sees("Your note: Name the number next time.")


async def test_enter_opens_the_review_and_esc_comes_back_to_the_same_take(desk: FakeDesk) -> None:
    keep(desk, 1, WHOLE)
    keep(desk, 2, WHOLE)
    async with running(desk) as screen:
        await screen.press("t", "down", "enter")
        await screen.arrives("ReviewScreen")
        await screen.sees("thing number 1.")
        await screen.press("escape")
        await screen.arrives("TakesScreen")
        assert screen.app.screen.query_one("#takes").highlighted == 1


async def test_space_plays_the_take_and_again_stops_it(desk: FakeDesk) -> None:
    keep(desk, 1, WHOLE)
    desk.player.seconds = 60
    async with running(desk) as screen:
        await screen.press("t", "space")
        await screen.until(lambda: desk.player.playbacks)
        assert desk.player.played[0][0] == desk.parts.archive.audio_path("take-1")
        await screen.press("space")
        await screen.until(lambda: desk.player.playbacks[0].stopped)
        await screen.press("space")
        await screen.until(lambda: len(desk.player.playbacks) == 2)
        await screen.press("escape")
        await screen.until(lambda: desk.player.playbacks[1].stopped)


async def test_a_take_a_session_or_everything_is_exported_for_this_user_alone(desk: FakeDesk) -> None:
    keep(desk, 1, WHOLE, session="session-1")
    keep(desk, 2, WHOLE, session="session-2")
    keep(desk, 3, WHOLE, session="session-2")
    exports = desk.locations.exports
    async with running(desk) as screen:
        await screen.press("t")
        for downs, takes in ((0, "1 take"), (1, "2 takes"), (2, "3 takes")):
            await screen.press("e")
            await screen.arrives("Choose")
            await screen.press(*["down"] * downs, "enter")
            await screen.arrives("ExportDialog")
            await screen.sees(f"Export {takes} ")
            await screen.press("enter")
            await screen.arrives("TakesScreen")
        await screen.until(lambda: len(list(exports.iterdir())) == 3)
        await screen.sees("Written to")
    names = {path.name for path in exports.iterdir()}
    assert names == {"take-take-3.txt", "session-session-2.txt", "all-takes.txt"}
    assert {stat.S_IMODE(path.stat().st_mode) for path in exports.iterdir()} == {0o600}
    assert stat.S_IMODE(exports.stat().st_mode) == 0o700


async def test_an_export_never_writes_over_an_earlier_one(desk: FakeDesk) -> None:
    keep(desk, 1, WHOLE)
    desk.locations.exports.mkdir()
    (desk.locations.exports / "take-take-1.txt").write_text("mine")
    async with running(desk) as screen:
        await screen.press("t", "e", "enter")
        await screen.arrives("ExportDialog")
        await screen.press("enter")
        await screen.arrives("TakesScreen")
    assert (desk.locations.exports / "take-take-1.txt").read_text() == "mine"
    assert "word word" in (desk.locations.exports / "take-take-1-2.txt").read_text()


async def test_an_export_that_cannot_be_written_is_a_sentence(desk: FakeDesk) -> None:
    keep(desk, 1, WHOLE)
    desk.locations.exports.write_text("a file where the folder should be")
    async with running(desk) as screen:
        await screen.press("t", "e", "enter")
        await screen.arrives("ExportDialog")
        await screen.press("enter")
        await screen.sees("Not written: File exists.")


async def test_delete_asks_and_only_y_deletes(desk: FakeDesk) -> None:
    keep(desk, 1, WHOLE)
    audio = desk.parts.archive.audio_path("take-1")
    async with running(desk) as screen:
        await screen.press("t")
        for key in ("escape", "n"):
            await screen.press("d")
            await screen.arrives("Confirm")
            await screen.sees("Delete the take of 2026-01-02")
            await screen.press("enter", "space")
            assert screen.name == "Confirm"
            await screen.press(key)
            await screen.arrives("TakesScreen")
            assert audio.exists()
        await screen.press("d", "y")
        await screen.sees("Nothing has been recorded yet.")
    assert not audio.exists()
    assert desk.parts.archive.history() == ()


async def test_w_writes_down_what_waits_with_its_progress(desk: FakeDesk) -> None:
    desk.recogniser.words = WORDS
    for number in (1, 2):
        keep(desk, number)
    desk.recogniser.held.clear()
    async with running(desk) as screen:
        await screen.press("t", "w")
        await screen.sees("Writing down 1 of 2 … 40%")
        desk.recogniser.held.set()
        await screen.sees("2 of 2 written down.")
        assert screen.text.count(" 30 words ") == 2
    assert {entry.written for entry in desk.parts.archive.history()} == {Written.WHOLE}


async def test_a_recording_that_cannot_be_read_does_not_keep_the_others_waiting(desk: FakeDesk) -> None:
    desk.recogniser.words = WORDS
    for number in (1, 2):
        keep(desk, number)
    desk.parts.archive.audio_path("take-1").unlink()
    async with running(desk) as screen:
        await screen.press("t", "w")
        await screen.sees("1 of 2 written down. There is no such sound file.")
    assert [entry.written for entry in desk.parts.archive.history()] == [Written.WHOLE, Written.NONE]


async def test_without_weights_writing_down_tells_the_remedy_once(desk: FakeDesk) -> None:
    for number in (1, 2):
        keep(desk, number)
    desk.recogniser.error = ModelMissing("The weights are not here.", "Fetch them in Set-up.")
    async with running(desk) as screen:
        await screen.press("t", "w")
        await screen.sees("The weights are not here. Fetch them in Set-up.")
    assert len(desk.recogniser.heard) == 1


@pytest.mark.parametrize("keys", [("enter",), ("e", "enter"), ("w",), ("d", "y"), ("escape", "t")], ids=" ".join)
async def test_an_archive_that_fails_is_a_sentence_at_every_key(desk: FakeDesk, keys: tuple[str, ...]) -> None:
    keep(desk, 1, WHOLE)

    def fail(*_: object, **__: object) -> None:
        raise ArchiveError("The archive cannot be read.", "Look at the disk.")

    async with running(desk) as screen:
        await screen.press("t")
        await screen.sees("Recorded on USB headset.")
        for name in ("review", "pending", "delete", "history"):
            setattr(desk.parts.archive, name, fail)
        await screen.press(*keys)
        await screen.until(lambda: "▌ The archive cannot be read." in screen.text)
        await screen.press("w")
        assert screen.name == "TakesScreen"

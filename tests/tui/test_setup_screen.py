from dataclasses import replace
from pathlib import Path

from tests.fakes import FakeDesk
from tests.tui.seeing import running
from vivavoce.errors import NoMicrophone, PlaybackError, SoundError


async def test_the_level_of_the_chosen_microphone_is_a_bar_and_a_word_and_nothing_is_kept(desk: FakeDesk) -> None:
    async with running(desk) as screen:
        await screen.press("s")
        await screen.sees("good Fake microphone")
        assert "▮" * 20 in screen.text
        desk.microphone.level = replace(desk.microphone.level, rms=-58.0, peak=-50.0, loudest=-58.0)
        await screen.sees("quiet Fake microphone")
        await screen.sees("Very quiet. Move closer")
        desk.microphone.level = replace(desk.microphone.level, zeros=3.0)
        await screen.sees("sending silence (muted, or no permission)")
    assert list(desk.locations.spool.iterdir()) == []
    assert desk.parts.archive.history() == ()


async def test_leaving_closes_the_microphone(desk: FakeDesk) -> None:
    async with running(desk) as screen:
        await screen.press("s")
        await screen.sees("good Fake microphone")
        await screen.press("escape")
        await screen.until(lambda: all(recording.ended for recording in desk.microphone.recordings))


async def test_a_microphone_is_chosen_by_name_and_the_systems_own_choice_comes_first(desk: FakeDesk) -> None:
    async with running(desk) as screen:
        await screen.press("s", "m")
        await screen.arrives("Choose")
        offered = [screen.words.index(name) for name in ("The system’s own choice", "Built-in microphone (the", "USB")]
        assert offered == sorted(offered)
        await screen.press("down", "down", "enter")
        await screen.sees("Microphone USB headset")
        await screen.until(lambda: len(desk.microphone.recordings) == 2)
    assert desk.changes == [{"microphone": "", "device": "USB headset"}]


async def test_a_device_named_demo_is_not_taken_for_the_demo(desk: FakeDesk) -> None:
    desk.names = ("demo", "file")
    async with running(desk) as screen:
        await screen.press("s", "m")
        await screen.arrives("Choose")
        await screen.press("down", "enter")
        await screen.until(lambda: desk.changes)
    assert desk.changes == [{"microphone": "", "device": "demo"}]


async def test_a_sound_file_can_stand_in_and_one_that_is_not_there_is_told(desk: FakeDesk, tmp_path: Path) -> None:
    answer = tmp_path / "answer.wav"
    answer.touch()
    async with running(desk) as screen:
        await screen.press("s")
        for typed in (str(tmp_path / "no.wav"), str(answer)):
            await screen.press("m")
            await screen.arrives("Choose")
            await screen.press("end", "enter")
            await screen.arrives("Ask")
            screen.app.screen.query_one("#line").value = typed
            await screen.press("enter")
            await screen.arrives("SetupScreen")
        await screen.sees("There is no such file; nothing was changed.")
        await screen.until(lambda: desk.changes)
    assert desk.changes == [{"microphone": str(answer)}]


async def test_a_loudspeaker_is_chosen_and_h_plays_a_sentence_in_the_interviewers_voice(desk: FakeDesk) -> None:
    async with running(desk) as screen:
        await screen.press("s", "l")
        await screen.arrives("Choose")
        await screen.press("end", "enter")
        await screen.sees("Loudspeaker USB headset")
        await screen.press("h")
        await screen.until(lambda: desk.player.played)
    assert desk.changes == [{"loudspeaker": "USB headset"}]
    assert desk.voice.said[0][0].startswith("This is how I sound.")


async def test_an_interviewer_is_heard_as_soon_as_chosen(desk: FakeDesk) -> None:
    async with running(desk) as screen:
        await screen.press("s", "i")
        await screen.arrives("Choose")
        await screen.press("down", "enter")
        await screen.until(lambda: desk.player.played)
    assert desk.changes == [{"interviewer": "second"}]


async def test_models_say_whether_they_are_here_and_how_large_they_are(desk: FakeDesk) -> None:
    desk.present = False
    async with running(desk) as screen:
        await screen.press("s")
        await screen.sees("Whisper base.en, not on this machine")
        await screen.press("w")
        await screen.sees("tiny.en: not here, about 76 MB")
        assert "● base.en: not here, about 145 MB" in screen.words
        await screen.press("enter")
        await screen.sees("Whisper tiny.en")
        await screen.press("f")
        await screen.arrives("FetchScreen")
        assert "tiny.en" in screen.text
    assert desk.changes == [{"model": "tiny.en"}]
    assert desk.fetched == []


async def test_number_text_and_colours_can_be_set_here_too(desk: FakeDesk) -> None:
    async with running(desk) as screen:
        await screen.press("s")
        await screen.sees("Colours dark")
        await screen.press("c")
        await screen.sees("Colours light")
        await screen.press("v")
        await screen.sees("Text heard only")
        await screen.press("n")
        await screen.arrives("Choose")
        await screen.press("enter")
        await screen.sees("Questions 1 in a session")
        assert len(desk.microphone.recordings) == 1, "the level went on"
    assert desk.changes == [{"theme": "textual-light"}, {"heard_only": True}, {"questions": 1}]


async def test_without_a_microphone_the_remedy_stands_where_the_level_was(desk: FakeDesk) -> None:
    desk.microphone.error = NoMicrophone("No input device was found.", "Plug one in.")
    async with running(desk) as screen:
        await screen.press("s")
        await screen.sees("No input device was found. Plug one in.")
        await screen.press("escape")
        await screen.arrives("HomeScreen")


async def test_devices_that_cannot_be_listed_and_a_voice_that_cannot_be_heard_are_told(desk: FakeDesk) -> None:
    desk.device_error = SoundError("The sound system does not answer.", "Start it again.")
    desk.player.error = PlaybackError("The loudspeaker went away.", "Plug it in.")
    async with running(desk) as screen:
        await screen.press("s", "l")
        await screen.sees("The sound system does not answer. Start it again.")
        await screen.press("h")
        await screen.sees("The loudspeaker went away. Plug it in.")
        await screen.press("m")
        await screen.sees("The demo microphone")


async def test_the_demo_has_no_level(desk: FakeDesk) -> None:
    desk.settings = replace(desk.settings, microphone="demo")
    async with running(desk) as screen:
        await screen.press("s")
        await screen.sees("The demo microphone speaks only when it is asked")
    assert desk.microphone.recordings == []

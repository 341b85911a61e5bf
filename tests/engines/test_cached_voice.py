"""The cache, the preferred voices, and what happens where an engine fails."""

import dataclasses

import pytest

from vivavoce.engines import CachedVoice, registry, wav
from vivavoce.errors import SettingsError, VoiceError
from vivavoce.model import Interviewer

CALM = Interviewer("calm", "Calm", "asks calmly", {"espeak": ("gmw/en-gb-x-rp",)}, rate=160)
QUESTION = "Why do you want to work here?"
NO_CHILD_STARTS = {"PYTHONHOME": "/nonexistent"}


def with_voices(*ids: str) -> Interviewer:
    return dataclasses.replace(CALM, voices={"espeak": ids})


@pytest.fixture
def cache(tmp_path):
    return tmp_path / "speech"


@pytest.fixture
def no_library(tmp_path):
    """An environment in which libespeak-ng cannot be loaded, neither by pyttsx3 nor by the command."""
    folder = tmp_path / "lib"
    folder.mkdir()
    for name in ("libespeak-ng.so.1", "libespeak.so.1"):
        (folder / name).write_bytes(b"no library")
    return {"LD_LIBRARY_PATH": str(folder)}


async def test_what_was_spoken_before_starts_no_child(cache, log):
    first = await CachedVoice("pyttsx3", cache, log).render(QUESTION, CALM)
    again = await CachedVoice("pyttsx3", cache, log, environment=NO_CHILD_STARTS).render(QUESTION, CALM)
    assert again == first


async def test_the_trap_of_the_test_before_this_one_works(cache, log):
    with pytest.raises(VoiceError):
        await CachedVoice("pyttsx3", cache, log, environment=NO_CHILD_STARTS).render(QUESTION, CALM)


@pytest.mark.parametrize("change", [{"rate": 161}, {"pitch": 51}, {"voices": {"espeak": ("gmw/en-us",)}}])
async def test_another_rate_pitch_or_voice_is_spoken_anew(cache, log, change):
    voice = CachedVoice("pyttsx3", cache, log)
    before = await voice.render(QUESTION, CALM)
    after = await voice.render(QUESTION, dataclasses.replace(CALM, **change))
    assert before.audio.read_bytes() != after.audio.read_bytes()


@pytest.mark.parametrize("damage", [b"", b"RIFF", None], ids=["empty", "no sound", "cut"])
async def test_a_damaged_file_is_made_anew(cache, log, damage):
    voice = CachedVoice("pyttsx3", cache, log)
    first = await voice.render(QUESTION, CALM)
    whole = first.audio.read_bytes()
    first.audio.write_bytes(whole[: len(whole) // 2] if damage is None else damage)
    assert await voice.render(QUESTION, CALM) == first
    assert first.audio.read_bytes() == whole


async def test_nothing_but_whole_files_is_left_in_the_cache(cache, log):
    voice = CachedVoice("pyttsx3", cache, log)
    await voice.render(QUESTION, CALM)
    await voice.render("And why now?", CALM)
    assert {path.suffix for path in cache.iterdir()} == {".wav"}


@pytest.mark.parametrize("engine", ["pyttsx3", "command"])
async def test_the_first_voice_that_exists_is_used(cache, log, engine):
    voice = CachedVoice(engine, cache, log)
    wanted = await voice.render(QUESTION, with_voices("gmw/en-gb-scotland"))
    fallen = await voice.render(QUESTION, with_voices("gmw/nosuch", "mb/nosuch", "gmw/en-gb-scotland", "gmw/en-us"))
    default = await voice.render(QUESTION, with_voices())
    without = await voice.render(QUESTION, with_voices("gmw/nosuch"))
    assert fallen.audio.read_bytes() == wanted.audio.read_bytes() != default.audio.read_bytes()
    assert without.audio.read_bytes() == default.audio.read_bytes()


async def test_pyttsx3_and_the_command_say_the_same_at_the_same_rate(cache, log):
    ours = await CachedVoice("pyttsx3", cache, log).render(QUESTION, CALM)
    theirs = await CachedVoice("command", cache, log).render(QUESTION, CALM)
    assert ours.seconds == pytest.approx(theirs.seconds, abs=0.05)


async def test_settings_are_never_lost(cache, log):
    voice = CachedVoice("pyttsx3", cache, log)
    lengths = set()
    for _ in range(8):
        rendering = await voice.render(QUESTION, CALM)
        lengths.add(rendering.seconds)
        rendering.audio.unlink()
    assert len(lengths) == 1


async def test_a_long_question_is_spoken_to_its_end(cache, log):
    text = "Tell me about a difficult decision that you had to make, who was against it and what you learned. " * 12
    rendering = await CachedVoice("pyttsx3", cache, log).render(text, CALM)
    assert rendering.seconds > 0.5 * len(text.split()) * 60 / 160


async def test_a_driver_that_does_not_exist_falls_to_the_command_and_says_so(cache, log):
    voice = CachedVoice("pyttsx3", cache, log, driver="nosuch")
    rendering = await voice.render(QUESTION, CALM)
    assert rendering.engine == "command"
    assert rendering.notice == "The voice engine pyttsx3 does not work here: the command espeak-ng speaks."
    assert (await voice.render(QUESTION, CALM)).notice == rendering.notice


async def test_without_library_and_command_only_the_text_is_left(cache, log, no_library):
    with pytest.raises(VoiceError, match="Read it on the screen"):
        await CachedVoice("pyttsx3", cache, log, environment=no_library).render(QUESTION, CALM)


async def test_without_the_command_too_only_the_text_is_left(cache, log):
    voice = CachedVoice("pyttsx3", cache, log, driver="nosuch", environment={"PATH": "/nonexistent"})
    with pytest.raises(VoiceError, match="could not speak"):
        await voice.render(QUESTION, CALM)


async def test_a_cache_that_cannot_be_written_is_an_error(tmp_path, log):
    (tmp_path / "file").touch()
    with pytest.raises(VoiceError, match="cannot be kept"):
        await CachedVoice("pyttsx3", tmp_path / "file" / "speech", log).render(QUESTION, CALM)


async def test_the_voice_that_is_switched_off_reads_nothing(cache, log):
    with pytest.raises(VoiceError, match="switched off"):
        await CachedVoice("text", cache, log).render(QUESTION, CALM)
    assert not cache.exists()


@pytest.mark.parametrize("engine", ["pyttsx3", "command"])
async def test_the_voices_of_this_machine_are_listed(cache, log, engine):
    assert {"gmw/en-us", "gmw/en-gb-scotland"} <= {v.lower() for v in await CachedVoice(engine, cache, log).voices()}


def test_an_unknown_engine_names_the_known_ones(cache, log):
    with pytest.raises(SettingsError, match="Known are: pyttsx3, command, text"):
        CachedVoice("festival", cache, log)


def test_the_registry_loads_what_it_knows_and_names_it_otherwise():
    assert registry.load(registry.VOICES, "command").__name__ == "vivavoce.engines.command_voice"
    with pytest.raises(SettingsError, match="Known are: openai-whisper, pocketsphinx"):
        registry.load(registry.EARS, "siri")


async def test_no_question_is_in_the_log(cache, log):
    await CachedVoice("pyttsx3", cache, log, driver="nosuch").render(QUESTION, CALM)
    await CachedVoice("pyttsx3", cache, log).render(QUESTION, CALM)
    assert "work here" not in log.read_text()


def test_speech_that_is_too_short_for_its_words_is_refused(tmp_path):
    path = tmp_path / "short.wav"
    path.write_bytes(_wav(seconds=1.0))
    assert wav.spoken_seconds(path, "seven words can fit into one second", 160) == pytest.approx(1.0)
    with pytest.raises(ValueError, match="at least"):
        wav.spoken_seconds(path, "but " * 20, 160)


def _wav(seconds: float) -> bytes:
    size = round(seconds * 16000) * 2
    header = b"RIFF" + (36 + size).to_bytes(4, "little") + b"WAVEfmt " + (16).to_bytes(4, "little")
    form = b"\x01\x00\x01\x00" + (16000).to_bytes(4, "little") + (32000).to_bytes(4, "little") + b"\x02\x00\x10\x00"
    return header + form + b"data" + size.to_bytes(4, "little") + bytes(size)

"""What every voice promises, the real engines and the fake one."""

import asyncio
import wave

import pytest

from tests.fakes import FakeVoice
from vivavoce.engines import CachedVoice
from vivavoce.errors import VoiceError
from vivavoce.model import Interviewer

VOICES = [
    pytest.param(lambda cache, log: CachedVoice("pyttsx3", cache, log), id="pyttsx3"),
    pytest.param(lambda cache, log: CachedVoice("command", cache, log), id="command"),
    pytest.param(lambda cache, log: CachedVoice("pyttsx3", cache, log, driver="nosuch"), id="stand-in"),
    pytest.param(lambda cache, log: FakeVoice(cache), id="fake"),
]

CALM = Interviewer("calm", "Calm", "asks calmly", {"espeak": ("gmw/en-gb-x-rp",)}, rate=160)
QUESTION = "Tell me about a time when you disagreed with your manager, and how it ended."


@pytest.fixture(params=VOICES)
def voice(request, tmp_path, log):
    return request.param(tmp_path / "speech", log)


async def test_a_sentence_becomes_a_whole_sound_file_of_plausible_length(voice):
    rendering = await voice.render(QUESTION, CALM)
    with wave.open(str(rendering.audio)) as sound:
        assert sound.getnframes() / sound.getframerate() == pytest.approx(rendering.seconds)
    assert 15 * 60 / 160 * 0.5 < rendering.seconds < 15 * 60 / 160 * 1.5
    assert rendering.audio.stat().st_mode & 0o077 == 0


async def test_slower_takes_longer(voice):
    usual, slower = await voice.render(QUESTION, CALM), await voice.render(QUESTION, CALM, 0.8)
    assert usual.seconds * 1.1 < slower.seconds < usual.seconds * 1.4


async def test_the_same_sentence_is_the_same_file(voice):
    assert (await voice.render(QUESTION, CALM)).audio == (await voice.render(QUESTION, CALM)).audio


async def test_another_sentence_is_another_file(voice):
    assert (await voice.render(QUESTION, CALM)).audio != (await voice.render("Why?", CALM)).audio


async def test_sentences_may_be_asked_for_at_once(voice):
    texts = [QUESTION, "Why should we hire you?", QUESTION, "What is your biggest weakness?"]
    renderings = await asyncio.gather(*(voice.render(text, CALM) for text in texts))
    assert renderings[0].audio == renderings[2].audio
    assert len({rendering.audio for rendering in renderings}) == 3


async def test_outside_text_is_spoken_not_obeyed(voice):
    plain = await voice.render("Tell me about yourself", CALM)
    hostile = await voice.render("\x1b]0;owned\x07Tell me about\x00 yourself\x1b[2J", CALM)
    assert hostile.seconds == pytest.approx(plain.seconds, rel=0.35)


@pytest.mark.parametrize("text", ["", "   ", "...", "x" * 4001])
async def test_what_cannot_be_read_aloud_is_an_error(voice, text):
    with pytest.raises(VoiceError):
        await voice.render(text, CALM)

"""PocketSphinx: a draft without weights."""

import pytest

from tests.engines.speaking import save, silence, speak
from vivavoce.engines import DraftRecogniser


@pytest.fixture
async def draft(log):
    recogniser = DraftRecogniser(log)
    yield recogniser
    await recogniser.close()


async def test_it_is_a_draft_and_says_so(draft, tmp_path):
    audio = save(tmp_path / "a.wav", silence(0.5), speak("one two three four five six").samples, silence(0.5))
    transcript = await draft.transcribe(audio)
    assert (transcript.draft, transcript.recogniser, transcript.model) == (True, "pocketsphinx", "en-us")
    assert {"four", "five"} & {word.text for word in transcript.words}


async def test_marks_of_silence_noise_and_pronunciation_are_no_words(draft, tmp_path):
    speech = [speak("the people of the office and the users of the system"), speak("a question for the other one")]
    parts = [silence(0.5), speech[0].samples, silence(1.0), speech[1].samples, silence(0.5)]
    words = (await draft.transcribe(save(tmp_path / "b.wav", *parts))).words
    assert "the" in {word.text for word in words}
    assert not [word.text for word in words if set(word.text) & set("()<>[]+")]

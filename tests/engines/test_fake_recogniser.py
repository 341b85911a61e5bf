"""The fake recogniser keeps those promises of the real ones that tests rely on."""

from pathlib import Path

import pytest

from tests.engines.speaking import save, silence, speak
from tests.factories import words
from tests.fakes import FakeRecogniser
from vivavoce.errors import SoundFileError


@pytest.fixture
def recogniser() -> FakeRecogniser:
    return FakeRecogniser(words("Um, I led the team."))


async def test_its_words_come_with_its_name_and_model(recogniser: FakeRecogniser, tmp_path: Path) -> None:
    transcript = await recogniser.transcribe(save(tmp_path / "answer.wav", speak("i led the team").samples))
    assert transcript.text == "Um, I led the team."
    assert (transcript.recogniser, transcript.model) == (recogniser.name, recogniser.model)


async def test_its_progress_rises_to_one(recogniser: FakeRecogniser, tmp_path: Path) -> None:
    told: list[float] = []
    await recogniser.transcribe(save(tmp_path / "answer.wav", speak("i led the team").samples), told.append)
    assert told == sorted(told)
    assert told[-1] == 1


async def test_it_invents_nothing_on_silence(recogniser: FakeRecogniser, tmp_path: Path) -> None:
    assert (await recogniser.transcribe(save(tmp_path / "nobody.wav", silence(2.0)))).words == ()


async def test_a_file_without_sound_is_an_error(recogniser: FakeRecogniser, tmp_path: Path) -> None:
    broken = tmp_path / "broken.wav"
    broken.write_bytes(b"RIFF and nothing more")
    with pytest.raises(SoundFileError):
        await recogniser.transcribe(broken)

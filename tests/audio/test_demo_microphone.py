from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.audio.signals import noise, raw, wav
from vivavoce.audio import DemoMicrophone
from vivavoce.errors import NoMicrophone, VoiceError
from vivavoce.model import Interviewer, Kind, Lights, Question
from vivavoce.ports import Rendering

WHO = Interviewer("ada", "Ada", "Kind.")
QUESTION = Question("q", Kind.WARM_UP, "Well?", 0, Lights(1, 2, 3), sample="Um, well.")
MUTE = Question("q", Kind.WARM_UP, "Well?", 0, Lights(1, 2, 3))


class Speaker:
    """Speaks noise."""

    def __init__(self, folder: Path, error: VoiceError | None = None) -> None:
        self.audio = folder / "said.wav"
        self.error = error
        self.said: list[tuple[str, Interviewer]] = []

    async def render(self, text: str, interviewer: Interviewer, speed: float = 1.0) -> Rendering:
        if self.error is not None:
            raise self.error
        self.said.append((text, interviewer))
        return Rendering(wav(self.audio, noise(0.4)), 0.4, "noise")


async def test_the_sample_answer_is_what_is_recorded(tmp_path: Path) -> None:
    speaker = Speaker(tmp_path)
    microphone = DemoMicrophone(speaker, WHO, tmp_path / "log")
    await microphone.arm(QUESTION)
    capture = await (await microphone.record(tmp_path / "take.pcm", 0.4)).wait()
    assert speaker.said == [("Um, well.", WHO)]
    assert np.array_equal(raw(tmp_path / "take.pcm"), noise(0.4))
    assert capture.device == microphone.name == "demo: Ada speaks a sample answer"


async def test_a_question_without_a_sample_answer_is_told_with_its_remedy(tmp_path: Path) -> None:
    microphone = DemoMicrophone(Speaker(tmp_path), WHO, tmp_path / "log")
    await microphone.arm(QUESTION)
    with pytest.raises(NoMicrophone, match="Take a question that has one"):
        await microphone.arm(MUTE)
    with pytest.raises(NoMicrophone, match="only when it was asked"):
        await microphone.record(tmp_path / "take.pcm", 1)


async def test_a_voice_that_fails_is_no_microphone(tmp_path: Path) -> None:
    broken = Speaker(tmp_path, VoiceError("No voice.", "Read."))
    with pytest.raises(NoMicrophone, match="No voice"):
        await DemoMicrophone(broken, WHO, tmp_path / "log").arm(QUESTION)

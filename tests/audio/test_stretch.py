from __future__ import annotations

import numpy as np
import pytest

from tests.audio.signals import noise, tone
from vivavoce.audio.stretch import stretch


def stretched(samples: np.ndarray, rate: int, speed: float) -> np.ndarray:
    return np.concatenate(list(stretch(samples, rate, speed)))


def pitch(samples: np.ndarray, rate: int) -> float:
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    return float(np.argmax(spectrum)) * rate / len(samples)


@pytest.mark.parametrize("speed", [0.5, 0.75, 0.8, 1.25, 1.5, 2.0])
@pytest.mark.parametrize("rate", [16_000, 22_050, 48_000])
def test_length_changes_and_pitch_and_loudness_do_not(speed: float, rate: int) -> None:
    sound = tone(2, 220, rate)
    result = stretched(sound, rate, speed)
    assert len(result) == round(len(sound) / speed)
    assert pitch(result, rate) == pytest.approx(220, abs=2)
    middle = result[len(result) // 10 : -len(result) // 10]
    assert np.sqrt(np.mean(middle**2)) == pytest.approx(0.5 / np.sqrt(2), rel=0.05)


def test_at_its_own_speed_nothing_is_changed() -> None:
    sound = noise(0.5).astype(np.float32) / 32768
    assert np.array_equal(stretched(sound, 48_000, 1.0), sound)


@pytest.mark.parametrize("speed", [0.5, 1.5, 2.0])
def test_what_happens_in_the_middle_happens_in_the_middle(speed: float) -> None:
    sound = np.zeros(96_000, np.float32)
    sound[48_000:52_800] = tone(0.1, 440)
    result = stretched(sound, 48_000, speed)
    heard = np.flatnonzero(np.abs(result) > 0.1) / 48_000
    assert heard[0] == pytest.approx(1.0 / speed, abs=0.02)
    assert heard[-1] == pytest.approx(1.1 / speed, abs=0.02)


@pytest.mark.parametrize("frames", [1, 2, 100, 721, 5000])
def test_the_shortest_sounds_have_their_length(frames: int) -> None:
    for speed in (0.5, 2.0):
        assert len(stretched(np.ones(frames, np.float32), 48_000, speed)) == max(1, round(frames / speed))

from __future__ import annotations

import numpy as np
import pytest

from tests.audio.signals import noise
from vivavoce.audio.meter import SILENCE, Meter

RATE = 48_000


def fed(*parts: np.ndarray, block: int = 960) -> Meter:
    meter = Meter(RATE)
    samples = np.concatenate(parts).astype(np.int16)
    for begin in range(0, len(samples), block):
        meter.add(samples[begin : begin + block])
    return meter


def sine(seconds: float, amplitude: float) -> np.ndarray:
    return amplitude * 32768 * np.sin(2 * np.pi * 1000 * np.arange(int(seconds * RATE)) / RATE)


def silence(seconds: float) -> np.ndarray:
    return np.zeros(int(seconds * RATE))


def room(seconds: float) -> np.ndarray:
    return noise(seconds, seed=3, level=20)  # -64 dBFS


def test_a_sine_of_half_scale_peaks_at_minus_6_and_has_an_rms_of_minus_9() -> None:
    level = fed(sine(1, 0.5)).level()
    assert level.peak == pytest.approx(-6.02, abs=0.01)
    assert level.rms == pytest.approx(-9.03, abs=0.01)
    assert level.loudest == pytest.approx(-9.03, abs=0.01)
    assert level.seconds == 1


def test_exact_silence_is_minus_120_and_counted_in_seconds() -> None:
    level = fed(silence(2.5)).level()
    assert (level.rms, level.peak, level.zeros) == (SILENCE, SILENCE, 2.5)


def test_zeros_count_from_the_last_sample_that_was_not_zero() -> None:
    assert fed(sine(1, 0.1)[:-7], np.ones(7), silence(0.5)).level().zeros == 0.5
    assert fed(silence(0.5), np.ones(1)).level().zeros == 0


def test_silence_that_is_expected_is_not_counted() -> None:
    meter = Meter(RATE)
    meter.add(np.zeros(RATE, np.int16), expected=True)
    assert meter.level().zeros == 0


def test_samples_at_full_scale_on_both_sides_are_counted() -> None:
    assert fed(np.array([32767, -32768, 32766, -32767, 0])).level().clipped == 2


def test_the_loudest_tenth_is_remembered() -> None:
    level = fed(sine(0.3, 0.5), silence(0.5)).level()
    assert level.rms == SILENCE
    assert level.loudest == pytest.approx(-9.03, abs=0.01)


def test_a_voice_is_heard_when_the_level_rises_and_stays() -> None:
    assert fed(room(1), sine(1, 0.1)).level().voice == pytest.approx(1.0)


def test_nobody_is_heard_in_a_quiet_room() -> None:
    assert fed(room(5)).level().voice is None


def test_the_click_of_a_key_is_no_voice() -> None:
    assert fed(room(1), sine(0.05, 0.5), room(1)).level().voice is None


def test_a_voice_from_the_first_moment_on_is_heard() -> None:
    assert fed(sine(1, 0.1)).level().voice == 0


def test_the_portions_do_not_matter() -> None:
    parts = room(1), sine(1, 0.1), silence(0.25)
    assert fed(*parts, block=960).level() == fed(*parts, block=100_000).level() == fed(*parts, block=441).level()

"""Timelines drawn with tones and noise: `#` is a tenth of a second of voice, `.` of the room."""

from __future__ import annotations

import math
import tracemalloc
import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vivavoce.delivery.envelope import envelope
from vivavoce.delivery.sound import measure
from vivavoce.model import Sound

RATE = 16000


def voice(seconds: float, rate: int = RATE, level: float = 0.2) -> np.ndarray:
    """A buzz with the overtones of a vowel."""
    t = np.arange(int(seconds * rate)) / rate
    return level * sum(np.sin(2 * np.pi * 140 * k * t) / k for k in range(1, 20)).astype(np.float32)


def drawn(timeline: str, rate: int = RATE, room: float = 0.0005) -> np.ndarray:
    noise = np.random.default_rng(5).normal(0, room, int(len(timeline) * 0.1 * rate))
    for place, sign in enumerate(timeline):
        if sign == "#":
            start = int(place * 0.1 * rate)
            piece = voice(0.1, rate)[: len(noise) - start]
            noise[start : start + len(piece)] += piece
    return noise.astype(np.float32)


def measured(timeline: str, **options: float) -> Sound:
    return measure(drawn(timeline, **options), RATE)  # type: ignore[arg-type]


def test_voice_and_pauses_are_where_they_were_drawn() -> None:
    sound = measured("..........####################.....###############..........")
    assert sound.seconds == pytest.approx(6.0)
    assert sound.voice is not None
    assert sound.voice.start == pytest.approx(1.0, abs=0.04)
    assert sound.voice.end == pytest.approx(5.0, abs=0.04)
    (pause,) = sound.pauses
    assert pause.start == pytest.approx(3.0, abs=0.05)
    assert pause.end == pytest.approx(3.5, abs=0.05)


def test_a_gap_under_a_quarter_of_a_second_is_no_pause() -> None:
    assert measured("........##########..##########........").pauses == ()


def test_silence_before_and_after_is_no_pause() -> None:
    assert measured("....................##########....................").pauses == ()


def test_a_click_is_no_voice() -> None:
    samples = drawn("." * 20 + "#" * 20 + "." * 30)
    samples[int(6.0 * RATE) : int(6.0 * RATE) + 100] += 0.5
    sound = measure(samples, RATE)
    assert sound.voice is not None
    assert sound.voice.end == pytest.approx(4.0, abs=0.05)


def test_one_word_in_a_long_silence_is_found() -> None:
    sound = measured("." * 200 + "#####" + "." * 200)
    assert sound.voice is not None
    assert sound.voice.start == pytest.approx(20.0, abs=0.05)
    assert sound.voice.seconds == pytest.approx(0.5, abs=0.1)


def test_one_word_stands_out_from_the_room() -> None:
    sound = measured("." * 200 + "#####" + "." * 200)
    assert sound.snr is not None
    assert sound.snr > 30


@pytest.mark.parametrize("rate", [8000, 11025, 22050, 44100])
def test_the_clock_does_not_drift(rate: int) -> None:
    samples = np.random.default_rng(7).normal(0, 0.0005, 120 * rate)
    samples[100 * rate : 105 * rate] += voice(5.0, rate)
    sound = measure(samples.astype(np.float32), rate)
    assert sound.voice is not None
    assert sound.voice.start == pytest.approx(100.0, abs=0.05)
    assert sound.voice.end == pytest.approx(105.0, abs=0.05)


@pytest.mark.parametrize("rate", [8000, 11025, 16000, 22050, 44100, 48000])
def test_the_rate_does_not_matter(rate: int) -> None:
    sound = measure(drawn("." * 10 + "#" * 20 + "." * 6 + "#" * 20 + "." * 10, rate), rate)
    assert sound.voice is not None
    assert sound.voice.start == pytest.approx(1.0, abs=0.05)
    assert len(sound.pauses) == 1


@pytest.mark.parametrize(
    "samples",
    [
        np.zeros(0),
        np.zeros(10),
        np.zeros(5 * RATE),
        np.random.default_rng(1).normal(0, 0.01, 5 * RATE),
        np.random.default_rng(1).normal(0, 0.0003, 5 * RATE),
        0.1 * np.sin(2 * np.pi * 100 * np.arange(5 * RATE) / RATE),
        np.full(3 * RATE, 0.2),
    ],
    ids=["nothing", "ten samples", "exact silence", "noise", "faint noise", "hum", "offset"],
)
def test_where_nobody_speaks_nothing_is_measured(samples: np.ndarray) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        sound = measure(samples.astype(np.float32), RATE)
    assert sound.voice is None
    assert sound.pauses == ()
    assert (sound.loudness, sound.snr, sound.syllables) == (None, None, None)


def room(seconds: float, rate: int = RATE) -> np.ndarray:
    return np.random.default_rng(11).normal(0, 0.003, int(seconds * rate))


def with_zeros(start: float, end: float) -> np.ndarray:
    samples = room(20)
    samples[int(start * RATE) : int(end * RATE)] = 0.0
    return samples


def with_clicks(*places: float) -> np.ndarray:
    samples = room(20)
    for place in places:
        samples[int(place * RATE) : int(place * RATE) + 100] += 0.4
    return samples


def swelling() -> np.ndarray:
    return room(20) * (1 + 0.3 * np.sin(2 * np.pi * 3 * np.arange(20 * RATE) / RATE))


@pytest.mark.parametrize(
    "samples",
    [
        with_zeros(0, 3),
        with_zeros(17, 20),
        with_zeros(8, 12),
        with_clicks(5),
        with_clicks(5, 5.5, 7, 11, 11.4),
        swelling(),
    ],
    ids=["zeros, then noise", "noise, then zeros", "muted for a while", "a click", "clicks", "a fan"],
)
def test_a_room_in_which_nobody_speaks_is_no_speech(samples: np.ndarray) -> None:
    assert measure(samples.astype(np.float32), RATE).voice is None


def test_zeros_before_the_device_delivers_do_not_hide_the_pauses() -> None:
    samples = room(20)
    samples[: 4 * RATE] = 0.0
    for start in (5, 8, 11):
        samples[start * RATE : (start + 2) * RATE] += voice(2.0)
    sound = measure(samples.astype(np.float32), RATE)
    assert sound.voice is not None
    assert sound.voice.start == pytest.approx(5.0, abs=0.05)
    assert [pause.seconds for pause in sound.pauses] == pytest.approx([1.0, 1.0], abs=0.1)


def test_speech_between_exact_silences_is_found() -> None:
    syllable = voice(0.2) * np.hanning(int(0.2 * RATE))
    phrase, silence = np.tile(syllable, 10), np.zeros(RATE)
    samples = np.concatenate([silence, phrase, silence, phrase, silence])
    sound = measure(samples.astype(np.float32), RATE)
    assert sound.voice is not None
    assert sound.voice.seconds == pytest.approx(5.0, abs=0.1)
    assert [pause.seconds for pause in sound.pauses] == pytest.approx([1.0], abs=0.1)
    assert sound.syllables == 20


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_samples_that_are_no_numbers_spoil_nothing(value: float) -> None:
    samples = drawn("." * 10 + "#" * 20 + "." * 10)
    whole = measure(samples, RATE)
    samples[100] = value
    sound = measure(samples, RATE)
    assert sound.voice == whole.voice
    assert sound.peak is not None
    assert math.isfinite(sound.peak)
    assert sound.syllables == whole.syllables


SPEECH = "#" * 15 + "." * 5 + "#" * 22


@settings(max_examples=20)
@given(st.integers(2, 60), st.integers(2, 60))
def test_silence_around_an_answer_moves_it_and_changes_nothing_else(before: int, after: int) -> None:
    plain, moved = measured("." * 20 + SPEECH + "." * 20), measured("." * before + SPEECH + "." * after)
    assert plain.voice is not None
    assert moved.voice is not None
    assert moved.voice.start == pytest.approx(before * 0.1, abs=0.05)
    assert moved.voice.seconds == pytest.approx(plain.voice.seconds, abs=0.05)
    assert len(moved.pauses) == len(plain.pauses) == 1
    assert moved.pauses[0].seconds == pytest.approx(plain.pauses[0].seconds, abs=0.05)


def test_five_minutes_take_little_memory() -> None:
    samples = np.random.default_rng(3).normal(0, 0.01, 300 * 48000).astype(np.float32)
    tracemalloc.start()
    try:
        measure(samples, 48000)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 240e6


def test_exact_silence_has_no_peak_and_full_scale_has_zero_decibels() -> None:
    assert measure(np.zeros(RATE, np.float32), RATE).peak is None
    assert measure(np.ones(RATE, np.float32), RATE).peak == pytest.approx(0.0)
    assert measure(np.full(RATE, 0.5, np.float32), RATE).peak == pytest.approx(-6.02, abs=0.01)


def test_the_share_of_clipped_samples_is_counted() -> None:
    samples = np.zeros(1000, np.float32)
    samples[:50] = 1.0
    samples[50:100] = -1.0
    assert measure(samples, RATE).clipped == pytest.approx(0.1)


def test_the_envelope_of_a_tone_is_its_level() -> None:
    tone = (0.1 * np.sin(2 * np.pi * 1000 * np.arange(RATE) / RATE)).astype(np.float32)
    middle = envelope(tone, RATE)[20:-20]
    assert middle == pytest.approx(20 * math.log10(0.1 / math.sqrt(2)), abs=0.1)


def test_the_envelope_hears_neither_hum_nor_hiss() -> None:
    t = np.arange(48000) / 48000
    for frequency in (50, 8000):
        tone = (0.1 * np.sin(2 * np.pi * frequency * t)).astype(np.float32)
        assert np.max(envelope(tone, 48000)[20:-20]) < -55


@pytest.mark.parametrize("count", [4, 9, 15])
def test_syllables_are_peaks_of_the_level(count: int) -> None:
    beat = np.concatenate([voice(0.12) * np.hanning(int(0.12 * RATE)), np.zeros(int(0.06 * RATE))])
    samples = np.concatenate([np.zeros(RATE), np.tile(beat, count), np.zeros(RATE)])
    samples += np.random.default_rng(2).normal(0, 0.0003, len(samples))
    assert measure(samples.astype(np.float32), RATE).syllables == count


def test_every_figure_is_a_plain_number() -> None:
    sound = measured("....##########....####....")
    for value in (sound.seconds, sound.peak, sound.loudness, sound.clipped, sound.snr, sound.pauses[0].start):
        assert type(value) is float
    assert type(sound.syllables) is int


@settings(max_examples=30)
@given(st.text("#.", min_size=1, max_size=60))
def test_spans_lie_inside_the_take_and_nothing_is_no_number(timeline: str) -> None:
    sound = measured(timeline)
    if sound.voice is not None:
        assert 0 <= sound.voice.start < sound.voice.end <= sound.seconds + 1e-9
        for pause in sound.pauses:
            assert sound.voice.start < pause.start < pause.end < sound.voice.end
    for value in (sound.peak, sound.loudness, sound.snr):
        assert value is None or math.isfinite(value)

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import LIGHTS, sound, transcript, words
from vivavoce import delivery
from vivavoce.model import Length, Pause, Span, Transcript

HUNDRED = " ".join(["word"] * 100)


def test_the_clocks_are_exact() -> None:
    measured = delivery.measure(sound(), transcript(HUNDRED), LIGHTS)
    assert measured.first_word == 1.0
    assert measured.answer == 40.0
    assert measured.speech == 38.0
    assert measured.words == 100
    assert measured.pace == pytest.approx(150.0)
    assert measured.speech_pace == pytest.approx(100 * 60 / 38)
    assert not measured.estimated
    assert measured.length is Length.WITHIN


@pytest.mark.parametrize(
    ("end", "length"),
    [(30.9, Length.UNDER), (31.0, Length.WITHIN), (61.0, Length.WITHIN), (61.1, Length.OVER)],
)
def test_the_answer_time_is_held_against_the_lights(end: float, length: Length) -> None:
    heard = sound(voice=Span(1.0, end), pauses=())
    assert delivery.measure(heard, None, LIGHTS).length is length


def test_hesitations_are_no_words() -> None:
    measured = delivery.measure(sound(), transcript("um " * 20 + HUNDRED), LIGHTS)
    assert measured.words == 100
    assert measured.fillers is not None
    assert len(measured.fillers) == 20
    assert measured.fillers_per_minute == pytest.approx(30.0)


def test_without_a_transcript_the_pace_is_a_labelled_estimate() -> None:
    measured = delivery.measure(sound(syllables=125), None, LIGHTS)
    assert measured.estimated
    assert measured.pace == pytest.approx(150.0)
    assert (measured.words, measured.fillers, measured.fillers_per_minute) == (None, None, None)
    assert measured.absent["fillers"] == "there is no transcript yet"


def test_nothing_is_counted_in_a_draft() -> None:
    measured = delivery.measure(sound(), transcript("um " * 50, draft=True), LIGHTS)
    assert (measured.words, measured.fillers, measured.fillers_per_minute) == (None, None, None)
    assert measured.absent["fillers"] == "not counted in a draft"
    assert measured.estimated


def test_where_nobody_spoke_everything_is_absent_with_its_reason() -> None:
    measured = delivery.measure(sound(voice=None), Transcript((), "x", "y"), LIGHTS)
    for name in ("first_word", "answer", "speech", "length", "pace", "speech_pace", "fillers", "fillers_per_minute"):
        assert getattr(measured, name) is None
        assert measured.absent[name] == "nobody could be heard"
    assert measured.pauses is None


@pytest.mark.parametrize(
    ("heard", "said"),
    [
        (sound(), "nine words are too few to tell a rate"),
        (sound(voice=Span(1.0, 5.9), pauses=()), HUNDRED),
        (sound(clipped=0.02), HUNDRED),
    ],
    ids=["under ten words", "under five seconds", "clipped"],
)
def test_too_little_to_judge_is_no_rate(heard, said: str) -> None:
    measured = delivery.measure(heard, transcript(said), LIGHTS)
    assert (measured.pace, measured.speech_pace, measured.fillers_per_minute) == (None, None, None)
    assert measured.absent["pace"]


def test_in_a_noisy_room_pauses_are_not_told() -> None:
    measured = delivery.measure(sound(snr=14.0), None, LIGHTS)
    assert measured.pauses is None
    assert "noisy" in measured.absent["pauses"]


def test_what_is_counted_from_pauses_is_not_told_in_a_noisy_room_either() -> None:
    measured = delivery.measure(sound(snr=14.0), transcript(HUNDRED), LIGHTS)
    assert (measured.speech, measured.speech_pace) == (None, None)
    assert "noisy" in measured.absent["speech"]
    assert "noisy" in measured.absent["speech_pace"]
    assert (measured.answer, measured.pace) == (40.0, pytest.approx(150.0))


def test_in_a_noisy_room_no_pace_is_estimated_from_the_sound() -> None:
    measured = delivery.measure(sound(snr=14.0), None, LIGHTS)
    assert (measured.pace, measured.speech_pace) == (None, None)
    assert "noisy" in measured.absent["pace"]
    assert measured.answer == 40.0


def test_words_that_nobody_was_heard_to_say_are_not_counted() -> None:
    measured = delivery.measure(sound(voice=None), transcript("Thank you."), LIGHTS)
    assert (measured.words, measured.fillers) == (None, None)
    assert measured.absent["words"] == "nobody could be heard"


def test_no_limit_no_length() -> None:
    assert delivery.measure(sound(), None, None).length is None


def shifted(by: float) -> tuple:
    heard = sound()
    moved = replace(
        heard,
        seconds=heard.seconds + by,
        voice=Span(1.0 + by, 41.0 + by),
        pauses=tuple(Pause(p.start + by, p.end + by) for p in heard.pauses),
    )
    return moved, Transcript(words(HUNDRED + " um, and then", start=1.0 + by), "x", "y")


@given(st.floats(0, 100))
def test_a_longer_lead_in_changes_the_first_word_only(by: float) -> None:
    before = delivery.measure(*shifted(0.0), LIGHTS)
    after = delivery.measure(*shifted(by), LIGHTS)
    assert after.first_word == pytest.approx(1.0 + by)
    for name in ("answer", "speech", "pace", "speech_pace", "fillers_per_minute"):
        assert getattr(after, name) == pytest.approx(getattr(before, name))
    assert (after.words, after.length) == (before.words, before.length)


@given(st.floats(0, 1000))
def test_silence_at_the_end_changes_nothing(more: float) -> None:
    heard, said = sound(), transcript(HUNDRED)
    longer = replace(heard, seconds=heard.seconds + more)
    assert delivery.measure(longer, said, LIGHTS) == delivery.measure(heard, said, LIGHTS)


@given(
    st.one_of(st.none(), st.floats(0, 50)),
    st.floats(0.01, 300),
    st.integers(0, 400),
    st.floats(0, 1),
    st.floats(0, 60),
)
def test_no_measure_is_ever_no_number(
    start: float | None, seconds: float, count: int, clipped: float, snr: float
) -> None:
    voice = Span(start, start + seconds) if start is not None else None
    heard = sound(seconds=400, voice=voice, clipped=clipped)
    heard = replace(heard, pauses=(), snr=snr if voice else None)
    measured = delivery.measure(heard, transcript("word " * count), LIGHTS)
    for name in ("first_word", "answer", "speech", "pace", "speech_pace", "fillers_per_minute"):
        value = getattr(measured, name)
        assert value is None or math.isfinite(value)
        assert (value is None) == (name in measured.absent)

"""Words and sound in line: drawn timelines with one second per four characters."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivavoce.engines.timeline import SHORTEST, fit, voiced, without_echo
from vivavoce.model import Pause, Sound, Span, Word

PROMPT = "Um, uh, hmm, er, ah."


def sound(seconds: float, voice: Span | None, *pauses: Pause) -> Sound:
    return Sound(seconds, voice, pauses, -3, -20, 0, 40, 10)


def times(words) -> list[tuple[str, float, float]]:
    return [(word.text, pytest.approx(word.start), pytest.approx(word.end)) for word in words]


#                   0   1   2   3   4   5   6   7   8
# voice             ....========....====....====....
TAKE = sound(8.0, Span(1.0, 7.0), Pause(3.0, 4.0), Pause(5.0, 6.0))


def test_where_somebody_speaks_is_the_voice_less_its_pauses():
    assert voiced(TAKE) == (Span(1.0, 3.0), Span(4.0, 5.0), Span(6.0, 7.0))


def test_nobody_speaks_where_there_is_no_voice():
    assert voiced(sound(8.0, None)) == ()


def test_words_inside_the_voice_are_left_alone():
    assert fit([Word("one", 1.2, 1.6, 0.9)], TAKE) == (Word("one", 1.2, 1.6, 0.9),)


# voice             ....========....====....====....
# said                  [one  ][two        ]
def test_a_word_that_swallowed_the_pause_before_it_loses_it():
    fitted = fit([Word("one", 1.0, 2.9), Word("two", 2.9, 5.0)], TAKE)
    assert times(fitted) == [("one", 1.0, 2.9), ("two", 4.0, 5.0)]


# voice             ....========....====....====....
# said                  [one       ][two ]
def test_a_word_that_swallowed_the_pause_after_it_loses_it():
    fitted = fit([Word("one", 1.0, 3.8), Word("two", 3.8, 5.0)], TAKE)
    assert times(fitted) == [("one", 1.0, 3.0), ("two", 4.0, 5.0)]


# voice             ....========....====....====....
# said              [a ]            [b ][c]     [d ]
def test_words_where_nobody_speaks_are_dropped():
    words = [Word("a", 0.0, 0.7), Word("b", 4.0, 5.0), Word("c", 5.2, 5.7), Word("d", 7.2, 8.0)]
    assert [word.text for word in fit(words, TAKE)] == ["b"]


def test_a_word_that_just_misses_the_voice_is_kept_beside_it():
    assert times(fit([Word("yes", 3.05, 3.3)], TAKE)) == [("yes", 3.0 - SHORTEST, 3.0)]


def test_nothing_is_said_in_a_take_without_a_voice():
    assert fit([Word("thank", 0.0, 1.0), Word("you", 1.0, 2.0)], sound(8.0, None)) == ()


def test_a_word_without_length_gets_the_shortest():
    (word,) = fit([Word("i", 2.0, 2.0)], TAKE)
    assert word.end - word.start == pytest.approx(SHORTEST)


def test_words_at_one_moment_are_set_one_after_the_other():
    fitted = fit([Word("of", 2.0, 2.0), Word("the", 2.0, 2.0), Word("cause", 2.0, 2.5)], TAKE)
    assert times(fitted) == [("of", 2.0, 2.06), ("the", 2.06, 2.12), ("cause", 2.12, 2.5)]


def test_words_at_the_very_end_stay_inside_the_take():
    short = sound(1.0, Span(0.0, 1.0))
    fitted = fit([Word("all", 0.99, 1.0), Word("of", 1.0, 1.0), Word("it", 1.0, 1.02)], short)
    assert times(fitted) == [("all", 0.82, 0.88), ("of", 0.88, 0.94), ("it", 0.94, 1.0)]


def test_punctuation_alone_is_no_word_and_outside_text_is_cleaned():
    words = [Word("-", 1.0, 1.2), Word(" Yes,\x1b[31m", 1.2, 1.5), Word("…", 1.5, 1.6), Word("£20", 1.6, 2.0)]
    assert [word.text for word in fit(words, TAKE)] == ["Yes,", "£20"]


@given(
    st.lists(st.tuples(st.floats(-1, 9), st.floats(-0.5, 3)), max_size=60),
    st.lists(st.floats(0.3, 2.0), min_size=1, max_size=6),
)
def test_times_are_always_in_order_long_enough_and_inside_the_take(raw, stretches):
    at, spans = 0.4, []
    for stretch in stretches:
        spans.append(Span(at, at + stretch))
        at += stretch + 0.4
    pauses = tuple(Pause(a.end, b.start) for a, b in itertools.pairwise(spans))
    take = sound(at, Span(spans[0].start, spans[-1].end), *pauses)
    fitted = fit([Word("w", start, start + length) for start, length in raw], take)
    assert all(word.end - word.start >= SHORTEST - 1e-9 for word in fitted)
    assert all(a.end <= b.start + 1e-9 for a, b in itertools.pairwise(fitted))
    assert all(word.start >= -1e-9 and word.end <= take.seconds + 1e-9 for word in fitted)


def said(text: str) -> list[Word]:
    return [Word(word, i * 0.3, i * 0.3 + 0.3) for i, word in enumerate(text.split())]


@pytest.mark.parametrize(
    ("heard", "kept"),
    [
        ("Um, uh, hmm, er, ah. I was late.", "I was late."),
        ("uh hmm er I was late", "I was late"),
        ("um i was uh late", "um i was uh late"),
        ("um uh i was late", "um uh i was late"),
        ("i was late um uh hmm er ah", "i was late"),
        ("um um um i was late", "um um um i was late"),
        ("", ""),
    ],
)
def test_the_prompt_coming_back_is_dropped_and_real_fillers_are_kept(heard, kept):
    assert " ".join(word.text for word in without_echo(said(heard), PROMPT)) == kept

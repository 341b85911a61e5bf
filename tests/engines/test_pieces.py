"""Where takes are cut. One character is one second: `=` is speech, `.` is a pause or silence."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivavoce.engines.pieces import LONGEST, MARGIN, plan
from vivavoce.model import Pause, Sound, Span


def drawn(timeline: str) -> Sound:
    spoken = [i for i, character in enumerate(timeline) if character == "="]
    runs, at = [], 0
    for character, group in itertools.groupby(timeline):
        length = len(list(group))
        runs.append((character, at, at + length))
        at += length
    voice = Span(spoken[0], spoken[-1] + 1) if spoken else None
    inside = [Pause(a, b) for c, a, b in runs if c == "." and voice and a > voice.start and b < voice.end]
    return Sound(len(timeline), voice, tuple(inside), -3, -20, 0, 40, 10)


def rounded(sound: Sound) -> list[tuple[float, float]]:
    return [(round(piece.start, 2), round(piece.end, 2)) for piece in plan(sound)]


def test_a_take_without_a_voice_has_no_pieces():
    assert plan(drawn("......")) == ()


def test_a_short_take_is_one_piece_with_a_little_silence_around_it():
    assert rounded(drawn("..====.===...")) == [(1.7, 10.3)]


def test_the_silence_around_a_piece_does_not_leave_the_take():
    assert rounded(drawn("====")) == [(0.0, 4.0)]


def test_a_long_take_is_cut_at_the_longest_pause_in_reach():
    #       0         10        20        30
    sound = drawn("=====.=======.======..======.=====")
    assert rounded(sound) == [(0.0, 20.3), (21.7, 34.0)]


def test_a_pause_that_comes_early_does_not_cut():
    sound = drawn("===..=========================.====")
    assert rounded(sound) == [(0.0, 30.3), (30.7, 35.0)]


def test_speech_without_a_pause_in_reach_is_cut_at_the_next_one():
    sound = drawn("=" * 35 + "." + "=" * 5)
    assert rounded(sound) == [(0.0, 35.3), (35.7, 41.0)]


def test_speech_without_any_pause_stays_in_one_piece():
    assert rounded(drawn("=" * 70)) == [(0.0, 70.0)]


def test_a_long_silence_ends_a_piece_early_and_is_left_out():
    assert rounded(drawn("=====....=====")) == [(0.0, 5.3), (8.7, 14.0)]


def test_a_long_silence_after_two_words_does_not():
    assert rounded(drawn("==....=====")) == [(0.0, 11.0)]


@given(st.lists(st.tuples(st.floats(0.3, 20), st.floats(0.25, 8)), min_size=1, max_size=40))
def test_pieces_cover_all_speech_in_order_without_overlap(runs):
    at, spoken, pauses = 0.0, [], []
    for speech, pause in runs:
        spoken.append(Span(at, at + speech))
        pauses.append(Pause(at + speech, at + speech + pause))
        at += speech + pause
    sound = Sound(at, Span(0.0, spoken[-1].end), tuple(pauses[:-1]), -3, -20, 0, 40, 10)
    pieces = plan(sound)
    assert all(a.end <= b.start + 1e-9 for a, b in itertools.pairwise(pieces))
    assert all(any(p.start <= s.start and s.end <= p.end for p in pieces) for s in spoken)
    assert all(p.seconds <= LONGEST + 2 * MARGIN or not _has_a_late_pause(p, pauses) for p in pieces)
    assert pieces[-1].end == pytest.approx(min(at, spoken[-1].end + MARGIN))


def _has_a_late_pause(piece, pauses):
    return any(piece.start + 13 < pause.start < piece.start + LONGEST and pause.end < piece.end - 1 for pause in pauses)

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.export.hostile import HOSTILE
from tests.factories import review, sound, transcript
from vivavoce.export import FORMATS
from vivavoce.model import Review, Transcript, Word

SRT = re.compile(r"(\d+)\n(\d\d:\d\d:\d\d,\d{3}) --> (\d\d:\d\d:\d\d,\d{3})\n((?:.+\n)+)\n")
VTT = re.compile(r"(\d\d:\d\d:\d\d\.\d{3}) --> (\d\d:\d\d:\d\d\.\d{3})\n((?:.+\n)+)\n")


def seconds(stamp: str) -> float:
    hours, minutes, rest = stamp.replace(",", ".").split(":")
    return int(hours) * 3600 + int(minutes) * 60 + float(rest)


def cues(*reviews: Review) -> list[tuple[float, float, str]]:
    """What an SRT reader finds; every character of the file must belong to a cue."""
    text = FORMATS["srt"](reviews)
    found = list(SRT.finditer(text))
    assert "".join(match.group() for match in found) == text
    assert [int(match[1]) for match in found] == list(range(1, len(found) + 1))
    return [(seconds(match[2]), seconds(match[3]), match[4].rstrip("\n")) for match in found]


def said(*words: tuple[str, float, float]) -> Review:
    every = tuple(Word(*word) for word in words)
    return review(None, transcript=Transcript(every, "openai-whisper", "base.en"))


def test_a_cue_lasts_from_its_first_word_to_its_last() -> None:
    one = said(("We", 1.0, 1.2), ("won.", 1.25, 1.75))
    assert cues(one) == [(1.0, 1.75, "We won.")]


def test_no_cue_goes_on_over_a_pause_of_more_than_a_second() -> None:
    one = said(("One", 1.0, 1.5), ("two", 2.5, 3.0), ("three", 4.01, 4.5))
    assert cues(one) == [(1.0, 3.0, "One two"), (4.01, 4.5, "three")]


def test_no_cue_is_longer_than_seven_seconds_or_two_lines() -> None:
    slow = transcript(" ".join(["so"] * 60))
    fast = transcript(" ".join(["considerable"] * 60))
    for one in (slow, fast):
        shown = cues(review(None, transcript=one))
        assert " ".join(text for _, _, text in shown).split() == [word.text for word in one.words]
        for start, end, text in shown:
            assert end - start <= 7.0
            assert len(text.splitlines()) <= 2
            assert max(map(len, text.splitlines())) <= 42


def test_a_word_that_swallowed_a_pause_does_not_stand_for_longer_than_seven_seconds() -> None:
    assert cues(said(("well", 1.0, 11.0))) == [(1.0, 8.0, "well")]


def test_a_word_without_length_is_shown_all_the_same() -> None:
    ((start, end, text),) = cues(said(("Yes.", 2.0, 2.0)))
    assert (start, text) == (2.0, "Yes.")
    assert end > start


def test_an_empty_word_makes_no_empty_cue() -> None:
    assert cues(said(("", 1.0, 1.1), (" ", 5.0, 5.1))) == []


def test_hours_and_the_last_millisecond_are_written_right() -> None:
    assert "01:00:00,000 --> 01:00:01,000" in FORMATS["srt"]([said(("late", 3599.9996, 3601.0))])


def test_several_takes_follow_each_other_on_one_clock() -> None:
    one = said(("We", 1.0, 1.2))
    assert [start for start, _, _ in cues(one, one, one)] == [1.0, 63.0, 125.0]


@pytest.mark.parametrize("form", ["srt", "vtt"])
def test_a_take_without_words_has_no_cue(form: str) -> None:
    assert "-->" not in FORMATS[form]([review(None), review(None, transcript=transcript(""))])


def test_the_web_format_has_its_head_its_notes_and_its_cues() -> None:
    text = FORMATS["vtt"]([review("We won."), review(None, transcript=transcript("a", draft=True))])
    assert text.startswith("WEBVTT\n\nNOTE 20260304-103000-abcdef\n\n00:00:01.000 --> 00:00:01.750\nWe won.\n\n")
    assert "NOTE 20260304-103000-abcdef, rough draft\n\n" in text


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_stay_words(text: str) -> None:
    one = review(None, transcript=transcript(text))
    shown = FORMATS["vtt"]([one]).partition("abcdef\n\n")[2]
    found = list(VTT.finditer(shown))
    assert "".join(match.group() for match in found) == shown
    for match in found:
        assert not set("<>") & set(match[3])
        assert "&" not in re.sub(r"&(amp|lt|gt);", "", match[3])
    words = html.unescape(" ".join(match[3] for match in found)).split()
    assert words == text.replace("-->", "—>").split()
    assert " ".join(" ".join(t for _, _, t in cues(one)).split()) == " ".join(text.replace("-->", "—>").split())


@given(
    st.lists(
        st.tuples(
            st.text(st.characters(categories=["L", "N", "P", "S"]), max_size=40), st.floats(0, 3), st.floats(0, 9)
        ),
        max_size=40,
    )
)
def test_cues_follow_each_other_and_each_has_a_length(drawn: list[tuple[str, float, float]]) -> None:
    at, words = 0.0, []
    for text, gap, length in drawn:
        at += gap
        words.append(Word(text, at, at + length))
        at += length
    one = review(None, sound=sound(), transcript=Transcript(tuple(words), "x", "y"))
    ends = 0.0
    for start, end, text in cues(one):
        assert ends - 0.002 <= start < end <= start + 7.002
        assert text.strip()
        assert len(text.splitlines()) <= 2
        ends = end

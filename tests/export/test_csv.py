from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import question, review, sound, take, transcript
from vivavoce.export import FORMATS, render
from vivavoce.export.csv_table import safe
from vivavoce.model import Gap


def rows(*reviews) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(FORMATS["csv"](reviews), newline="")))


def test_there_is_a_row_per_take_with_its_figures() -> None:
    one = review("Um, " + "word " * 100)
    (row,) = rows(one)
    assert row["take"] == "20260304-103000-abcdef"
    assert row["started"] == "2026-03-04T10:30:00+00:00"
    assert row["kind"] == "behavioural"
    assert row["recorded_s"] == "62.00"
    assert row["first_word_s"] == "1.00"
    assert row["answer_s"] == "40.00"
    assert row["speech_s"] == "38.00"
    assert row["length"] == "within"
    assert row["words"] == "100"
    assert row["pace_wpm"] == "150.00"
    assert row["pace_is_estimated"] == "no"
    assert row["fillers"] == "1"
    assert row["fillers_per_minute"] == "1.50"
    assert row["pauses"] == "2"
    assert row["missing_s"] == "0.00"
    assert row["recogniser"] == "openai-whisper base.en"
    assert row["transcript"].startswith("Um, word word")


def test_what_is_unknown_is_an_empty_field_and_never_zero() -> None:
    (row,) = rows(review(None, sound=sound(voice=None, peak=None)))
    for name in ("first_word_s", "answer_s", "speech_s", "length", "words", "pace_wpm", "fillers", "pauses"):
        assert row[name] == ""
    assert row["transcript"] == ""


def test_sound_that_was_lost_is_added_up() -> None:
    plain = take()
    gaps = (Gap(1.0, 0.25), Gap(9.0, 0.5))
    (row,) = rows(review(take=replace(plain, capture=replace(plain.capture, gaps=gaps))))
    assert row["missing_s"] == "0.75"


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠"])
@pytest.mark.parametrize("before", ["", " ", "   ", "\u00a0", "\u3000"])
def test_no_text_can_become_a_formula(first: str, before: str) -> None:
    assert safe(f"{before}{first}1+1") == f"'{before}{first}1+1"


def test_every_column_of_outside_text_is_made_safe() -> None:
    evil = "=HYPERLINK(1)"
    plain = take(question=question(text=evil), note=evil)
    plain = replace(plain, capture=replace(plain.capture, device=evil))
    said = transcript(evil, recogniser="=x")
    (row,) = rows(review(evil, take=plain, transcript=said))
    for name in ("question", "note", "device", "transcript", "recogniser"):
        assert row[name].startswith("'=")


@pytest.mark.parametrize(("value", "field"), [(-5, "-5"), (-5.25, "-5.25"), (0, "0"), ("5", "5"), (None, "")])
def test_numbers_stay_numbers(value: object, field: str) -> None:
    assert safe(value) == field


@given(st.text())
def test_whatever_was_said_stays_in_its_field(said: str) -> None:
    (row,) = rows(review(take=take(note=said)))
    assert row["note"] in {said, f"'{said}"}
    assert len(row) == 23


def test_every_field_is_quoted_and_excel_finds_its_mark() -> None:
    data = render([review()], "csv")
    assert data.startswith(b"\xef\xbb\xbf")
    for line in data.decode("utf-8-sig").splitlines():
        assert line.startswith('"')
        assert line.endswith('"')


def test_no_takes_are_a_header_alone() -> None:
    assert len(FORMATS["csv"]([]).splitlines()) == 1

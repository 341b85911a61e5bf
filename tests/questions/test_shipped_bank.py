"""The bank and the interviewers as they are shipped."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from difflib import SequenceMatcher
from itertools import combinations
from pathlib import Path

import pytest

from vivavoce.delivery.hesitations import bare, is_hesitation
from vivavoce.locations import shipped
from vivavoce.model import Kind, Question
from vivavoce.questions import load_interviewers, load_questions

NOWHERE = Path("/nonexistent")
BANK = load_questions(shipped("question_bank"), NOWHERE)
VOICES = load_interviewers(shipped("voices"), NOWHERE)


def test_nothing_is_wrong_with_any_of_it() -> None:
    assert BANK.problems == ()
    assert VOICES.problems == ()


def test_every_kind_has_its_file_with_at_least_eight_questions_and_a_sample_answer() -> None:
    assert {path.stem for path in shipped("question_bank").glob("*.toml")} == {kind.value for kind in Kind}
    for kind in Kind:
        mine = [question for question in BANK.questions if question.kind is kind]
        assert len(mine) >= 8
        assert any(question.sample for question in mine)


@pytest.mark.parametrize("question", BANK.questions, ids=lambda question: question.id)
def test_a_question_can_be_read_aloud_and_tells_what_the_panel_listens_for(question: Question) -> None:
    assert re.fullmatch(r"[A-Z][A-Za-z ,.:;?'-]+[.?]", question.text)
    assert question.listens_for.endswith(".")
    assert len(question.follow_ups) == 2
    for follow_up in question.follow_ups:
        assert re.fullmatch(r"[A-Z][A-Za-z ,.:?'-]+[.?]", follow_up)


@pytest.mark.parametrize("question", [q for q in BANK.questions if q.sample], ids=lambda question: question.id)
def test_a_sample_answer_is_spoken_and_fits_the_lights(question: Question) -> None:
    said = question.sample.split()
    assert any(is_hesitation(bare(word)) for word in said), "people hesitate"
    seconds = len(said) / 150 * 60
    assert question.lights.green <= seconds <= question.lights.red


def test_no_two_questions_are_nearly_alike() -> None:
    alike = [
        (a.id, b.id)
        for a, b in combinations(BANK.questions, 2)
        if SequenceMatcher(None, a.text.lower(), b.text.lower()).quick_ratio() > 0.9
        and SequenceMatcher(None, a.text.lower(), b.text.lower()).ratio() > 0.8
    ]
    assert alike == []


def test_at_least_four_interviewers_differ_to_the_ear() -> None:
    assert len(VOICES.interviewers) >= 4
    sounds = Counter((one.voices["espeak"][0], one.rate, one.pitch) for one in VOICES.interviewers)
    assert max(sounds.values()) == 1
    for one in VOICES.interviewers:
        assert len(one.openings) >= 2
        assert set(one.voices) == {"espeak", "sapi5", "nsss"}


def test_the_preferred_voices_exist_in_espeak_ng() -> None:
    listed = subprocess.run(["espeak-ng", "--voices=en"], capture_output=True, text=True, check=True, timeout=30).stdout
    known = {line.split()[4].lower() for line in listed.splitlines()[1:]}
    for one in VOICES.interviewers:
        assert one.voices["espeak"][0].lower() in known

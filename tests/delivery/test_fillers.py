from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import transcript
from vivavoce.delivery import fillers, mark
from vivavoce.delivery.fillers import lexical
from vivavoce.delivery.hesitations import is_hesitation


def found(text: str) -> list[str]:
    return [filler.text for filler in fillers(transcript(text))]


@pytest.mark.parametrize("word", ["um", "uh", "er", "erm", "ah", "eh", "hm", "mm", "umm", "uhh", "uhm", "hmm", "ummm"])
def test_the_hesitation_family_with_its_elongations(word: str) -> None:
    assert is_hesitation(word)
    assert found(f"We {word} went home.") == [word]


@pytest.mark.parametrize(
    "word", ["err", "summer", "after", "umbrella", "mm-hm", "uh-huh", "ham", "her", "here", "a", "m"]
)
def test_words_that_only_look_like_hesitations(word: str) -> None:
    assert found(f"To {word} is human.") == []


@pytest.mark.parametrize(
    "text",
    [
        "It was, um, late.",
        "Um... it was late.",
        "UM it was late.",
        "“Um,” he began.",
    ],
)
def test_punctuation_and_capitals_do_not_hide_a_hesitation(text: str) -> None:
    assert found(text) == ["um"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I was, you know, tired.", ["you know"]),
        ("Do you know him?", []),
        ("I want you to know that you know everything.", []),
        ("As you know, we moved.", []),
        ("It is, I mean, a start.", ["i mean"]),
        ("What I mean is this.", []),
        ("I mean to finish it.", []),
        ("It went well.", []),
        ("As well as that, we won.", []),
        ("It was late. Well, we stayed.", ["well"]),
        ("A well known name.", []),
        ("Well, I led the team.", []),
        ("I like it.", []),
        ("It looks like rain.", []),
        ("People like you.", []),
        ("I would like to add something.", []),
        ("I would like, um, to add something.", ["um"]),
        ("I really like, um, the work.", ["um"]),
        ("Like I said, we moved.", []),
        ("Things like that happen.", []),
        ("I, like, um, led it.", ["like", "um"]),
        ("She was, you know, like, tired.", ["you know", "like"]),
        ("Y’know, it was late.", ["y'know"]),
        ("Do y'know him?", []),
        ("I am, well, tired.", ["well"]),
        ("We won. And well, we stayed.", ["well"]),
        ("It went well. Well, fairly.", ["well"]),
        ("That's kind of you.", []),
        ("It is kind of you know late.", ["kind of", "you know"]),
        ("It was, like, a hundred people.", ["like"]),
        ("And like he just left.", ["like"]),
        ("It was kind of late.", ["kind of"]),
        ("What kind of work is it?", []),
        ("This sort of thing happens.", []),
        ("It sort of worked.", ["sort of"]),
    ],
)
def test_markers_fill_only_in_their_contexts(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("So um...uh we went.", ["um"]), ("So um,like we went.", ["um"]), ("So uh—we went.", ["uh"])],
)
def test_words_glued_by_punctuation_are_still_heard(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize("text", ["I worked in the ER.", "We used an HMM here.", "It is 5 mm thick."])
def test_abbreviations_and_units_are_no_hesitations(text: str) -> None:
    assert found(text) == []


def test_a_hesitation_is_no_lexical_word_and_a_lonely_dash_is_none_either() -> None:
    said = transcript("Um, we — uh...um ... went um,home in the ER. -")
    assert lexical(said.words) == 6


@given(st.text())
def test_whatever_the_recogniser_writes_is_read(said: str) -> None:
    for filler in fillers(transcript(said)):
        assert filler.text
        assert filler.first <= filler.last


def test_so_right_just_and_okay_are_not_counted() -> None:
    assert found("So, right, we just did it, okay, basically, actually.") == []


def test_one_well_may_open_an_answer_even_after_a_hesitation() -> None:
    assert found("Um, well, it began in May.") == ["um"]


def test_a_phrase_is_counted_once_and_not_across_a_full_stop() -> None:
    assert found("It was, you know, you know, late.") == ["you know", "you know"]
    assert found("I saw you. Know this.") == []


def test_a_filler_owns_its_words_and_their_times() -> None:
    said = transcript("I was, you know, tired.")
    (filler,) = fillers(said)
    assert (filler.first, filler.last) == (2, 3)
    assert (filler.start, filler.end) == (said.words[2].start, said.words[3].end)


def test_marking_keeps_every_word_as_it_was_written() -> None:
    said = transcript("Um, I was, you know, tired.")
    marked = mark(said, fillers(said))
    assert [text for text, _ in marked] == [word.text for word in said.words]
    assert [text for text, filling in marked if filling] == ["Um,", "you", "know,"]


VOCABULARY = st.sampled_from("um you know i mean like well kind of sort so the a work. team, went and , er".split())


@given(st.lists(VOCABULARY, max_size=40))
def test_no_word_belongs_to_two_fillers(said: list[str]) -> None:
    every = fillers(transcript(" ".join(said)))
    taken = [index for filler in every for index in range(filler.first, filler.last + 1)]
    assert len(taken) == len(set(taken))
    assert taken == sorted(taken)

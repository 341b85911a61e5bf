"""The gate for outside text, with what hostile files, devices and recognisers can say."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from vivavoce.text import clean, shorten

FORBIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
JOINERS = "\u200c\u200d"

HARMLESS = [
    "Tell me about yourself.",
    "Ärger, naïve, Łódź, e\u0301 decomposed",
    "🧑‍🏫 👩🏽‍🚀 ❤️ 🇩🇪 1️⃣",
    "क्‍ष നന്‍മ বাংলা தமிழ்",
    "می‌خواهم",
    "שלום עולם, مرحبا",
    "日本語、中文。한국어",
    "100 % – “quoted” … [b]no markup[/b] <tag> \\x1b {x} $HOME",
]


@pytest.mark.parametrize("text", HARMLESS)
def test_harmless_text_is_left_as_it_is(text: str) -> None:
    assert clean(text) == text
    assert clean(text, lines=True) == text


@pytest.mark.parametrize(
    ("hostile", "harmless"),
    [
        # operating system commands: title, link, clipboard
        ("a\x1b]0;owned\x07b", "ab"),
        ("a\x1b]0;owned\x1b\\b", "ab"),
        ("a\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\b", "alinkb"),
        ("a\x1b]52;c;ZXZpbA==\x07b", "ab"),
        ("a\x9d0;owned\x9cb", "ab"),
        # device control, privacy message, application command, start of string
        ("a\x1bP$qm\x1b\\b", "ab"),
        ("a\x1b^secret\x1b\\b", "ab"),
        ("a\x1b_Gf=100;AAAA\x1b\\b", "ab"),
        ("a\x1bXstring\x1b\\b", "ab"),
        ("a\x90q#0\x9cb", "ab"),
        # control sequences: colour, cursor, screen, mouse, alternate screen
        ("a\x1b[31;1mred\x1b[0mb", "aredb"),
        ("a\x1b[2J\x1b[1;1H\x1b[?1049h\x1b[?1000hb", "ab"),
        ("a\x1b[>4;2m\x1b[6 q\x1b[!pb", "ab"),
        ("a\x9b2Jb", "ab"),
        # other escapes: reset, character sets, save and restore
        ("a\x1bcb", "ab"),
        ("a\x1b7b\x1b8", "ab"),
        # one inside the other: what is left over is plain text
        ("a\x1b\x1b]0;x\x07b", "a]0;x\ufffdb"),
        ("a\x1b[\x1b]0;x\x07b", "ab"),
        ("\x1b\x1b[31m", "[31m"),
        ("a\x1b]0;x\x1b[2Jb", "ab"),
        # half sequences at the end
        ("a\x1b", "a"),
        ("a\x1b[", "a"),
        ("a\x1b[31", "a"),
        ("a\x1b]0;owned", "a"),
        ("a\x1bPq", "a"),
        ("a\x9b", "a"),
        # single controls
        ("a\x00b\x07c\x08d\x7fe", "a\ufffdb\ufffdc\ufffdd\ufffde"),
        ("a\x84b\x8fc", "a\ufffdb\ufffdc"),
        # bidirectional: overrides, embeddings, isolates, marks
        ("a\u202eb\u202cc", "a\ufffdb\ufffdc"),
        ("a\u2066b\u2069c\u200e\u200f\u061c", "a\ufffdb\ufffdc\ufffd\ufffd\ufffd"),
        # what is no character: half a pair, private use, not assigned, tags
        ("answer\udcff.wav", "answer\ufffd.wav"),
        ("\ud83d", "\ufffd"),
        ("\ue000\U000f0000\uffff\U000e0041", "\ufffd\ufffd\ufffd\ufffd"),
        # invisible and innocent
        ("\ufeffinter\u00adview\u200bs\u2060", "interviews"),
    ],
)
def test_what_a_terminal_would_obey_is_taken_out(hostile: str, harmless: str) -> None:
    assert clean(hostile) == harmless
    assert clean(hostile, lines=True) == harmless


def test_one_line_has_one_line_and_lines_have_theirs() -> None:
    text = "  one\r\ntwo\rthree\tfour\u2028five\u2029six\x0bseven\x0ceight\x85nine "
    assert clean("one\r\n\ttwo  three\n") == "one two three"
    assert clean(text, lines=True).split("\n")[:2] == ["  one", "two"]
    assert clean(text, lines=True).splitlines() == clean(text, lines=True).split("\n")
    assert len(clean(text).splitlines()) == 1


PIECES = st.sampled_from(
    ["\x1b", "\x1b[", "\x1b]", "\x9b", "\x9d", "\x90", "\x07", "\x1b\\", "\x9c", "31m", "0;x", "\r", "\n", "\u2028",
     "\u202e", "\u200d", "\u00ad", "\x00", "\udcff", " ", "\t", "a"]
)  # fmt: skip
ANYTHING = st.text(st.characters(exclude_categories=()), max_size=200)
TEXTS = ANYTHING | st.lists(PIECES | ANYTHING, max_size=30).map("".join)


@settings(max_examples=500, deadline=None)
@given(TEXTS)
@example("\x1b\x1b\x1b]")
@example("\x1b[\x1b[mm")
def test_no_forbidden_character_ever_survives(text: str) -> None:
    line, lines = clean(text), clean(text, lines=True)
    for character in line:
        assert character in JOINERS or unicodedata.category(character) not in FORBIDDEN
    for character in lines:
        assert character in JOINERS + "\n\t" or unicodedata.category(character) not in FORBIDDEN
    lines.encode()


@settings(max_examples=500, deadline=None)
@given(TEXTS)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert clean(clean(text, lines=True), lines=True) == clean(text, lines=True)


@given(st.text(st.characters(categories=["L", "M", "N", "P", "S"]), max_size=200))
def test_letters_marks_digits_and_punctuation_are_never_touched(text: str) -> None:
    assert clean(text, lines=True) == text


@pytest.mark.parametrize(
    ("text", "width", "short"),
    [
        ("short", 10, "short"),
        ("exactly 10", 10, "exactly 10"),
        ("one two three", 10, "one two t…"),
        ("one two three", 8, "one two…"),
        ("one\ntwo\x1b[31m", 20, "one two"),
        ("anything", 1, "…"),
        ("", 0, ""),
    ],
)
def test_shortening_keeps_to_the_width_and_says_that_it_left_something_out(text: str, width: int, short: str) -> None:
    assert shorten(text, width) == short


def test_a_long_hostile_text_takes_no_long_time() -> None:
    # a pattern that goes back and forth would need hours for these
    for piece in ("\x1b", "\x1b[", "\x1b]", "\x1b[0", "\x9d", "\x1bP\x1b", "\x1b]0;\x1b"):
        assert "\x1b" not in clean(piece * 100_000)

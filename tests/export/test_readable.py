"""The two formats that people read: plain text and Markdown."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.export.hostile import HOSTILE
from tests.factories import question, review, take, transcript
from vivavoce.export import FORMATS, render
from vivavoce.export.markdown import escaped
from vivavoce.model import Review


def hostile(text: str) -> Review:
    plain = take(question=question(text=text), note=text)
    plain = replace(plain, capture=replace(plain.capture, device=text))
    return review(text, take=plain, transcript=transcript(text))


def unescaped(text: str) -> str:
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text)


def test_the_text_holds_question_figures_words_and_note() -> None:
    one = review("Um, I led the team, you know, and we won. " + "word " * 40, take=take(note="Slower next time."))
    text = FORMATS["txt"]([one])
    assert text.startswith("Tell me about a time.\n")
    assert "behavioural, 2026-03-04 10:30, Built-in microphone" in text
    for remark in one.remarks:
        assert f"{remark.about}: {remark.figure} – " in text
    assert "«Um,» I led the team, «you know,» and we won." in text
    assert "Note: Slower next time." in text


def test_the_text_stays_narrow() -> None:
    long = review("word " * 200, take=take(question=question(text="why " * 100), note="note " * 80))
    assert max(map(len, FORMATS["txt"]([long]).splitlines())) <= 78


@pytest.mark.parametrize("form", ["txt", "md"])
def test_what_is_absent_is_said_with_its_reason(form: str) -> None:
    text = FORMATS[form]([review(None)])
    assert "there is no transcript yet" in text
    assert "Not transcribed yet." in text
    assert "None" not in text


@pytest.mark.parametrize("form", ["txt", "md"])
def test_a_draft_says_that_it_is_rough(form: str) -> None:
    one = review(None, transcript=transcript("to be or", draft=True))
    assert "ough draft: every second word may be wrong." in FORMATS[form]([one])


@pytest.mark.parametrize("form", ["txt", "md"])
def test_each_take_has_its_own_place(form: str) -> None:
    assert FORMATS[form]([review(), review()]).count("behavioural") == 2
    assert render([], form).strip() == b""


def test_several_texts_have_a_rule_between_them() -> None:
    assert FORMATS["txt"]([review(), review(), review()]).count("\n" + "-" * 78 + "\n") == 2


def test_markdown_has_a_heading_a_table_and_bold_fillers() -> None:
    one = review("Um, I led the team, you know, and we won.", take=take(note="Slower."))
    lines = FORMATS["md"]([one]).splitlines()
    assert lines[0] == "## Tell me about a time\\."
    assert "| what | figure | in words |" in lines
    assert sum(line.startswith("| ") for line in lines) == 1 + len(one.remarks)
    assert "**Um,** I led the team, **you** **know,** and we won\\." in lines
    assert lines[-1] == "> Slower\\."


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_from_outside_is_obeyed_by_markdown(text: str) -> None:
    document = FORMATS["md"]([hostile(text)])
    bare = re.sub(r"\\.", "", document)  # what is left once every escaped character is gone
    for special in ("<", "](", "![", "`", "http:", "www.", "@", "$", "&", "~"):
        assert special not in bare
    for line in document.splitlines():
        assert not re.match(r"\s*(#(?!# )|-(?!--\|)|\d+[.)]|===|```|\[)", line)
        if line.startswith("|"):
            assert len(re.findall(r"(?<!\\)\|", line)) == 4


@pytest.mark.parametrize("text", HOSTILE)
def test_a_renderer_finds_no_link_no_image_and_no_markup_of_theirs(text: str) -> None:
    page = MarkdownIt("gfm-like", {"html": True}).render(FORMATS["md"]([hostile(text)]))
    ours = {"h2", "p", "table", "thead", "tbody", "tr", "th", "td", "strong", "blockquote"}
    assert set(re.findall(r"<\s*/?(\w+)", page)) <= ours
    assert f"<h2>{html.escape(text)}</h2>" in page


@given(st.text())
def test_escaping_loses_nothing_but_the_kind_of_space(text: str) -> None:
    assert unescaped(escaped(text)) == " ".join(text.split())


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Zs", "Zl", "Zp", "Cc"]), min_size=1))
def test_every_special_character_is_preceded_by_a_backslash(text: str) -> None:
    assert re.fullmatch(r"(?:\\[!-/:-@\[-`{-~]|[^\\`*_{}\[\]<>#|!~&$@])*", escaped(text))

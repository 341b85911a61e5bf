from __future__ import annotations

from pathlib import Path

import pytest

from vivavoce.model import Kind, Lights
from vivavoce.questions import Bank, check, load_interviewers, load_questions

GOOD = """
kind = "tricky"
think = 10
green = 25
amber = 45
red = 60

[[question]]
id = "good"
text = "Why?"
"""


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    shipped, own = tmp_path / "shipped", tmp_path / "own"
    shipped.mkdir()
    own.mkdir()
    return shipped, own


def loaded(folders: tuple[Path, Path], text: str, name: str = "mine.toml") -> Bank:
    (folders[1] / name).write_text(text, encoding="utf-8")
    return load_questions(*folders)


def test_a_question_takes_what_it_does_not_say_from_its_file(folders: tuple[Path, Path]) -> None:
    (question,) = loaded(folders, GOOD + 'red = 90\nlistens_for = "Calm."\nfollow_ups = ["And then?"]\n').questions
    assert question.kind is Kind.TRICKY
    assert question.think == 10
    assert question.lights == Lights(25, 45, 90)
    assert (question.listens_for, question.follow_ups, question.sample) == ("Calm.", ("And then?",), "")


def test_the_users_question_wins_by_its_id(folders: tuple[Path, Path]) -> None:
    (folders[0] / "shipped.toml").write_text(GOOD, encoding="utf-8")
    bank = loaded(folders, GOOD.replace("Why?", "Why not?"))
    assert [question.text for question in bank.questions] == ["Why not?"]
    assert bank.problems == ()


@pytest.mark.parametrize(
    ("broken", "line", "reason"),
    [
        ('[[question]]\nid = "Bad Id"\ntext = "x"\n', 12, "`id` must be"),
        ('[[question]]\nid = "two"\ntext = ""\n', 12, "`text` is empty"),
        ('[[question]]\nid = "two"\n', 12, "`text` is missing"),
        ('[[question]]\nid = "two"\ntext = "x"\ngren = 5\n', 12, "did you mean `green`"),
        ('[[question]]\nid = "two"\ntext = "x"\nthink = -1\n', 12, "think"),
        ('[[question]]\nid = "two"\ntext = "x"\nthink = "long"\n', 12, "think"),
        ('[[question]]\nid = "two"\ntext = "x"\nthink = nan\n', 12, "think"),
        ('[[question]]\nid = "two"\ntext = "x"\nred = inf\n', 12, "red"),
        ('[[question]]\nid = "two"\ntext = "x"\nred = 30\n', 12, "the lights must rise"),
        ('[[question]]\nid = "two"\ntext = "x"\nkind = "sporty"\n', 12, "kind"),
        ('[[question]]\nid = "good"\ntext = "x"\n', 12, "used twice"),
        (f'[[question]]\nid = "two"\ntext = "{"x" * 601}"\n', 12, "more than 600"),
        ('[[question]]\nid = "two"\ntext = "x"\nfollow_ups = [1]\n', 12, "follow_ups"),
    ],
)
def test_a_bad_question_is_told_with_its_line_and_the_good_one_loads(
    folders: tuple[Path, Path], broken: str, line: int, reason: str
) -> None:
    bank = loaded(folders, GOOD + "\n" + broken)
    assert [question.id for question in bank.questions] == ["good"]
    (problem,) = bank.problems
    assert problem.line == line
    assert reason in problem.reason
    assert str(problem).startswith("mine.toml, line 12: ")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"kind = [", "not TOML"),
        (b"\xff\xfe", "not UTF-8"),
        (b"a = " + b"[" * 100_000, "nested"),
        (b"#" * 1_000_001, "larger than 1 MB"),
        (b'kind = "tricky"\n[colours]\n', "there is no key `colours`"),
    ],
)
def test_a_bad_file_is_told_and_the_others_load(folders: tuple[Path, Path], content: bytes, reason: str) -> None:
    (folders[1] / "bad.toml").write_bytes(content)
    bank = loaded(folders, GOOD)
    assert [question.id for question in bank.questions] == ["good"]
    (problem,) = bank.problems
    assert problem.file.name == "bad.toml"
    assert reason in problem.reason


def test_what_is_no_file_is_told(folders: tuple[Path, Path]) -> None:
    (folders[1] / "folder.toml").mkdir()
    (folders[1] / "gone.toml").symlink_to(folders[1] / "nowhere")
    assert len(loaded(folders, GOOD).problems) == 2


def test_outside_text_is_cleaned_where_it_comes_in(folders: tuple[Path, Path]) -> None:
    hostile = "\\u001b]0;owned\\u0007\\u001b[31mWhy\\u202e [b]me[/b]?\\u0000"
    (question,) = loaded(folders, GOOD.replace("Why?", hostile) + f'sample = "{hostile}"\n').questions
    for text in (question.text, question.sample):
        assert "\x1b" not in text
        assert "\u202e" not in text
        assert "[b]me[/b]?" in text


def test_a_hostile_key_cannot_speak_to_the_terminal(folders: tuple[Path, Path]) -> None:
    bank = loaded(folders, GOOD + '"\\u001b[2J" = 1\n')
    assert "\x1b" not in str(bank.problems[0])


def test_questions_come_by_kind_and_the_bank_may_be_absent(tmp_path: Path) -> None:
    assert load_questions(tmp_path / "a", tmp_path / "b") == Bank((), ())


def test_check_finds_every_problem_of_one_file(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(GOOD + '[[question]]\nid = "A"\ntext = "x"\n[[question]]\nid = "B"\ntext = "x"\n')
    assert [problem.line for problem in check(file)] == [11, 14]
    file.write_text(GOOD)
    assert check(file) == ()
    file.write_text("")
    assert "no [[question]]" in check(file)[0].reason
    assert check(tmp_path / "nowhere.toml")[0].reason == "this is not a file"


def test_an_interviewer_is_checked_like_a_question(folders: tuple[Path, Path]) -> None:
    good = 'id = "hart"\nname = "Ms Hart"\nmanner = "Warm."\n'
    (folders[0] / "hart.toml").write_text(good)
    (folders[1] / "fast.toml").write_text(good.replace("hart", "fast") + "rate = 4000\n")
    (folders[1] / "odd.toml").write_text(good.replace("hart", "odd") + "[voices]\nwindows = []\n")
    found = load_interviewers(*folders)
    assert [one.id for one in found.interviewers] == ["hart"]
    assert [problem.file.name for problem in found.problems] == ["fast.toml", "odd.toml"]

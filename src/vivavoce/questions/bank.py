"""The bank of questions: what was shipped, and the user's own, which wins by id."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from vivavoce.model import Kind, Question
from vivavoce.questions import schema
from vivavoce.questions.problem import Problem
from vivavoce.questions.toml import Bad, Document, converted

_ORDER = {kind: number for number, kind in enumerate(Kind)}

_MOST = 5000
"""Questions in one file."""


@dataclass(frozen=True, slots=True)
class Bank:
    """All questions that can be asked, by kind, and what is wrong with the rest."""

    questions: tuple[Question, ...]
    problems: tuple[Problem, ...]


def load_questions(shipped: Path, own: Path) -> Bank:
    """The bank. A bad file or question is told and left out; nothing is raised."""
    found: dict[str, Question] = {}
    problems: list[Problem] = []
    for folder in (shipped, own):
        questions, bad = _distinct(sorted(folder.glob("*.toml")))
        found |= questions
        problems += bad
    ordered = sorted(found.values(), key=lambda question: (_ORDER[question.kind], question.id))
    return Bank(tuple(ordered), tuple(problems))


def check(file: Path) -> tuple[Problem, ...]:
    """All that is wrong with one file."""
    questions, problems = _distinct([file])
    if not problems and not questions:
        problems.append(Problem(file, None, "there is no [[question]] in it"))
    return tuple(problems)


def _distinct(files: list[Path]) -> tuple[dict[str, Question], list[Problem]]:
    """The good questions of these files by id, each once, and what is wrong with the rest."""
    found: dict[str, Question] = {}
    problems: list[Problem] = []
    for file in files:
        for item in _read(file):
            if isinstance(item, Problem):
                problems.append(item)
            elif item[0].id in found:
                problems.append(Problem(file, item[1], f"the id `{item[0].id}` is used twice"))
            else:
                found[item[0].id] = item[0]
    return found, problems


def _read(file: Path) -> Iterator[tuple[Question, int | None] | Problem]:
    """Each question of a file with its line, or what is wrong with it."""
    try:
        document = Document(file)
        defaults = converted(document.content, schema.QuestionFile)
    except Bad as bad:
        yield bad.problem(file)
        return
    if len(defaults.question) > _MOST:
        yield Problem(file, None, f"there are more than {_MOST} questions in it")
        return
    for number, table in enumerate(defaults.question):
        line = document.line("question", number)
        try:
            yield schema.question(converted(table, schema.QuestionTable), defaults), line
        except Bad as bad:
            yield bad.problem(file, line)

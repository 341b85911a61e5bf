"""The interviewers: those that were shipped, and the user's own, which win by id."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from vivavoce.model import Interviewer
from vivavoce.questions import schema
from vivavoce.questions.problem import Problem
from vivavoce.questions.toml import Bad, Document, converted


@dataclass(frozen=True, slots=True)
class Voices:
    """Who may ask, by id, and what is wrong with the rest."""

    interviewers: tuple[Interviewer, ...]
    problems: tuple[Problem, ...]


def load_interviewers(shipped: Path, own: Path) -> Voices:
    """All interviewers. A bad file is told and left out; nothing is raised."""
    found: dict[str, Interviewer] = {}
    problems: list[Problem] = []
    for folder in (shipped, own):
        for file in sorted(folder.glob("*.toml")):
            try:
                one = schema.interviewer(converted(Document(file).content, schema.InterviewerFile))
            except Bad as bad:
                problems.append(bad.problem(file))
            else:
                found[one.id] = one
    return Voices(tuple(sorted(found.values(), key=lambda one: one.id)), tuple(problems))

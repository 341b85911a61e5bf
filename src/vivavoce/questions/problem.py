"""What is wrong with a file, for the person who wrote it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from vivavoce.text import clean


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong; what is right in the same file is used all the same."""

    file: Path
    line: int | None
    """Counted from 1; None where it cannot be told."""
    reason: str
    """One sentence without its full stop (already cleaned)."""

    def __str__(self) -> str:
        where = clean(self.file.name) if self.line is None else f"{clean(self.file.name)}, line {self.line}"
        return f"{where}: {self.reason}."

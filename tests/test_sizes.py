"""Small files and small functions: whoever opens one sees all of it."""

from __future__ import annotations

import ast
from pathlib import Path
from statistics import median

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "vivavoce"
FILES = sorted(SOURCE.rglob("*.py"))

LONGEST_FILE = 300
LONGEST_FUNCTION = 50
MIDDLE_FUNCTION = 10


def functions(path: Path) -> dict[str, int]:
    """Lines of every function, signature and docstring included."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return {f"{path.stem}.{node.name}:{node.lineno}": node.end_lineno - node.lineno + 1 for node in found}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_no_file_and_no_function_is_too_long(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE
    assert {name: lines for name, lines in functions(path).items() if lines > LONGEST_FUNCTION} == {}


def test_most_functions_are_seen_at_a_glance() -> None:
    lengths = [lines for path in FILES for lines in functions(path).values()]
    assert len(lengths) > 100
    assert median(lengths) <= MIDDLE_FUNCTION

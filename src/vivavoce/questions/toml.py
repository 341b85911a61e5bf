"""Reading TOML files that strangers wrote: capped in size and count, every complaint with its line."""

from __future__ import annotations

import re
import tomllib
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from vivavoce.questions.problem import Problem
from vivavoce.text import clean

_LARGEST = 1_000_000
"""Bytes; 5000 questions fit."""

_AT = re.compile(r" - at `\$\.?(?P<where>[^`]*)`$")
_TOML_LINE = re.compile(r"\(at line (\d+)")

T = TypeVar("T")


class Bad(Exception):
    """What stands in a file cannot be used."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(reason)
        self.reason = clean(reason)
        self.line = line

    def problem(self, file: Path, line: int | None = None) -> Problem:
        """The same for the person who wrote the file."""
        return Problem(file, self.line if self.line is not None else line, self.reason)


class Document:
    """One parsed file. Raises Bad."""

    def __init__(self, file: Path) -> None:
        self._text = _read(file)
        try:
            self.content: dict[str, Any] = tomllib.loads(self._text)
        except tomllib.TOMLDecodeError as error:
            found = _TOML_LINE.search(str(error))
            raise Bad(f"this is not TOML: {error}", int(found[1]) if found else None) from error
        except RecursionError as error:
            raise Bad("this is nested far too deeply") from error

    def line(self, table: str, number: int) -> int | None:
        """The line of the table `[[table]]` with this number, counted from 0."""
        heads = re.finditer(rf"^\s*\[\[\s*{table}\s*\]\]", self._text, re.MULTILINE)
        lines = [self._text.count("\n", 0, head.start() + len(head[0])) + 1 for head in heads]
        return lines[number] if number < len(lines) else None


def _read(file: Path) -> str:
    try:
        if not file.is_file():
            raise Bad("this is not a file")
        if file.stat().st_size > _LARGEST:
            raise Bad("this is larger than 1 MB")
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise Bad("this is not UTF-8 text") from error
    except OSError as error:
        raise Bad(f"this cannot be read ({error.strerror})") from error


def converted(content: Any, wanted: type[T]) -> T:
    """The content as this struct. Raises Bad, which names the key, and the nearest known one for an unknown key."""
    try:
        return msgspec.convert(content, wanted)
    except msgspec.ValidationError as error:
        raise Bad(_plainly(str(error), wanted)) from error
    except RecursionError as error:
        raise Bad("this is nested far too deeply") from error


def _plainly(message: str, wanted: type[Any]) -> str:
    """A structural complaint in words: `Expected str, got int - at $.text` is "`text`: expected str, got int"."""
    found = _AT.search(message)
    where = f"`{found['where']}`: " if found and found["where"] else ""
    reason = _AT.sub("", message).replace("`", "")
    unknown = re.search(r"unknown field (\S+)", reason)
    if unknown:
        known = [field.name for field in msgspec.structs.fields(wanted)]
        near = get_close_matches(unknown[1], known, n=1)
        hint = f"did you mean `{near[0]}`" if near else f"known are {', '.join(known)}"
        return f"there is no key `{unknown[1]}`; {hint}"
    missing = re.search(r"missing required field (\S+)", reason)
    if missing:
        return f"the key `{missing[1]}` is missing"
    return where + reason[0].lower() + reason[1:]

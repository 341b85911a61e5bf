"""The JSON file beside each recording: all there is to say about it, for people and for rebuilding the archive."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from vivavoce.model import Review, Session
from vivavoce.text import clean

_LARGEST = 16 * 1024 * 1024
"""Bytes; an hour of words with their times is about 2 MB."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Sidecar:
    """What stands beside a recording."""

    session: Session
    review: Review
    app: str = ""
    """The version that wrote it."""


@cache
def application() -> str:
    """The version of this program; empty where it runs without being installed."""
    # 15 ms of import that the first screen need not wait for.
    from importlib import metadata  # noqa: PLC0415

    try:
        return metadata.version("viva-voce")
    except metadata.PackageNotFoundError:
        return ""


def encode(document: object) -> bytes:
    """Indented JSON, because people read it too."""
    return msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n"


def read(path: Path, shape: type[T]) -> T:
    """A document of this shape, all its text cleaned: anybody may have written to that file.

    Raises OSError, and ValueError for anything that is no such document.
    """
    if path.is_symlink() or path.stat().st_size > _LARGEST:
        raise ValueError("no file that this program wrote")
    try:
        return msgspec.convert(_cleaned(msgspec.json.decode(path.read_bytes())), shape)
    except (msgspec.MsgspecError, RecursionError, UnicodeError, TypeError) as error:
        raise ValueError("no such document") from error


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        # Most words are printable as they are; asking costs a hundredth of cleaning them.
        return value if value.isprintable() else clean(value, lines=True)
    if isinstance(value, list):
        return [_cleaned(item) for item in value]
    if isinstance(value, dict):
        return {_cleaned(key): _cleaned(item) for key, item in value.items()}
    return value

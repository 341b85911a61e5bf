"""Export: one pure function per format, reviews in, text out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from vivavoce.export import csv_table, json_document, markdown, plain_text, subtitles
from vivavoce.model import Review

FORMATS: Mapping[str, Callable[[Sequence[Review]], str]] = {
    "txt": plain_text.text,
    "md": markdown.text,
    "json": json_document.text,
    "csv": csv_table.text,
    "srt": subtitles.srt,
    "vtt": subtitles.vtt,
}
"""What can be written, by the file's ending."""


def render(reviews: Sequence[Review], form: str) -> bytes:
    """The reviews in one of `FORMATS`, encoded as the programs that read it expect."""
    return FORMATS[form](reviews).encode(
        "utf-8-sig" if form == "csv" else "utf-8"
    )  # Excel reads UTF-8 only by its mark


__all__ = ["FORMATS", "render"]

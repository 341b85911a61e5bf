"""The one gate for outside text: bank files, transcripts, device and file names, error texts.

A terminal obeys what it is sent: an escape sequence inside a question can set the window's title, write the clipboard
or move the cursor, and no widget library filters it. So whatever comes from outside passes `clean` where it comes in,
and nothing inside has to think of it again. Markup is the other half: screens show outside text as plain content only.
"""

from __future__ import annotations

import re
import unicodedata

_ESCAPE = re.compile(
    r"""
      \x1b\][^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?         # operating system commands: titles, clipboard, links
    | \x9d[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?           # the same, introduced by one C1 character
    | \x1b[PX^_][^\x1b\x9c]*(?:\x1b\\|\x9c)?              # device control, privacy message, application command
    | [\x90\x98\x9e\x9f][^\x1b\x9c]*(?:\x1b\\|\x9c)?      # the same, introduced by one C1 character
    | (?:\x1b\[|\x9b)[0-?]*[\ -/]*[@-~]?                  # control sequences: colours, cursor
    | \x1b.?                                              # any other escape
    """,
    re.VERBOSE | re.DOTALL,
)

_BREAK = re.compile("\r\n?|[\u2028\u2029]")
"""What else ends a line."""

_KEPT = frozenset("\n\t\u200c\u200d")
"""Non-joiner and joiner: emoji, Indic scripts and Persian need them, and they move nothing."""

_DROPPED = str.maketrans("", "", "\u00ad\u200b\u2060\ufeff")
"""Soft hyphen, zero-width space, word joiner, byte order mark: invisible, and pasted along with honest text."""

_REPLACED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
"""Control, format (bidirectional overrides among them), surrogate, private and unassigned characters."""


def clean(text: str, lines: bool = False) -> str:
    """`text` without escape sequences, control or bidirectional characters; in one line, unless `lines` are kept."""
    text = _BREAK.sub("\n", _ESCAPE.sub("", text)).translate(_DROPPED)
    safe = "".join(_safe(character) for character in text)
    return safe if lines else " ".join(safe.split())


def _safe(character: str) -> str:
    if character in _KEPT:
        return character
    return "\ufffd" if unicodedata.category(character) in _REPLACED else character


def shorten(text: str, width: int) -> str:
    """`text` cleaned to one line of at most `width` characters, an ellipsis where something was left out."""
    line = clean(text)
    return line if len(line) <= width else line[: max(width - 1, 0)].rstrip() + "…"

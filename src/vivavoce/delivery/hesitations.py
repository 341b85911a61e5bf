"""Which words are hesitations, and what a word is once its punctuation is off."""

from __future__ import annotations

import re

_HESITATION = re.compile(r"u+h+|u+h*m+|e+r+m+|e+r+|a+h+|e+h+|h+m+|m{2,}|u+h+m+")
"""The uh/um family with its elongations."""

_WORDS = frozenset({"err"})
"""A real word that the pattern would take: to err is human."""

_ABBREVIATIONS = frozenset({"ER", "HMM"})
"""Written so, an emergency room and a hidden Markov model."""

_GLUE = re.compile(r"[,.…;:!?—–/]+")
"""Punctuation that recognisers leave between two words without a space: `um...uh`, `um,like`."""


def bare(text: str) -> str:
    """A word in lower case without punctuation round it: `"Um,` is `um`, `don't` stays."""
    return re.sub(r"^[\W_]+|[\W_]+$", "", text.lower().replace("’", "'"))


def is_hesitation(text: str) -> bool:
    """Whether a bare word is one of um, uh, er, ah, hm, mm; `mm-hm` and `uh-huh` are answers, not hesitations."""
    return text not in _WORDS and _HESITATION.fullmatch(text) is not None


def hesitation(written: str, before: str = "") -> str:
    """The first hesitation in a word as it was written, bare; empty for none. `before` is the bare word before it."""
    if re.sub(r"\W", "", written) in _ABBREVIATIONS or (bare(written) == "mm" and before[-1:].isdigit()):
        return ""
    return next((piece for piece in _pieces(written) if is_hesitation(piece)), "")


def is_lexical(written: str) -> bool:
    """Whether a word as it was written says anything: neither a hesitation nor a lonely dash."""
    pieces = _pieces(written)
    return bool(pieces) and not (hesitation(written) and all(map(is_hesitation, pieces)))


def _pieces(written: str) -> list[str]:
    return [piece for part in _GLUE.split(written) if (piece := bare(part))]

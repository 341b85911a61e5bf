"""Which words are hesitations, and what a word is once its punctuation is off."""

from __future__ import annotations

import re

_HESITATION = re.compile(r"u+h+|u+h*m+|e+r+m+|e+r+|a+h+|e+h+|h+m+|m{2,}|u+h+m+")
"""The uh/um family with its elongations. "Err" (to err is human) has two r's and an e: it is excluded below."""

_WORDS = frozenset({"err", "errs", "ham", "hem", "him"})
"""Real words that the pattern, or a careless one, would take."""


def bare(text: str) -> str:
    """A word in lower case without punctuation round it: `"Um,` is `um`, `don't` stays."""
    return re.sub(r"^\W+|\W+$", "", text.lower().replace("’", "'"))


def is_hesitation(text: str) -> bool:
    """Whether a bare word is one of um, uh, er, ah, hm, mm; `mm-hm` and `uh-huh` are answers, not hesitations."""
    return text not in _WORDS and _HESITATION.fullmatch(text) is not None

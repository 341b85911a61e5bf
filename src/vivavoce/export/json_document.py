"""Everything, for other programs: the data as it is, under a version of its own."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from vivavoce.model import Review

VERSION = 1
"""Of this document: it grows when a field changes its meaning or goes."""


def text(reviews: Sequence[Review]) -> str:
    """`{"viva_voce": 1, "reviews": [...]}`, each review with all that is known; seconds are floats, None is null."""
    document = {"viva_voce": VERSION, "reviews": list(reviews)}
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode("utf-8") + "\n"

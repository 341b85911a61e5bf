"""The level of the microphone, as a bar and a word."""

from __future__ import annotations

from textual.widgets import Static

from vivavoce.ports import Level
from vivavoce.text import shorten
from vivavoce.tui.safe import plain

_WIDTH = 30
_NAME = 36
"""Characters of the microphone's name: with the bar and its word they fill 76 columns."""
_QUIETEST = -60.0
"""dBFS at the bar's left end."""


class LevelMeter(Static):
    """How loud it is now."""

    def show(self, level: Level | None, device: str) -> None:
        """Draw this moment."""
        self.update(plain(f"{meter(level)}  {shorten(device, _NAME)}", lines=True))


def meter(level: Level | None) -> str:
    """The level as text of one width."""
    if level is None:
        return f"{'·' * _WIDTH} waiting"
    share = min(1.0, max(0.0, 1 - level.rms / _QUIETEST))
    columns = round(share * _WIDTH)
    word = (
        "silent " if level.zeros > 0 else "quiet  " if level.rms < -45 else "loud   " if level.peak > -1 else "good   "
    )
    return f"{'▮' * columns}{'·' * (_WIDTH - columns)} {word}"

"""What a session is made of; the wiring puts it together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from vivavoce.archive import Archive
from vivavoce.ports import Microphone, Player, Recogniser, SoundFiles, Voice


@dataclass(frozen=True, slots=True)
class Parts:
    """The ports with whatever stands behind them, the archive, and the clock."""

    voice: Voice
    player: Player
    microphone: Microphone
    recogniser: Recogniser
    draft: Recogniser
    """Works without weights and writes drafts only."""
    files: SoundFiles
    archive: Archive
    owned: Callable[[Path], bool]
    """Whether a recorder still lives that writes this spool."""
    now: Callable[[], datetime]
    """The time of day, with its zone."""
    monotonic: Callable[[], float]
    """Seconds that never go back."""

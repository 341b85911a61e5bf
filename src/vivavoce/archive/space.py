"""Room on the disk: enough for the next answer, or said beforehand."""

from __future__ import annotations

import shutil
from pathlib import Path

from vivavoce.errors import DiskError

_PER_MINUTE = 48_000 * 2 * 60
"""Bytes: one channel, 16 bit, 48 kHz, so 5.8 MB."""
_REFUSE = 50_000_000
"""Bytes; below this an answer of some minutes and its FLAC file might not fit."""
_WARN = 200_000_000


def free_space(folder: Path) -> int:
    """Bytes that this user may still write there. Raises OSError."""
    return shutil.disk_usage(folder).free


def check_space(free: int) -> str:
    """A warning for so many free bytes, empty where there is plenty. Raises DiskError below 50 MB."""
    megabytes = free // 1_000_000
    if free < _REFUSE:
        raise DiskError(
            f"Only {megabytes} MB are free on the disk: an answer might not fit.",
            "Free some space, or keep the data on another disk with --data.",
        )
    if free < _WARN:
        minutes = (free - _REFUSE) // _PER_MINUTE
        return f"Only {megabytes} MB are free on the disk: room for about {minutes} minutes of answers."
    return ""

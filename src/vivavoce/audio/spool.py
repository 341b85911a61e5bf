"""The spool: raw 16-bit samples, on disk while somebody speaks.

Raw, because it has no header that a crash could leave wrong; by `os.write`, because that alone names a full disk
(libsndfile says "System error"); synced each second, because without it a power cut left a file of 0 bytes (ext4, tried
on a copy of the image), and with it at most the last second was missing.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

from vivavoce.audio.ownership import own
from vivavoce.errors import DiskError
from vivavoce.text import clean

_EVERY = 1.0
"""Seconds between two syncs."""

_sync = getattr(os, "fdatasync", os.fsync)  # macOS has no fdatasync


def sync_folder(folder: Path) -> None:
    """Put a new name on the disk, where the system lets folders be synced (Windows does not). Raises OSError."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def write_all(descriptor: int, data: bytes) -> None:
    """Write all of it: a disk that is nearly full takes a part first. Raises OSError."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


class Spool:
    """A new file, locked by this process for as long as it lives. Raises DiskError."""

    def __init__(self, path: Path) -> None:
        self._path = path
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_APPEND | getattr(os, "O_BINARY", 0)
        try:
            self._descriptor = os.open(path, flags, 0o600)
            own(self._descriptor)
            os.fsync(self._descriptor)
            sync_folder(path.parent)
        except OSError as error:
            reason = clean(error.strerror or type(error).__name__)
            raise DiskError(
                f"The recording cannot be written to {clean(str(path.parent))}: {reason}.",
                "Make room there, or choose another folder for your data (`--data`).",
            ) from error
        self._synced = time.monotonic()

    def write(self, data: bytes) -> None:
        """Add these samples; each second all is put on the disk. Raises OSError."""
        write_all(self._descriptor, data)
        if time.monotonic() - self._synced >= _EVERY:
            self.sync()

    def sync(self) -> None:
        """Put all on the disk. Raises OSError."""
        _sync(self._descriptor)
        self._synced = time.monotonic()

    @property
    def size(self) -> int:
        """Bytes that were written."""
        return os.fstat(self._descriptor).st_size

    def discard(self) -> None:
        """Remove it: nothing was ever recorded."""
        self._path.unlink(missing_ok=True)

"""One Viva Voce at a time on the same data."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout

from vivavoce.archive import durable
from vivavoce.archive.faults import explained
from vivavoce.errors import ArchiveBusy
from vivavoce.locations import Locations


class Lock:
    """Held from `Lock(...)` to `release`; the system lets go of it when the process ends, however it ends."""

    def __init__(self, locations: Locations) -> None:
        """Take it at once. Raises ArchiveBusy with the process that has it."""
        self._lock = FileLock(locations.lock, timeout=0, mode=0o600)
        with explained("The lock of the data folder"):
            try:
                self._lock.acquire()
            except Timeout as error:
                raise _busy(_owner(locations)) from error
            # Beside the lock: on Windows nobody else can read a locked file.
            with suppress(OSError):
                durable.write(_owner(locations), str(os.getpid()).encode())

    def release(self) -> None:
        """Let go; may be called again."""
        self._lock.release()


def _owner(locations: Locations) -> Path:
    return locations.lock.with_name(locations.lock.name + ".pid")


def _busy(owner: Path) -> ArchiveBusy:
    number = ""
    with suppress(OSError):
        number = owner.read_bytes()[:20].decode("ascii", "replace").strip()
    process = f" (process {number})" if number.isascii() and number.isdigit() else ""
    return ArchiveBusy(f"Viva Voce is already open on this data{process}.", "Close it, or use other data with --data.")

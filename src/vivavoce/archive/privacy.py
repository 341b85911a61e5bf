"""Who else may read the user's data, and how all of it is removed."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from vivavoce.archive.faults import explained
from vivavoce.archive.lock import Lock
from vivavoce.locations import Locations

_IN_SPOOL = re.compile(r"[a-z0-9-]{1,64}\.((pcm|json)(\..*)?|lock|part)")
_AT_THE_TOP = re.compile(r"archive\.db(-wal|-shm)?|archive-.*|settings\.toml(\..*)?|viva\.log(\.\d+)?|lock(\.pid.*)?")


def wider(locations: Locations) -> tuple[Path, ...]:
    """Files and folders under data and cache that anybody but the user may read, write or enter; none on Windows."""
    if os.name == "nt":
        return ()
    found: set[Path] = set()
    for root in (locations.data, locations.cache):
        for folder, folders, files in os.walk(root):
            inside = (Path(folder, name) for name in (*folders, *files))
            found.update(path for path in (Path(folder), *inside) if _open_to_others(path))
    return tuple(sorted(found))


def _open_to_others(path: Path) -> bool:
    with suppress(OSError):
        mode = path.lstat().st_mode
        return bool(mode & 0o077) and not stat.S_ISLNK(mode)
    return False


@dataclass(frozen=True, slots=True)
class Erased:
    """What `erase` did."""

    removed: tuple[Path, ...]
    left: tuple[Path, ...]
    """What lies there and is not ours, or could not be removed."""


@dataclass(slots=True)
class _Sweep:
    removed: list[Path] = field(default_factory=list)
    left: list[Path] = field(default_factory=list)

    def folder(self, folder: Path, ours: re.Pattern[str], keep: frozenset[Path] = frozenset()) -> None:
        """Remove our files and then the folder, if nothing else is in it. No link is ever followed."""
        if folder.is_symlink() or not folder.is_dir():
            return
        for path in sorted(folder.iterdir()):
            if path in keep:
                continue
            if path.is_symlink() or not path.is_file() or not ours.fullmatch(path.name):
                self.left.append(path)
            else:
                self._remove(path)
        with suppress(OSError):  # strangers' files are in it
            folder.rmdir()
            self.removed.append(folder)

    def _remove(self, path: Path) -> None:
        try:
            path.unlink()
        except OSError:
            self.left.append(path)
        else:
            self.removed.append(path)


def _folders(locations: Locations) -> Iterator[tuple[Path, re.Pattern[str]]]:
    yield locations.takes, re.compile(r"[a-z0-9-]{1,64}\.((flac|json)(\..*)?|part)")
    yield locations.questions, re.compile(r".*\.toml")
    yield locations.voices, re.compile(r".*\.toml")
    yield locations.exports, re.compile(r".*\.(txt|md|json|csv|srt|vtt)")
    yield locations.speech, re.compile(r".*\.(wav|json|part)")
    yield locations.cache, re.compile(r"(?!)")


def erase(locations: Locations) -> Erased:
    """Remove everything of ours under data and cache: takes, questions, voices, exports, settings, log, the archive.

    An archive that cannot be opened is removed as well; what is not ours stays, and so does its folder. Exports that
    were written elsewhere and the recogniser's weights are not touched. Close the archive first: raises ArchiveBusy
    while anybody has it open, and ArchiveError.
    """
    if not locations.spool.is_dir():
        return Erased((), ())  # every start makes that folder: whatever lies here, it is somebody else's
    with explained("The data"):
        lock = Lock(locations)
        sweep = _Sweep()
        try:
            for folder, ours in _folders(locations):
                sweep.folder(folder, ours)
            sweep.folder(locations.data, _AT_THE_TOP, keep=frozenset({locations.lock, locations.spool}))
            sweep.folder(locations.spool, _IN_SPOOL)
        finally:
            lock.release()
        # The lock goes last; Windows removes no file that is open.
        sweep.folder(locations.data, _AT_THE_TOP)
    gone = {path for path in sweep.removed if not path.exists()}
    return Erased(
        tuple(sorted(gone)), tuple(sorted({path for path in sweep.left if path.is_symlink() or path.exists()}))
    )

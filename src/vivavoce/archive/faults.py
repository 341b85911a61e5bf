"""What SQLite, the disk and broken files say, as sentences with a remedy."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import msgspec

from vivavoce.errors import ArchiveBusy, ArchiveError, DiskError, VivaError
from vivavoce.text import clean

REBUILD = "`viva takes --rebuild` makes it anew from the files beside the recordings."
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_NOT_ALLOWED = frozenset({sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM})


def damaged() -> ArchiveError:
    """The archive holds something that this program did not write."""
    return ArchiveError("The archive is damaged, or is no archive of Viva Voce.", REBUILD)


def missing(take_id: str) -> ArchiveError:
    """No such take."""
    return ArchiveError(f"There is no take `{clean(take_id)}`.", "`viva takes` lists them.")


@contextmanager
def explained(what: str) -> Iterator[None]:
    """Raises a VivaError in place of SQLite's, the system's and the decoder's; `what` begins its sentence."""
    try:
        yield
    except sqlite3.Error as error:
        raise _from_sqlite(error, what) from error
    except OSError as error:
        raise _from_system(error, what) from error
    except msgspec.MsgspecError as error:
        raise damaged() from error


def _from_sqlite(error: sqlite3.Error, what: str) -> VivaError:
    # The low byte is the kind; the others tell which system call it was.
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_FULL:
        return _full(what)
    if code == sqlite3.SQLITE_IOERR:
        return DiskError(f"{what} could not be written or read: the disk refuses.", "Check the disk, then try again.")
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return ArchiveBusy("Another program is writing to the archive.", "Close it, then try again.")
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return damaged()
    if code in _NOT_ALLOWED:
        return ArchiveError(f"{what} may not be written.", "Check who may write to the data folder, or use --data.")
    return ArchiveError(f"{what} could not be written or read: {clean(str(error))}.", REBUILD)


def _from_system(error: OSError, what: str) -> VivaError:
    if error.errno in _FULL:
        return _full(what)
    if error.errno == errno.EIO:
        return DiskError(f"{what} could not be written or read: the disk refuses.", "Check the disk, then try again.")
    reason = clean(error.strerror or type(error).__name__)
    remedy = "Check who may write to the data folder, or use --data."
    return ArchiveError(f"{what} could not be written or read: {reason}.", remedy)


def _full(what: str) -> DiskError:
    return DiskError(f"{what} could not be written: the disk is full.", "Free some space, then try again.")

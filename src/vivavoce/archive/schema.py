"""The tables, as the history that made them. A migration that was ever released is never changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from vivavoce.archive.faults import damaged

APPLICATION = 0x56495641
"""`VIVA`: SQLite's application id, by which our files are known."""

Migration = tuple[str, ...]

MIGRATIONS: tuple[Migration, ...] = (
    (
        "CREATE TABLE sessions ("
        " id TEXT PRIMARY KEY, started REAL NOT NULL, session TEXT NOT NULL)",  # started: seconds since 1970; JSON
        "CREATE TABLE takes ("
        " id TEXT PRIMARY KEY, session TEXT NOT NULL REFERENCES sessions(id),"
        " question TEXT NOT NULL, kind TEXT NOT NULL, asked TEXT NOT NULL,"
        " started REAL NOT NULL, seconds REAL NOT NULL, words INTEGER, pace REAL,"
        " take TEXT NOT NULL, sound TEXT NOT NULL, delivery TEXT NOT NULL, remarks TEXT NOT NULL, transcript TEXT)",
    ),
    (
        # Which takes still wait for a transcript, without decoding every one of them.
        "ALTER TABLE takes ADD COLUMN written TEXT NOT NULL DEFAULT 'none'",
        "UPDATE takes SET written = iif(json_extract(transcript, '$.draft'), 'draft', 'whole')"
        " WHERE transcript IS NOT NULL",
        # 1 once the sidecar says the same as the row: a program killed in between catches up at the next start.
        "ALTER TABLE takes ADD COLUMN filed INTEGER NOT NULL DEFAULT 0",
        "CREATE INDEX takes_by_time ON takes(started, id)",
        "CREATE INDEX takes_by_session ON takes(session)",
    ),
)


def migrate(connection: sqlite3.Connection, migrations: Sequence[Migration] = MIGRATIONS) -> None:
    """Bring the file to the last version: wholly, or not at all.

    `executescript` would commit statement by statement, so they run one by one inside one transaction, and what came
    of them is checked before it is committed. Raises sqlite3.Error or ArchiveError with the file as it was.
    """
    with Transaction(connection):
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        for statement in (s for migration in migrations[version:] for s in migration):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(migrations)}")
        check(connection)


def check(connection: sqlite3.Connection) -> None:
    """Raises ArchiveError where a reference or the file itself is broken."""
    if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
        raise damaged()
    if connection.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
        raise damaged()


class Transaction:
    """All of it or nothing: `with Transaction(connection): ...`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def __enter__(self) -> None:
        self._connection.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is None:
                self._connection.execute("COMMIT")
        finally:
            # A full disk lets COMMIT fail; SQLite has then rolled back by itself, or waits for us to do so.
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")

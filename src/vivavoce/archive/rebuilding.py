"""The archive made anew from the files beside the recordings: when it is lost, damaged, or was never there."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from vivavoce.archive import database, durable, rows, sidecar
from vivavoce.archive.faults import explained
from vivavoce.archive.lock import Lock
from vivavoce.archive.names import valid
from vivavoce.archive.schema import Transaction, check, migrate
from vivavoce.locations import Locations


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What could be read back."""

    takes: int
    unread: tuple[Path, ...]
    """Recordings without a readable file beside them; they stay where they are."""


def rebuild(locations: Locations) -> Rebuilt:
    """Make the archive anew; the old file is put aside. Raises ArchiveBusy, ArchiveError, DiskError."""
    with explained("The archive"):
        locations.create()
        lock = Lock(locations)
        try:
            _put_aside(locations.archive)
            return establish(locations)
        finally:
            lock.release()


def establish(locations: Locations) -> Rebuilt:
    """Put a new archive in place, filled with what lies beside the recordings: wholly, or not at all."""
    path = locations.archive
    new = path.with_name("archive-new.db")
    durable.remove(new, *database.beside(new))
    with closing(database.connect(new)) as connection:
        migrate(connection)
        rebuilt = _fill(connection, locations.takes)
        check(connection)
    # A log that is left of an older file would be read into the new one.
    durable.remove(*database.beside(path))
    os.replace(new, path)
    durable.sync_folder(path.parent)
    return rebuilt


def _fill(connection: sqlite3.Connection, takes: Path) -> Rebuilt:
    found = 0
    with Transaction(connection):
        for path in sorted(takes.glob("*.json")):
            document = _document(path)
            if document is not None:
                rows.insert_session(connection, document.session)
                rows.insert(connection, document.review, filed=True)
                found += 1
    unread = (audio for audio in sorted(takes.glob("*.flac")) if not rows.has(connection, audio.stem))
    return Rebuilt(found, tuple(unread))


def _document(path: Path) -> sidecar.Sidecar | None:
    try:
        document = sidecar.read(path, sidecar.Sidecar)
    except (OSError, ValueError):
        return None
    take = document.review.take
    ours = valid(take.id) and take.id == path.stem and valid(take.session) and take.session == document.session.id
    return document if ours else None


def _put_aside(path: Path) -> None:
    """Copy what is there, its log included, under a name that tells when: it is not ours to lose."""
    stamp = f"archive-damaged-{datetime.now().astimezone():%Y%m%d-%H%M%S-%f}.db"
    for part in (path, *database.beside(path)[:1]):
        if part.exists():
            durable.write(path.with_name(part.name.replace(path.name, stamp)), part.read_bytes())

"""What was practised: the rows, the recordings beside them, and the recordings under way."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from types import TracebackType

from vivavoce.archive import database, durable, flac, rows, sidecar
from vivavoce.archive.faults import explained, missing
from vivavoce.archive.lock import Lock
from vivavoce.archive.names import checked
from vivavoce.archive.rebuilding import establish
from vivavoce.archive.schema import Transaction
from vivavoce.archive.space import check_space, free_space
from vivavoce.archive.spool import Orphan, Spool
from vivavoce.errors import ArchiveError, DiskError, VivaError
from vivavoce.locations import Locations
from vivavoce.model import Question, Review, Session, Take


def _nobody(_: str) -> None:
    """Nobody follows the steps."""


class Archive:
    """All takes of one user. It belongs to the thread that opened it: another one gets an ArchiveError.

    Every method returns within milliseconds and may raise ArchiveError (damaged, closed, not allowed) and DiskError
    (full, or refusing); what was there before is then still there.
    """

    def __init__(
        self,
        locations: Locations,
        connection: sqlite3.Connection,
        lock: Lock | None,
        free: Callable[[Path], int],
        passed: Callable[[str], None],
    ) -> None:
        self._locations = locations
        self._connection = connection
        self._lock = lock
        self._free = free
        self._passed = passed
        self._spool = Spool(locations.spool)

    @classmethod
    def open(
        cls,
        locations: Locations,
        *,
        exclusive: bool,
        free: Callable[[Path], int] = free_space,
        passed: Callable[[str], None] = _nobody,
    ) -> Archive:
        """Open it, make it where there is none, bring an older one up to date, and finish what a crash left half done.

        Only an `exclusive` archive can be changed, and only one may be open on the same data. `free` tells the free
        bytes of a folder; `passed` is told each step of `keep` and `update` once it is done. Raises ArchiveBusy,
        ArchiveTooNew, ArchiveError, DiskError.
        """
        with explained("The archive"):
            locations.create()
            lock = Lock(locations) if exclusive else None
            try:
                _prepare(locations, lock)
                archive = cls(locations, database.connect(locations.archive), lock, free, passed)
            except BaseException:
                if lock is not None:
                    lock.release()
                raise
        if exclusive:
            archive._mend()
        else:
            archive._connection.execute("PRAGMA query_only = ON")
        return archive

    def close(self) -> None:
        """Leave one whole file behind and let others in; may be called again."""
        if self._lock is not None:
            with suppress(sqlite3.Error):  # the log stays then, and is read at the next start
                self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._connection.close()
        if self._lock is not None:
            self._lock.release()

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def space(self) -> str:
        """A warning where the disk is nearly full, else empty. Raises DiskError where an answer might not fit."""
        with explained("The data folder"):
            return check_space(self._free(self._locations.data))

    # Sessions and takes

    def begin(self, session: Session) -> None:
        """File a session, before its first take; once more does no harm."""
        checked(session.id)
        with explained("The session"), Transaction(self._connection):
            rows.insert_session(self._connection, session)

    def sessions(self) -> tuple[Session, ...]:
        """All sessions, newest first; those that stayed empty go at the next start."""
        with explained("The archive"):
            return rows.sessions(self._connection)

    def audio_path(self, take_id: str) -> Path:
        """Where the recording of a take lies, or shall lie. Raises ArchiveError for what is no name of a take."""
        return self._locations.takes / f"{checked(take_id)}.flac"

    def keep(self, review: Review) -> None:
        """File a take whose FLAC file is finished and compared; its session was begun.

        Row, then sidecar, and only then the spool is removed. A take that is filed already stays as it is, so this may
        be repeated. Where the sidecar cannot be written, the take is safe nonetheless: spool and sidecar are seen to
        at the next start.
        """
        take_id = review.take.id
        audio = self.audio_path(take_id)
        with explained("The take"):
            if not audio.is_file() or audio.stat().st_size == 0:
                raise ArchiveError("The recording of this take is missing.", "It is offered at the next start.")
            with Transaction(self._connection):
                rows.insert(self._connection, review)
            self._passed("row")
        if self._follow(take_id):
            with explained("The spool"):
                self._spool.remove(take_id)
            self._passed("spool")

    def update(self, review: Review) -> None:
        """Put a new review (transcript, delivery, remarks, note) in place of the old one, which stays until then."""
        with explained("The take"):
            with Transaction(self._connection):
                rows.change(self._connection, review)
            self._passed("row")
        self._follow(review.take.id)

    def note(self, take_id: str, text: str) -> Review:
        """Put the speaker's note (already cleaned) beside a take, and return the take as it is now."""
        old = self.review(take_id)
        new = replace(old, take=replace(old.take, note=text))
        self.update(new)
        return new

    def review(self, take_id: str) -> Review:
        """One take. Raises ArchiveError where there is none."""
        with explained("The archive"):
            return rows.review(self._connection, take_id)

    def reviews(self, session: str | None = None, limit: int | None = None, offset: int = 0) -> tuple[Review, ...]:
        """Takes, of one session or all, newest first."""
        with explained("The archive"):
            return rows.reviews(self._connection, session, limit, offset)

    def history(self, limit: int | None = None, offset: int = 0) -> tuple[rows.Entry, ...]:
        """What a list of takes shows, newest first, without decoding the takes."""
        with explained("The archive"):
            return rows.history(self._connection, limit, offset)

    def find(self, name: str) -> Review:
        """The one take whose id begins so, or the `last`. Raises ArchiveError where there is none or more than one."""
        with explained("The archive"):
            found = rows.names(self._connection, "" if name == "last" else checked(name))
        if not found:
            raise missing(name)
        if len(found) > 1 and name != "last" and name not in found:
            raise ArchiveError(f"{len(found)} takes begin with `{name}`.", "Type more of the name.")
        return self.review(name if name in found else found[0])

    def pending(self) -> tuple[Take, ...]:
        """Takes without a transcript or with a draft, oldest first."""
        with explained("The archive"):
            return rows.pending(self._connection)

    def delete(self, take_id: str) -> None:
        """Remove a take for good: spool, sidecar, recording, row, and the older copies of the archive that hold it.

        The row goes last: a deletion that was cut short can be seen, and done again.
        """
        checked(take_id)
        with explained("The take"):
            if not rows.has(self._connection, take_id):
                raise missing(take_id)
            self._spool.remove(take_id)
            durable.remove(*self._files(take_id), *database.copies(self._locations.archive))
            durable.sync_folder(self._locations.takes)
            with Transaction(self._connection):
                rows.delete(self._connection, take_id)
            # The log still holds the text until it is taken into the file, where it is overwritten.
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    # Recordings under way

    def open_spool(self, take_id: str, session: Session, question: Question, device: str) -> Path:
        """Note on the disk what is about to be recorded, and return where its raw sound goes.

        Raises DiskError where there is too little room for an answer.
        """
        self.space()
        with explained("The recording"):
            return self._spool.open(take_id, session, question, device)

    def note_rate(self, take_id: str, rate: int, device: str) -> None:
        """Note the rate and the name of the device, as soon as its first block has told them."""
        with explained("The recording"):
            try:
                self._spool.note_rate(take_id, rate, device)
            except ValueError as error:
                raise ArchiveError("The note beside the recording cannot be read.", "The recording goes on.") from error

    def orphans(self, owned: Callable[[Path], bool]) -> tuple[Orphan, ...]:
        """Recordings that nobody finished, oldest first, empty ones too; `owned` tells whether one is still running.

        A spool whose take is filed, with its whole recording, is none: it is removed at the next start.
        """
        with explained("The spool"):
            found = [orphan for orphan in self._spool.orphans(owned) if not self._whole(orphan.id)]
        return tuple(sorted(found, key=lambda orphan: orphan.started.timestamp()))

    def discard(self, take_id: str) -> None:
        """Throw a recording away that was never filed; of a filed take only the spool goes."""
        with explained("The recording"):
            self._spool.remove(take_id)
            if not rows.has(self._connection, take_id):
                durable.remove(*self._files(take_id))

    # What follows a row, and catching up with it

    def _files(self, take_id: str) -> tuple[Path, ...]:
        return tuple(self._locations.takes.glob(f"{checked(take_id)}.*"))

    def _follow(self, take_id: str) -> bool:
        """Write the sidecar anew from the row; False where that must wait."""
        try:
            with explained("The take"):
                document = sidecar.Sidecar(
                    rows.session_of(self._connection, take_id),
                    rows.review(self._connection, take_id),
                    sidecar.application(),
                )
                durable.write(self._locations.takes / f"{checked(take_id)}.json", sidecar.encode(document))
                self._passed("sidecar")
                rows.mark_filed(self._connection, take_id)
                self._passed("filed")
        except (ArchiveError, DiskError):
            return False
        return True

    def _whole(self, take_id: str) -> bool:
        """Whether the take is filed and its recording is there to the last frame."""
        if not rows.has(self._connection, take_id):
            return False
        frames = rows.review(self._connection, take_id).take.capture.frames
        return flac.frames(self.audio_path(take_id)) == frames

    def _mend(self) -> None:
        """Finish what a crash left half done. Whatever does not work now is tried again at the next start."""
        with suppress(VivaError), explained("The archive"):
            for take_id in rows.unfiled(self._connection):
                self._follow(take_id)
            late = set(rows.unfiled(self._connection))
            for take_id in self._spool.names() - late:
                if self._whole(take_id) or not self._spool.holds_sound(take_id):
                    self._spool.remove(take_id)
            rows.delete_empty_sessions(self._connection)


def _prepare(locations: Locations, lock: Lock | None) -> None:
    """See to it that there is an archive of the last version; whoever has to change something needs the lock."""
    found = database.version(locations.archive)
    if found == database.LATEST:
        return
    own = lock or Lock(locations)
    try:
        found = database.version(locations.archive)
        if found == 0:
            establish(locations)
        elif found < database.LATEST:
            database.upgrade(locations.archive, found)
    finally:
        if lock is None:
            own.release()

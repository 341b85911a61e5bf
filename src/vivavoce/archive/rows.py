"""Takes and sessions as rows, and back. Every function expects the connection of the thread that calls it."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, TypeVar

import msgspec

from vivavoce.archive.faults import missing
from vivavoce.model import Delivery, Kind, Remark, Review, Session, Sound, Take, Transcript

T = TypeVar("T")


class Written(StrEnum):
    """Whether a take was written down."""

    NONE = "none"
    DRAFT = "draft"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a list of takes: what stands in columns, so that a thousand of them cost a few milliseconds."""

    id: str
    session: str
    question_id: str
    kind: Kind
    asked: str
    """The question's text."""
    started: datetime
    """In this machine's time zone."""
    seconds: float
    words: int | None
    pace: float | None
    """Words per minute of answer time."""
    written: Written


_REVIEW = "take, sound, delivery, remarks, transcript"
_ENTRY = "id, session, question, kind, asked, started, seconds, words, pace, written"
_NEWEST_FIRST = "ORDER BY started DESC, id DESC"


def _text(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _columns(review: Review) -> dict[str, Any]:
    take, transcript = review.take, review.transcript
    written = Written.NONE if transcript is None else Written.DRAFT if transcript.draft else Written.WHOLE
    return {
        "id": take.id,
        "session": take.session,
        "question": take.question.id,
        "kind": take.question.kind.value,
        "asked": take.question.text,
        "started": take.started.timestamp(),
        "seconds": take.capture.seconds,
        "words": review.delivery.words,
        "pace": review.delivery.pace,
        "written": written.value,
        "take": _text(take),
        "sound": _text(review.sound),
        "delivery": _text(review.delivery),
        "remarks": _text(review.remarks),
        "transcript": None if transcript is None else _text(transcript),
    }


def insert_session(connection: sqlite3.Connection, session: Session) -> None:
    """File a session; one that is there already stays as it is."""
    connection.execute(
        "INSERT INTO sessions (id, started, session) VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING",
        (session.id, session.started.timestamp(), _text(session)),
    )


def insert(connection: sqlite3.Connection, review: Review, *, filed: bool = False) -> None:
    """File a take; one that is there already stays as it is."""
    columns = {**_columns(review), "filed": int(filed)}
    marks = ", ".join(f":{name}" for name in columns)
    connection.execute(
        f"INSERT INTO takes ({', '.join(columns)}) VALUES ({marks}) ON CONFLICT (id) DO NOTHING",  # noqa: S608 - our names
        columns,
    )


def change(connection: sqlite3.Connection, review: Review) -> None:
    """Put a take's new review in place of its old one. Raises ArchiveError where there is no such take."""
    columns = _columns(review)
    settings = ", ".join(f"{name} = :{name}" for name in columns)
    done = connection.execute(f"UPDATE takes SET {settings}, filed = 0 WHERE id = :id", columns)  # noqa: S608 - our names
    if done.rowcount == 0:
        raise missing(review.take.id)


def delete(connection: sqlite3.Connection, take_id: str) -> None:
    """Remove a take's row."""
    connection.execute("DELETE FROM takes WHERE id = ?", (take_id,))


def delete_empty_sessions(connection: sqlite3.Connection) -> None:
    """Sessions of which no take is left tell nothing but when somebody sat there."""
    connection.execute("DELETE FROM sessions WHERE id NOT IN (SELECT session FROM takes)")


def has(connection: sqlite3.Connection, take_id: str) -> bool:
    """Whether there is such a take."""
    return connection.execute("SELECT 1 FROM takes WHERE id = ?", (take_id,)).fetchone() is not None


def review(connection: sqlite3.Connection, take_id: str) -> Review:
    """One take. Raises ArchiveError where there is none."""
    row = connection.execute(f"SELECT {_REVIEW} FROM takes WHERE id = ?", (take_id,)).fetchone()  # noqa: S608 - our names
    if row is None:
        raise missing(take_id)
    return _review(row)


def reviews(connection: sqlite3.Connection, session: str | None, limit: int | None, offset: int) -> tuple[Review, ...]:
    """Takes, newest first."""
    rows = connection.execute(
        f"SELECT {_REVIEW} FROM takes WHERE :session IS NULL OR session = :session"  # noqa: S608 - our names
        f" {_NEWEST_FIRST} LIMIT :limit OFFSET :offset",
        {"session": session, "limit": -1 if limit is None else limit, "offset": offset},
    )
    return tuple(map(_review, rows))


def pending(connection: sqlite3.Connection) -> tuple[Take, ...]:
    """Takes without a transcript or with a draft, oldest first."""
    found = connection.execute("SELECT take FROM takes WHERE written <> 'whole' ORDER BY started, id")
    return tuple(_decoded(document, Take) for (document,) in found)


def history(connection: sqlite3.Connection, limit: int | None, offset: int) -> tuple[Entry, ...]:
    """What stands in columns, newest first."""
    rows = connection.execute(
        f"SELECT {_ENTRY} FROM takes {_NEWEST_FIRST} LIMIT ? OFFSET ?",  # noqa: S608 - our names
        (-1 if limit is None else limit, offset),
    )
    return tuple(_entry(row) for row in rows)


def names(connection: sqlite3.Connection, prefix: str) -> list[str]:
    """Ids that begin with `prefix`, newest first."""
    found = connection.execute(
        f"SELECT id FROM takes WHERE substr(id, 1, length(:prefix)) = :prefix {_NEWEST_FIRST}",  # noqa: S608 - our names
        {"prefix": prefix},
    )
    return [name for (name,) in found]


def sessions(connection: sqlite3.Connection) -> tuple[Session, ...]:
    """All sessions, newest first."""
    rows = connection.execute("SELECT session FROM sessions ORDER BY started DESC, id DESC")
    return tuple(_decoded(document, Session) for (document,) in rows)


def session_of(connection: sqlite3.Connection, take_id: str) -> Session:
    """The session that a take belongs to."""
    (document,) = connection.execute(
        "SELECT sessions.session FROM sessions JOIN takes ON takes.session = sessions.id WHERE takes.id = ?", (take_id,)
    ).fetchone()
    return _decoded(document, Session)


def unfiled(connection: sqlite3.Connection) -> list[str]:
    """Takes whose sidecar may lag behind."""
    return [name for (name,) in connection.execute("SELECT id FROM takes WHERE filed = 0")]


def mark_filed(connection: sqlite3.Connection, take_id: str) -> None:
    """The sidecar says the same as the row."""
    connection.execute("UPDATE takes SET filed = 1 WHERE id = ?", (take_id,))


def _decoded(document: str, shape: type[T]) -> T:
    return msgspec.json.decode(document, type=shape)


def _review(row: tuple[Any, ...]) -> Review:
    take, sound, delivery, remarks, transcript = row
    return Review(
        take=_decoded(take, Take),
        sound=_decoded(sound, Sound),
        delivery=_decoded(delivery, Delivery),
        remarks=msgspec.json.decode(remarks, type=tuple[Remark, ...]),
        transcript=None if transcript is None else _decoded(transcript, Transcript),
    )


def _entry(row: tuple[Any, ...]) -> Entry:
    name, session, question_id, kind, asked, started, seconds, words, pace, written = row
    moment = datetime.fromtimestamp(started, UTC).astimezone()
    return Entry(name, session, question_id, Kind(kind), asked, moment, seconds, words, pace, Written(written))

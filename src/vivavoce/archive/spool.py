"""Recordings under way: `<id>.pcm` with the raw sound, `<id>.json` with what else must be known to finish it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from vivavoce.archive import durable, sidecar
from vivavoce.archive.names import checked, valid
from vivavoce.errors import ArchiveError
from vivavoce.model import Kind, Lights, Question, Session

_RATE = 48_000
"""Frames per second that are asked of a microphone, and presumed where nothing was noted."""
_FRAME = 2
"""Bytes: one channel, 16 bit. Half a frame at the end does not count."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What is known of a recording before its first sample arrives."""

    session: Session
    question: Question
    device: str
    started: datetime
    rate: int = _RATE
    channels: int = 1
    format: str = "s16le"
    app: str = ""


@dataclass(frozen=True, slots=True)
class Orphan:
    """A recording that nobody finished."""

    id: str
    spool: Path
    session: Session
    question: Question
    device: str
    rate: int
    started: datetime
    seconds: float
    """0 where nothing was recorded."""
    known: bool
    """False where only the sound is left: question, session and rate are then presumed."""


class Spool:
    """The folder of recordings under way."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def open(self, take_id: str, session: Session, question: Question, device: str) -> Path:
        """Note all that is known, durably, and return where the sound goes: a file that does not exist yet.

        Raises OSError, and ArchiveError where that name is taken.
        """
        sound, note = self._paths(take_id)
        if sound.exists() or note.exists():
            raise ArchiveError("There is a recording of that name already.", "Try again.")
        started = datetime.now().astimezone()
        durable.write(note, sidecar.encode(Notice(session, question, device, started, app=sidecar.application())))
        return sound

    def note_rate(self, take_id: str, rate: int, device: str) -> None:
        """Note what the microphone really delivers, once its first block has told. Raises OSError, ValueError."""
        _, path = self._paths(take_id)
        notice = sidecar.read(path, Notice)
        known = replace(notice, rate=rate, device=device)
        if known != notice:
            durable.write(path, sidecar.encode(known))

    def orphans(self, owned: Callable[[Path], bool]) -> Iterator[Orphan]:
        """Recordings without a living owner, in the order of their names."""
        for sound in sorted(self._folder.glob("*.pcm")):
            if valid(sound.stem) and sound.is_file() and not sound.is_symlink() and not owned(sound):
                yield self._orphan(sound)

    def _orphan(self, sound: Path) -> Orphan:
        frames = sound.stat().st_size // _FRAME
        try:
            note, known = _plausible(sidecar.read(self._paths(sound.stem)[1], Notice)), True
        except (OSError, ValueError):
            note, known = _presumed(sound), False
        return Orphan(
            id=sound.stem,
            spool=sound,
            session=note.session,
            question=note.question,
            device=note.device,
            rate=note.rate,
            started=note.started,
            seconds=frames / note.rate,
            known=known,
        )

    def names(self) -> set[str]:
        """The takes that have anything here."""
        return {path.stem for path in self._folder.iterdir() if path.suffix in (".pcm", ".json") and valid(path.stem)}

    def holds_sound(self, take_id: str) -> bool:
        """Whether a recording was begun; a note alone holds nothing that anybody said."""
        return self._paths(take_id)[0].exists()

    def remove(self, take_id: str) -> None:
        """Remove the sound, then its note; what is not there is no error."""
        durable.remove(*self._paths(take_id))

    def _paths(self, take_id: str) -> tuple[Path, Path]:
        return self._folder / f"{checked(take_id)}.pcm", self._folder / f"{checked(take_id)}.json"


def _plausible(note: Notice) -> Notice:
    if note.rate <= 0 or not valid(note.session.id):
        raise ValueError("no note that this program wrote")
    return note


def _presumed(sound: Path) -> Notice:
    """For a recording whose note is lost. Its question has no limit that the answer could be held against."""
    written = datetime.fromtimestamp(sound.stat().st_mtime, UTC).astimezone()
    question = Question(
        id="unknown",
        kind=Kind.WARM_UP,
        text="The question to this recovered answer is not known.",
        think=0,
        lights=Lights(green=0, amber=3600, red=3600),
    )
    return Notice(Session("recovered", written, interviewer=""), question, "unknown microphone", written)

"""Sessions, takes and reviews to file, and the beginning of a FLAC file."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from vivavoce.archive import Archive
from vivavoce.locations import Locations
from vivavoce.model import (
    Capture,
    Delivery,
    Ended,
    Kind,
    Length,
    Lights,
    Pause,
    Question,
    Remark,
    Review,
    Session,
    Sound,
    Span,
    Take,
    Transcript,
    Word,
)

START = datetime(2026, 1, 2, 9, 0, tzinfo=UTC)
SESSION = Session("20260102-090000-aaaaaa", START, interviewer="ms-stone", kinds=(Kind.TRICKY, Kind.CLOSING))
QUESTION = Question("weakness", Kind.TRICKY, "What is your greatest weakness?", 20, Lights(30, 60, 90))
DRAFT = Transcript((Word("um", 0.4, 0.7), Word("hello", 0.8, 1.1, 0.5)), "pocketsphinx", "en-us", draft=True)
WHOLE = Transcript((Word("Um,", 0.4, 0.7, 0.9), Word("hello.", 0.8, 1.1, 0.99)), "openai-whisper", "base.en")


def flac(frames: int) -> bytes:
    """`fLaC`, the header of a STREAMINFO block, 13 bytes of it, then 4 + 36 bits of which the 36 count the samples."""
    return b"fLaC" + bytes([0x80, 0, 0, 34]) + bytes(13) + (0xF << 36 | frames).to_bytes(5, "big") + bytes(16)


def locations(folder: Path) -> Locations:
    return Locations(folder / "data", folder / "cache")


def review(number: int = 1, transcript: Transcript | None = None, session: str = SESSION.id) -> Review:
    """The take `take-<number>`, `number` minutes after nine, `number` seconds long at 8000 frames per second."""
    take = Take(
        id=f"take-{number}",
        session=session,
        question=QUESTION,
        started=START + timedelta(minutes=number),
        capture=Capture("USB microphone", 8000, 8000 * number, Ended.STOPPED),
    )
    sound = Sound(float(number), Span(0.1, 0.9), (Pause(0.3, 0.6),), -3.0, -20.0, 0.0, 40.0, 4)
    delivery = Delivery(
        version=1,
        first_word=0.1,
        answer=0.8,
        speech=0.5,
        length=Length.UNDER,
        words=2,
        pace=150.0,
        speech_pace=240.0,
        estimated=transcript is None,
        fillers=None,
        fillers_per_minute=None,
        pauses=(Pause(0.3, 0.6),),
        absent={"fillers": "There is no transcript yet."},
    )
    remark = Remark("pace", "150 words per minute", "That is a good pace.", Span(0.1, 0.9), "hello")
    return Review(take, sound, delivery, (remark,), transcript)


def noted(review: Review, note: str) -> Review:
    return replace(review, take=replace(review.take, note=note))


def record(archive: Archive, review: Review) -> Path:
    """Do what happens before a take is kept: its spool is written, its FLAC file finished. Returns the spool."""
    archive.begin(replace(SESSION, id=review.take.session))
    spool = archive.open_spool(review.take.id, SESSION, review.take.question, "USB microphone")
    spool.write_bytes(bytes(2 * review.take.capture.frames))
    archive.audio_path(review.take.id).write_bytes(flac(review.take.capture.frames))
    return spool


def kept(archive: Archive, review: Review) -> Review:
    record(archive, review)
    archive.keep(review)
    return review


def tree(folder: Path) -> dict[str, bytes]:
    """All files below, by their relative names."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}

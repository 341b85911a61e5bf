"""Recordings that were cut short: found at the next start, offered, and finished like any other."""

from __future__ import annotations

from vivavoce.archive import Orphan
from vivavoce.model import Capture, Ended, Review, Take
from vivavoce.practice.parts import Parts
from vivavoce.practice.reviewing import review


def orphans(parts: Parts) -> tuple[Orphan, ...]:
    """Spools whose recorder is gone, oldest first."""
    return parts.archive.orphans(parts.owned)


async def recover(parts: Parts, orphan: Orphan) -> Review:
    """Finish a spool into a take. Raises DiskError, SoundFileError; the spool then stays."""
    archive = parts.archive
    measured = await parts.files.finish(orphan.spool, orphan.rate, archive.audio_path(orphan.id))
    capture = Capture(device=orphan.device, rate=orphan.rate, frames=measured.frames, ended=Ended.RECOVERED)
    take = Take(orphan.id, orphan.session.id, orphan.question, orphan.started, capture)
    kept = review(take, measured.sound, None)
    archive.begin(orphan.session)
    archive.keep(kept)
    return kept


def discard(parts: Parts, orphan: Orphan) -> None:
    """Throw a spool away; the driver has asked whether that is meant."""
    parts.archive.discard(orphan.id)

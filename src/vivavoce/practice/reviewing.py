"""Take -> Review: measured, transcribed, filed; and the same for a file that nobody wants to keep."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from vivavoce import delivery
from vivavoce.model import Capture, Ended, Review, Sound, Take, Transcript
from vivavoce.ports import Recogniser, SoundFiles
from vivavoce.practice.parts import Parts

Progress = Callable[[float], None]


def review(take: Take, sound: Sound, transcript: Transcript | None, *, limited: bool = True) -> Review:
    """The review of a take, held against its question's lights unless it is not `limited`."""
    lights = take.question.lights if limited else None
    measured = delivery.measure(sound, transcript, lights)
    remarks = delivery.remarks(measured, sound, transcript, lights, take.capture)
    return Review(take=take, sound=sound, delivery=measured, remarks=remarks, transcript=transcript)


class Transcriber:
    """Writes down takes that are safely filed; a failure leaves the take as it was."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._share: dict[str, float] = {}

    def share(self, take_id: str) -> float | None:
        """How much of this take is done, 0 to 1; None when nobody works on it."""
        return self._share.get(take_id)

    async def transcribe(self, take_id: str, *, draft: bool = False, progress: Progress | None = None) -> Review:
        """The take's review with a transcript, filed. Raises RecogniserError, ModelMissing, ModelDamaged."""

        def note(share: float) -> None:
            self._share[take_id] = share
            if progress is not None:
                progress(share)

        archive = self._parts.archive
        recogniser = self._parts.draft if draft else self._parts.recogniser
        note(0.0)
        try:
            transcript = await recogniser.transcribe(archive.audio_path(take_id), note)
        finally:
            self._share.pop(take_id, None)
        old = archive.review(take_id)
        new = review(old.take, old.sound, transcript)
        archive.update(new)
        return new


async def analyse(
    audio: Path, take: Take, files: SoundFiles, recogniser: Recogniser | None, progress: Progress | None = None
) -> Review:
    """The review of any sound file, filed nowhere and held against no lights; `take` lends the question.

    Without a recogniser it tells what the sound alone tells. Raises SoundFileError and the recogniser's errors.
    """
    measured = await files.measure(audio)
    capture = Capture(device=take.capture.device, rate=measured.rate, frames=measured.frames, ended=Ended.STOPPED)
    transcript = await recogniser.transcribe(audio, progress) if recogniser is not None else None
    return review(replace(take, capture=capture), measured.sound, transcript, limited=False)

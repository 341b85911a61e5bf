"""Sound files, written and read in a child process: libsndfile meets files that nobody has seen before."""

from __future__ import annotations

from pathlib import Path

from vivavoce.audio.messages import Finish, Measure, MeasuredFile, sent
from vivavoce.audio.recording import written
from vivavoce.children import Codec, ask
from vivavoce.errors import ChildError, SoundFileError
from vivavoce.ports import Measured

_CODEC = Codec(MeasuredFile)

_AT_LEAST = 60.0
"""Seconds; three minutes of speech take about one."""

_BYTES_PER_SECOND = 500_000
"""A slow machine's pace for encoding, decoding and measuring: a tenth of what was seen."""


class ChildSoundFiles:
    """Implements `ports.SoundFiles`."""

    def __init__(self, log: Path) -> None:
        self._log = log

    async def finish(self, spool: Path, rate: int, audio: Path) -> Measured:
        """A raw spool as a FLAC file that was decoded again and compared. Raises DiskError, SoundFileError."""
        request = Finish(sent(spool), rate, sent(audio))
        return await self._ask(request, spool, "The raw recording is kept and will be offered again.")

    async def measure(self, audio: Path) -> Measured:
        """Read any sound file to its end. Raises SoundFileError."""
        return await self._ask(Measure(sent(audio)), audio, "Give a WAV, FLAC, OGG or MP3 file, or a shorter one.")

    async def _ask(self, request: Finish | Measure, file: Path, remedy: str) -> Measured:
        within = _AT_LEAST + written(file) / _BYTES_PER_SECOND
        try:
            answer = await ask("soundfiles", request, _CODEC, self._log, within=within)
        except ChildError as error:
            raise SoundFileError("The reader of sound files crashed, or took too long.", remedy) from error
        assert isinstance(answer, MeasuredFile), "it answers nothing else"
        return answer.measured

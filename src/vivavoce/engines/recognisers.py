"""The recognisers, as the main process knows them: each a long-lived child process with its model loaded."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from vivavoce.children import Codec, Standing
from vivavoce.engines import weights
from vivavoce.engines.messages import Ear, Heard, Listen, Prepare, Prepared, Share
from vivavoce.errors import ChildError, RecogniserError
from vivavoce.model import Transcript
from vivavoce.text import clean

_WITHIN = 900.0
"""Seconds between two signs of life: one piece of a take with the largest model on a slow machine, three times."""

_MOST_THREADS = 8

_CODEC = Codec(Prepared, Share, Heard)


def environment(cores: int) -> dict[str, str]:
    """What must stand in the environment before torch is imported.

    Threads that wait must sleep: while they spin, as by default, one busy neighbour makes a token of base.en on two
    cores take 128 to 163 ms instead of 28 to 32.
    """
    threads = str(max(1, min(_MOST_THREADS, cores)))
    return {
        "OMP_WAIT_POLICY": "PASSIVE",
        "KMP_BLOCKTIME": "0",
        "OMP_NUM_THREADS": threads,
        "MKL_NUM_THREADS": threads,
        "TOKENIZERS_PARALLELISM": "false",
    }


class _Standing:
    """One long-lived child and the ear that it is to use."""

    def __init__(self, log: Path) -> None:
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        self._child = Standing("recogniser", _CODEC, log, environment=environment(cores))

    @property
    def pid(self) -> int | None:
        """The process id of the child that runs now, if one does."""
        return self._child.pid

    async def ask(self, request: Prepare | Listen, progress: Callable[[float], None] | None = None) -> Any:
        def interim(message: Any) -> bool:
            if isinstance(message, Share) and progress is not None:
                progress(message.done)
            return isinstance(message, Share)

        try:
            return await self._child.ask(request, within=_WITHIN, interim=interim)
        except ChildError as error:
            raise RecogniserError(
                "The recogniser ended unexpectedly, twice.",
                "The recording is kept: try again, or choose a smaller model.",
            ) from error

    async def close(self) -> None:
        await self._child.close()


class WhisperRecogniser:
    """openai-whisper; implements `ports.Recogniser`.

    `model` is a published model by name, looked for in `folder` (Whisper's own cache where none is given), or the path
    of a `.pt` checkpoint. Nothing is ever fetched.
    """

    def __init__(self, model: str, language: str, log: Path, folder: Path | None = None) -> None:
        self._model = model
        self._language = language
        self._folder = folder
        self._standing = _Standing(log)

    @property
    def name(self) -> str:
        """The engine."""
        return "openai-whisper"

    @property
    def model(self) -> str:
        """The model by name, or the file name of a checkpoint."""
        return clean(self._model if self._model in weights.known() else Path(self._model).name)

    @property
    def pid(self) -> int | None:
        """The process id of its child, while one runs."""
        return self._standing.pid

    async def warm_up(self) -> None:
        """Load the model and let it listen to a second of noise. Raises ModelMissing or ModelDamaged."""
        await self._standing.ask(Prepare(self._ear()))

    async def transcribe(self, audio: Path, progress: Callable[[float], None] | None = None) -> Transcript:
        """The words of a sound file. Raises RecogniserError (ModelMissing, ModelDamaged) or SoundFileError."""
        heard = await self._standing.ask(Listen(self._ear(), str(audio)), progress)
        language = "en" if self.model.endswith((".en", ".en.pt")) else self._language
        return Transcript(heard.words, self.name, self.model, language)

    async def close(self) -> None:
        """End its child; what that is doing is not waited for."""
        await self._standing.close()

    def _ear(self) -> Ear:
        path, published = weights.located(self._model, self._folder)
        name, sha256 = (published.name, published.sha256) if published else ("", "")
        return Ear(self.name, self._language, name, str(path.absolute()), sha256)


class DraftRecogniser:
    """PocketSphinx, where there are no weights; implements `ports.Recogniser`. Every second word may be wrong."""

    def __init__(self, log: Path) -> None:
        self._standing = _Standing(log)

    @property
    def name(self) -> str:
        """The engine."""
        return "pocketsphinx"

    @property
    def model(self) -> str:
        """The model inside its wheel."""
        return "en-us"

    @property
    def pid(self) -> int | None:
        """The process id of its child, while one runs."""
        return self._standing.pid

    async def warm_up(self) -> None:
        """Load the model."""
        await self._standing.ask(Prepare(Ear(self.name)))

    async def transcribe(self, audio: Path, progress: Callable[[float], None] | None = None) -> Transcript:
        """A draft of the words of a sound file. Raises RecogniserError or SoundFileError."""
        heard = await self._standing.ask(Listen(Ear(self.name), str(audio)), progress)
        return Transcript(heard.words, self.name, self.model, draft=True)

    async def close(self) -> None:
        """End its child; what that is doing is not waited for."""
        await self._standing.close()

"""A speech engine with its stand-ins: every sentence in a child process of its own, kept in a cache."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import shutil
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from vivavoce.children import Codec, ask
from vivavoce.engines import registry, wav
from vivavoce.engines.messages import ListVoices, Speak, Spoken, VoiceIds
from vivavoce.errors import VivaError, VoiceError
from vivavoce.model import Interviewer
from vivavoce.ports import Rendering
from vivavoce.text import clean

LONGEST = 4000
"""Characters. The time that pyttsx3 takes grows with the square of the length: 0.2 s for 1,300, 21 s for 20,000."""

_WITHIN = 20.0
"""Seconds for one sentence; the slowest of 120 took 0.31 s."""

_TRIES = 2
_CODEC = Codec(Spoken, VoiceIds)
_NAMES = (*registry.VOICES, "text")
_READ = "Read it on the screen; `viva doctor` tells what is missing."


class CachedVoice:
    """Implements `ports.Voice`. `engine` is pyttsx3, command (the system's espeak-ng or say) or text (nothing is read).

    `driver` names a pyttsx3 driver and `environment` is added to the children's: both are for trying what happens where
    something is missing. Raises SettingsError for an unknown engine.
    """

    def __init__(
        self, engine: str, cache: Path, log: Path, *, driver: str = "", environment: Mapping[str, str] | None = None
    ) -> None:
        self._engine = registry.known(engine, _NAMES, "voice engine")
        self._cache = cache
        self._log = log
        self._driver = driver
        self._environment = environment
        self._broken = False
        self._turns: dict[str, asyncio.Lock] = {}

    async def render(self, text: str, interviewer: Interviewer, speed: float = 1.0) -> Rendering:
        """The sentence as a WAV file, from the cache where it was spoken before. Raises VoiceError."""
        request = self._request(text, interviewer, speed)
        if self._engine == "pyttsx3":
            return await self._with_stand_in(request)
        return await self._render(request)

    async def voices(self) -> tuple[str, ...]:
        """The ids of the voices that the engine has. Raises VoiceError or ChildError."""
        if self._engine == "text":
            return ()
        request = ListVoices(self._engine, self._driver)
        found = await ask("speaker", request, _CODEC, self._log, within=_WITHIN, environment=self._environment)
        return tuple(clean(voice) for voice in found.ids)

    def _request(self, text: str, interviewer: Interviewer, speed: float) -> Speak:
        said = clean(text).replace("\ufffd", " ")  # what stood for a control character is not spoken
        if self._engine == "text":
            raise VoiceError("Nothing is read aloud: the voice is switched off.", "Read the text on the screen.")
        if not any(character.isalnum() for character in said):
            raise VoiceError("There is nothing to read aloud in this text.", "Read it on the screen.")
        if len(said) > LONGEST:
            raise VoiceError(f"A text of more than {LONGEST} characters is not read aloud.", "Read it on the screen.")
        rate = max(80, min(450, round(interviewer.rate * speed)))  # what espeak-ng accepts
        pitch = max(0, min(99, interviewer.pitch))
        return Speak(self._engine, said, "", rate, pitch, dict(interviewer.voices), self._driver)

    async def _with_stand_in(self, request: Speak) -> Rendering:
        stand_in = replace(request, engine="command", driver="")
        failed = self._broken
        if not failed:
            try:
                return await self._render(request)
            except VivaError:
                failed = True
        rendering = await self._render(stand_in)
        self._broken = failed  # only now is it known that the text was not to blame
        name = "say" if sys.platform == "darwin" else "espeak-ng"
        return replace(rendering, notice=f"The voice engine pyttsx3 does not work here: the command {name} speaks.")

    async def _render(self, request: Speak) -> Rendering:
        key = _key(request)
        async with self._turns.setdefault(key, asyncio.Lock()):  # asked for while it is prepared: made once
            audio = self._cache / f"{key}.wav"
            try:
                length = wav.seconds(audio)
            except (OSError, ValueError):  # not there, or damaged: made anew
                length = await self._speak(replace(request, target=str(audio)))
        return Rendering(audio, length, request.engine)

    async def _speak(self, request: Speak) -> float:
        self._make_room()
        for attempt in range(_TRIES):
            try:
                spoken = await ask("speaker", request, _CODEC, self._log, within=_WITHIN, environment=self._environment)
            except VivaError as error:
                self._sweep(request.target)
                if attempt + 1 == _TRIES:
                    raise VoiceError(f"The voice engine {request.engine} could not speak.", _READ) from error
            else:
                return float(spoken.seconds)
        raise AssertionError("unreachable: the last try returns or raises")

    def _sweep(self, target: str) -> None:
        """Remove what a killed child left behind."""
        for part in self._cache.glob(f"{Path(target).stem}.*.part"):
            part.unlink(missing_ok=True)

    def _make_room(self) -> None:
        try:
            self._cache.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            reason = clean(error.strerror or type(error).__name__)
            raise VoiceError(
                f"Spoken sentences cannot be kept in {clean(str(self._cache))}: {reason}.", _READ
            ) from error


def _key(request: Speak) -> str:
    """What the sound depends on, hashed. The preferred voices stand for the one that is chosen among them."""
    voices = sorted((driver, list(ids)) for driver, ids in request.voices.items())
    parts = [
        request.text,
        voices,
        request.rate,
        request.pitch,
        request.engine,
        request.driver,
        _version(request.engine),
    ]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _version(engine: str) -> str:
    """The engine's version without starting it: a new espeak-ng speaks anew."""
    from importlib import metadata  # noqa: PLC0415 - 12 ms that the first frame need not wait for

    command = shutil.which("espeak-ng") or shutil.which("say")
    stamp = str(os.stat(command).st_mtime_ns) if command else ""
    if engine != "pyttsx3":
        return stamp
    try:
        return f"{metadata.version('pyttsx3')} {stamp}"
    except metadata.PackageNotFoundError:
        return stamp

"""Speak one sentence into a file: one fresh process for each, because no engine can be trusted with a second one."""

from __future__ import annotations

import os
import sys
import traceback
from dataclasses import replace
from pathlib import Path

from vivavoce.children import Parent
from vivavoce.engines import registry, wav
from vivavoce.engines.messages import ListVoices, Speak, Spoken, VoiceIds
from vivavoce.errors import VivaError, VoiceError


def answer(request: Speak | ListVoices) -> Spoken | VoiceIds:
    """Do what is asked. Raises whatever an engine raises."""
    engine = registry.load(registry.VOICES, request.engine)
    if isinstance(request, ListVoices):
        return VoiceIds(engine.voices(request.driver))
    target = Path(request.target)
    part = target.with_suffix(f".{os.getpid()}.part")
    try:
        voice = engine.speak(replace(request, target=str(part)))
        seconds = wav.spoken_seconds(part, request.text, request.rate)
        os.replace(part, target)
    finally:
        part.unlink(missing_ok=True)
    return Spoken(seconds, voice)


def main() -> None:
    """One request, one answer, and out: espeak's threads and its exit handler are not waited for."""
    parent = Parent.meet(Speak, ListVoices)
    for request in parent.messages():
        try:
            parent.send(answer(request))
        except VivaError as error:
            parent.fail(error)
        except Exception as error:  # engines raise whatever they like
            traceback.print_tb(error.__traceback__, limit=-3)
            print(f"{type(error).__name__} in {request.engine}", file=sys.stderr)  # noqa: T201 - stderr is the log
            parent.fail(
                VoiceError(f"The voice engine {request.engine} could not speak.", "Read the text on the screen.")
            )
        break
    sys.stderr.flush()
    os._exit(0)


if __name__ == "__main__":
    main()

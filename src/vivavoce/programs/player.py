"""Play one sound file. It is stopped by killing it, which is heard at once."""

from __future__ import annotations

import os
import threading
import time
import traceback
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from vivavoce.audio.files import read
from vivavoce.audio.messages import Loaded, Pause, Play, Played, Playing, Position, Resume, received
from vivavoce.audio.playing import TURN
from vivavoce.audio.playing import Playing as Sound
from vivavoce.children import Parent
from vivavoce.errors import VivaError


def listen(messages: Iterator[Any], sound: Sound) -> None:
    """Hold and go on, as the parent says; without a parent there is silence."""
    for message in messages:
        sound.held = isinstance(message, Pause)
    os._exit(0)


def play(parent: Parent, messages: Iterator[Any], request: Play) -> None:
    """Play to the end, and say where. Raises SoundFileError, PlaybackError."""
    samples, rate = read(received(request.file), start=request.start, end=request.end)
    parent.send(Loaded())
    sound = Sound(samples, rate, request.speed, request.device)
    threading.Thread(target=listen, args=(messages, sound), daemon=True).start()
    parent.send(Playing())
    while not sound.over():
        parent.send(Position(request.start + sound.seconds))
        time.sleep(TURN)
    parent.send(Position(request.start + len(samples) / rate))
    parent.send(Played())


def main() -> None:
    """One file."""
    parent = Parent.meet(Play, Pause, Resume)
    messages = parent.messages()
    try:
        for request in messages:
            play(parent, messages, request)
            break
    except VivaError as error:
        parent.fail(error)
    except Exception:  # an error of our own must not end in PortAudio's exit handler, which can hang
        with suppress(OSError):  # on a full disk the log takes nothing
            traceback.print_exc()
    os._exit(0)


if __name__ == "__main__":
    main()

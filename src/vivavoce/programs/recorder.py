"""Record one take. Whatever happens to the parent, what was said is on the disk and whole.

Four threads: PortAudio's own fills a queue, this one empties it on to the disk, one listens to the parent and one
tells it the level; so neither a parent that is stopped (Ctrl+Z) nor a full pipe keeps sound from the disk.
"""

from __future__ import annotations

import os
import signal
import threading
import traceback
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from vivavoce.audio.messages import Arm, Armed, Opened, Record, Stop, received
from vivavoce.audio.recorder import Recorder
from vivavoce.audio.sources import Source, source
from vivavoce.children import Parent
from vivavoce.errors import VivaError

_EVERY = 0.1
"""Seconds between two levels."""


def armed(request: Arm) -> Source:
    """What to record from. Raises NoMicrophone."""
    file = received(request.file) if request.file else None
    return source(request.device, file, request.name)


def listen(messages: Iterator[Any], recorder: Recorder) -> None:
    """Until the parent says stop, is gone, or speaks nonsense."""
    try:
        for message in messages:
            if isinstance(message, Stop):
                break
    finally:
        recorder.stop()


def tell(parent: Parent, recorder: Recorder, over: threading.Event) -> None:
    """The level, ten times a second, from the first block on."""
    alive = True
    while alive and not over.wait(_EVERY):
        if recorder.level is not None:
            alive = parent.send(recorder.level)


def record(parent: Parent, messages: Iterator[Any], origin: Source, request: Record) -> None:
    """Record until the end and report it. Raises NoMicrophone, DiskError."""
    spool: Path | None = received(request.spool) if request.spool is not None else None
    recorder = Recorder(origin, spool, request.limit)
    signal.signal(signal.SIGTERM, lambda *_: recorder.stop())
    over = threading.Event()
    threading.Thread(target=listen, args=(messages, recorder), daemon=True).start()
    parent.send(Opened(origin.name, origin.rate))
    threading.Thread(target=tell, args=(parent, recorder, over), daemon=True).start()
    capture = recorder.run()
    over.set()
    if recorder.level is not None:
        parent.send(recorder.level)
    parent.send(capture)


def main() -> None:
    """Arm, then record. Streams are never closed: on a frozen server that never returns."""
    parent = Parent.meet(Arm, Record, Stop)
    messages = parent.messages()
    origin: Source | None = None
    try:
        for request in messages:
            if isinstance(request, Arm):
                origin = armed(request)
                parent.send(Armed(origin.name))
            elif isinstance(request, Record) and origin is not None:
                record(parent, messages, origin, request)
                break
            else:
                break
    except VivaError as error:
        parent.fail(error)
    except Exception:  # an error of our own must not end in PortAudio's exit handler, which can hang
        with suppress(OSError):  # on a full disk the log takes nothing
            traceback.print_exc()
    os._exit(0)


if __name__ == "__main__":
    main()

"""Write down what was said: one long-lived process, of lower priority, that keeps its model loaded."""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path
from typing import Any

from vivavoce.audio.files import read
from vivavoce.children import Parent
from vivavoce.delivery.sound import measure
from vivavoce.engines import registry
from vivavoce.engines.listening import RATE, listen
from vivavoce.engines.messages import Ear, Heard, Listen, Prepare, Prepared, Share
from vivavoce.errors import RecogniserError, VivaError


class Listeners:
    """The one listener that is loaded."""

    def __init__(self) -> None:
        self._ear: Ear | None = None
        self._listener: Any = None

    def get(self, ear: Ear) -> Any:
        """Load it, unless it is loaded. Raises what the engine's `load` raises."""
        if self._ear != ear:
            self._ear, self._listener = None, None  # the memory of the old one goes first
            self._listener = registry.load(registry.EARS, ear.engine).load(ear)
            self._ear = ear
        return self._listener


def answer(parent: Parent, listeners: Listeners, request: Prepare | Listen) -> Prepared | Heard:
    """Do what is asked; shares of the work are told on the way."""
    listener = listeners.get(request.ear)
    if isinstance(request, Prepare):
        listener.warm_up()
        return Prepared()
    parent.send(Share(0.0))
    samples, rate = read(Path(request.audio), RATE)
    return Heard(listen(listener, samples, measure(samples, rate), lambda done: parent.send(Share(done))))


def main() -> None:
    """Answer one request after the other until the parent wants no more."""
    parent = Parent.meet(Prepare, Listen)
    if hasattr(os, "nice"):
        os.nice(5)  # the recorder and the screen go first
    listeners = Listeners()
    for request in parent.messages():
        try:
            parent.send(answer(parent, listeners, request))
        except VivaError as error:
            parent.fail(error)
        except Exception as error:  # engines raise whatever they like
            traceback.print_tb(error.__traceback__, limit=-3)
            print(f"{type(error).__name__} in {request.ear.engine}", file=sys.stderr)  # noqa: T201 - stderr is the log
            parent.fail(
                RecogniserError(
                    f"The recogniser {request.ear.engine} failed on this recording ({type(error).__name__}).",
                    "The recording is kept: try again, or choose another model.",
                )
            )


if __name__ == "__main__":
    main()

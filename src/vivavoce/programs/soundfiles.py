"""Finish a spool, or read a sound file; either way it is measured."""

from __future__ import annotations

import os
import traceback
from contextlib import suppress

import numpy as np

from vivavoce.audio import files, flac
from vivavoce.audio.messages import Finish, Measure, MeasuredFile, received
from vivavoce.children import Parent
from vivavoce.delivery.sound import measure
from vivavoce.errors import SoundFileError, VivaError
from vivavoce.ports import Measured


def answer(request: Finish | Measure) -> MeasuredFile:
    """Do what is asked. Raises DiskError, SoundFileError."""
    if isinstance(request, Finish):
        recorded = flac.finish(received(request.spool), request.rate, received(request.audio))
        samples, rate = recorded.astype(np.float32) / 32768.0, request.rate
    else:
        samples, rate = files.read(received(request.audio))
    return MeasuredFile(Measured(len(samples), rate, measure(samples, rate)))


def main() -> None:
    """One request, one answer."""
    parent = Parent.meet(Finish, Measure)
    for request in parent.messages():
        try:
            parent.send(answer(request))
        except VivaError as error:
            parent.fail(error)
        except Exception:  # libsndfile and numpy meet files that nobody has seen before
            with suppress(OSError):  # on a full disk the log takes nothing
                traceback.print_exc()
            parent.fail(SoundFileError("This sound cannot be measured.", "The log tells why; the file is unchanged."))
        break
    os._exit(0)


if __name__ == "__main__":
    main()

"""Finish the take that waits in the spool, or write it down, and end by SIGKILL after the step that is named."""

import os
import signal
import sys
from pathlib import Path

from tests.archive.samples import SESSION, WHOLE, flac, locations, review
from vivavoce.archive import Archive


def die_after(last: str) -> None:
    def passed(step: str) -> None:
        if step == last:
            os.kill(os.getpid(), signal.SIGKILL)

    folder, action = Path(sys.argv[1]), sys.argv[2]
    archive = Archive.open(locations(folder), exclusive=True, passed=passed)
    passed("open")
    if action == "update":
        archive.update(review(1, WHOLE))
        return
    archive.begin(SESSION)
    passed("begin")
    archive.audio_path("take-1").write_bytes(flac(8000))
    passed("flac")
    archive.keep(review())


die_after(sys.argv[3])

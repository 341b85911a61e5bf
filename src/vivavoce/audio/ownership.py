"""Who writes a spool: the recorder holds a lock on the file itself, which the kernel drops however the recorder ends.

There is no lock file that could be left over, and no process id that could be somebody else's by now. The lock is
`flock` (on NFS, Linux makes it one that the server knows of); on Windows it is one byte far behind any sound, because
locks there keep others from reading.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    _FAR = 1 << 40

    def own(descriptor: int) -> None:
        """Take the lock for as long as this descriptor is open. Raises OSError where another process has it."""
        os.lseek(descriptor, _FAR, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def own(descriptor: int) -> None:
        """Take the lock for as long as this descriptor is open. Raises OSError where another process has it."""
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def spool_is_owned(spool: Path) -> bool:
    """True while a recorder lives that writes this spool; False for an orphan, and where there is none."""
    try:
        descriptor = os.open(spool, os.O_RDWR)
    except OSError:  # there is none, or not one of ours
        return False
    try:
        own(descriptor)
    except OSError:
        return True
    finally:
        os.close(descriptor)
    return False

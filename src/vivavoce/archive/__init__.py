"""What was practised, kept: a SQLite file, a FLAC file and a JSON file for each take, and the spool of takes under way.

No take is ever lost: a recording is in the spool while it is made; it leaves only once its FLAC file, its row and its
sidecar are on the disk. Nothing is deleted by itself. Everything here is synchronous and for one thread.
"""

from vivavoce.archive.archive import Archive
from vivavoce.archive.names import new_id
from vivavoce.archive.privacy import Erased, erase, wider
from vivavoce.archive.rebuilding import Rebuilt, rebuild
from vivavoce.archive.rows import Entry, Written
from vivavoce.archive.space import check_space, free_space
from vivavoce.archive.spool import Orphan

__all__ = [
    "Archive",
    "Entry",
    "Erased",
    "Orphan",
    "Rebuilt",
    "Written",
    "check_space",
    "erase",
    "free_space",
    "new_id",
    "rebuild",
    "wider",
]

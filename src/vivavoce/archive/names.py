"""Names of takes and sessions. No path is ever built from anything that has not passed `checked`."""

from __future__ import annotations

import os
import re
from datetime import datetime

from vivavoce.errors import ArchiveError

_NAME = re.compile(r"[a-z0-9-]{1,64}", re.ASCII)


def new_id(moment: datetime) -> str:
    """A name for a take or a session: the time, so that names sort by it, and 24 random bits."""
    return f"{moment:%Y%m%d-%H%M%S}-{os.urandom(3).hex()}"


def valid(name: str) -> bool:
    """True for 1 to 64 small letters, digits and hyphens: nothing that means anything to a file system."""
    return _NAME.fullmatch(name) is not None


def checked(name: str) -> str:
    """The name itself. Raises ArchiveError where it is none."""
    if not valid(name):
        raise ArchiveError("That is not the name of a take.", "`viva takes` lists them.")
    return name

"""As much of FLAC as tells whether a finished recording is there."""

from __future__ import annotations

from pathlib import Path


def frames(path: Path) -> int | None:
    """Frames per channel from the file's first block; None where the file is missing or is no finished FLAC file.

    STREAMINFO (RFC 9639, section 8.2) comes first; its samples are counted in the 36 bits before its MD5 sum, and an
    encoder that was cut short leaves them 0.
    """
    try:
        with path.open("rb") as file:
            head = file.read(26)
    except OSError:
        return None
    if len(head) < 26 or head[:4] != b"fLaC" or head[4] & 0x7F:
        return None
    return int.from_bytes(head[21:26], "big") & 0xF_FFFF_FFFF or None

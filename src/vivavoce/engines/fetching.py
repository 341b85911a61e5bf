"""Fetching a file, inside its child process: resumed where it broke off, checked before it gets its name."""

from __future__ import annotations

import errno
import hashlib
import http.client
import os
import shutil
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from vivavoce.engines.messages import Fetch
from vivavoce.errors import DiskError, FetchError
from vivavoce.text import clean

_PATIENCE = 30.0
"""Seconds without a byte after which a connection counts as dead."""

_BLOCK = 256 * 1024
_NEWS = 0.1
"""Seconds between two reports."""

_SPARE = 64 * 1024 * 1024
"""Bytes that stay free on the disk."""

_FRUITLESS = 3
"""Connections without a new byte after which the fetch ends."""

Tell = Callable[[int, int | None], object]
"""Hears the bytes that are there, and how many there will be where the server says so."""


class _Broken(Exception):
    """A connection broke off; what came so far is kept."""


def fetch(request: Fetch, tell: Tell) -> None:
    """Put the file at its place. Raises FetchError or DiskError."""
    if not request.url.startswith(("https://", "http://")):
        raise _by_hand(request, "That is no web address.")
    target = Path(request.target)
    part = target.with_name(target.name + ".part")
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _insist(request, part, tell)
        _settle(request, part, target)
    except OSError as error:
        reason = clean(error.strerror or type(error).__name__)
        remedy = (
            "Free some space and try again." if error.errno == errno.ENOSPC else "Look at that folder's permissions."
        )
        raise DiskError(f"The weights cannot be written to {clean(str(target.parent))}: {reason}.", remedy) from error


def _insist(request: Fetch, part: Path, tell: Tell) -> None:
    """Connect again as long as that brings something."""
    fruitless = 0
    while True:
        before = _size(part)
        try:
            _connect(request, part, tell)
        except _Broken as error:
            fruitless = fruitless + 1 if _size(part) <= before else 0
            if fruitless >= _FRUITLESS:
                raise _by_hand(request, f"{error}.") from error
            time.sleep(0.2 * fruitless)
        else:
            return


def _connect(request: Fetch, part: Path, tell: Tell) -> None:
    """One connection: the rest of the file, or all of it where the server cannot resume."""
    have = _size(part)
    asked = urllib.request.Request(request.url, headers={"Range": f"bytes={have}-"} if have else {})  # noqa: S310
    try:
        answer = urllib.request.urlopen(asked, timeout=_PATIENCE)  # noqa: S310 - http(s) only, checked above
    except urllib.error.HTTPError as error:
        with error:
            if error.code != http.HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:  # that means: all of it is here
                raise _by_hand(request, f"The server answered {error.code}.") from error
    except (OSError, http.client.HTTPException) as error:
        raise _broken(error) from error
    else:
        with answer:
            _take(answer, part, have, tell)


def _take(answer: http.client.HTTPResponse, part: Path, have: int, tell: Tell) -> None:
    """Write what the server sends behind what is there, or afresh where it starts from the beginning."""
    if not (answer.headers.get("Content-Range") or "").startswith(f"bytes {have}-"):
        have = 0
    length = answer.headers.get("Content-Length") or ""
    total = have + int(length) if length.isdecimal() else None
    if total is not None and shutil.disk_usage(part.parent).free < total - have + _SPARE:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    said = 0.0
    with part.open("ab" if have else "wb") as file:
        while block := _read(answer):
            file.write(block)
            have += len(block)
            if time.monotonic() - said > _NEWS:
                said = time.monotonic()
                tell(have, total)
    if total is not None and have < total:
        raise _Broken("The connection broke off")
    tell(have, total)


def _read(answer: http.client.HTTPResponse) -> bytes:
    try:
        return answer.read1(_BLOCK)
    except (OSError, http.client.HTTPException) as error:
        raise _broken(error) from error


def _settle(request: Fetch, part: Path, target: Path) -> None:
    """Check what came, and only then give it its name."""
    with part.open("rb+") as file:
        right = hashlib.file_digest(file, "sha256").hexdigest() == request.sha256
        os.fsync(file.fileno())
    if not right:
        part.unlink()
        raise _by_hand(request, "What the server sent is not what was published; it was thrown away.")
    os.replace(part, target)


def _size(part: Path) -> int:
    return part.stat().st_size if part.exists() else 0


def _broken(error: Exception) -> _Broken:
    return _Broken(f"The connection failed ({clean(str(getattr(error, 'reason', error))) or type(error).__name__})")


def _by_hand(request: Fetch, sentence: str) -> FetchError:
    return FetchError(
        sentence,
        f"Try again later, or fetch {clean(request.url)} yourself, save it as {clean(request.target)} and compare its "
        f"SHA-256 with {request.sha256}.",
    )

"""Fill a small disk and file takes on it. Runs in a mount namespace of its own, so the disk goes with the process."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from tests.archive.samples import DRAFT, QUESTION, SESSION, WHOLE, kept, noted, record, review, tree
from vivavoce.archive import Archive
from vivavoce.errors import DiskError
from vivavoce.locations import Locations


def small_disk(folder: Path, kilobytes: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(folder)], check=True)


def fill(folder: Path) -> Path:
    """Leave not one byte."""
    path = folder / "filler"
    with path.open("wb", buffering=0) as file:
        try:
            while file.write(bytes(4096)):
                pass
        except OSError:
            return path
    raise AssertionError("a disk without an end")


def told(call, *arguments: object) -> DiskError:
    try:
        call(*arguments)
    except DiskError as error:
        assert "full" in error.sentence, error
        return error
    raise AssertionError("it found room on a full disk")


def opened(place: Locations) -> Archive:
    return Archive.open(place, exclusive=True, free=lambda _: 10**9)


def everything_on_a_full_disk(root: Path) -> None:
    small_disk(root, 1000)
    place = Locations(root / "data", root / "cache")
    archive = opened(place)
    kept(archive, review(1, DRAFT))
    spool = record(archive, review(2))
    filler = fill(root)
    before = tree(place.takes)

    told(archive.keep, review(2))
    told(archive.update, noted(review(1, WHOLE), "x" * 100_000))
    told(archive.open_spool, "take-3", SESSION, QUESTION, "")
    told(archive.begin, replace(SESSION, id="y" * 64, interviewer="x" * 100_000))
    assert archive.reviews() == (review(1, DRAFT),)
    assert tree(place.takes) == before
    assert sorted(path.name for path in place.spool.iterdir()) == ["take-2.json", "take-2.pcm"]
    assert spool.stat().st_size == 32000
    archive.close()

    filler.unlink()
    archive = opened(place)
    assert [orphan.id for orphan in archive.orphans(lambda _: False)] == ["take-2"]
    archive.keep(review(2))
    archive.update(review(1, WHOLE))
    assert archive.reviews() == (review(2), review(1, WHOLE))
    with archive.audio_path("take-2").open("ab") as audio:
        audio.write(bytes(100_000))  # as large as twenty seconds of speech
    fill(root)
    archive.delete("take-2")
    archive.close()
    assert [path.name for path in sorted(place.takes.iterdir())] == ["take-1.flac", "take-1.json"]


def an_archive_that_finds_no_room_to_begin(root: Path) -> None:
    small_disk(root, 200)
    place = Locations(root / "data", root / "cache")
    place.create()
    filler = fill(root)
    told(lambda: opened(place))
    filler.unlink()
    opened(place).close()


def room_for_the_row_but_not_for_the_sidecar(root: Path) -> None:
    place = Locations(root / "data", root / "cache")
    small_disk(place.takes, 100)
    archive = opened(place)
    record(archive, review())
    filler = fill(place.takes)
    archive.keep(review())
    archive.update(review(1, WHOLE))
    assert archive.reviews() == (review(1, WHOLE),)
    assert archive.orphans(lambda _: False) == ()
    assert len(tree(place.spool)) == 2
    archive.close()
    filler.unlink()
    opened(place).close()
    assert sorted(tree(place.takes)) == ["take-1.flac", "take-1.json"]
    assert b"base.en" in (place.takes / "take-1.json").read_bytes()
    assert tree(place.spool) == {}


if __name__ == "__main__":
    for number, case in enumerate(
        (everything_on_a_full_disk, an_archive_that_finds_no_room_to_begin, room_for_the_row_but_not_for_the_sidecar)
    ):
        case(Path(sys.argv[1]) / str(number))
        print(case.__name__)

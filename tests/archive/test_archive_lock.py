"""One program at a time changes the data."""

import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.archive.samples import kept, review
from vivavoce.archive import Archive
from vivavoce.errors import ArchiveBusy, ArchiveError
from vivavoce.locations import Locations

ROOT = Path(__file__).parents[2]
HOLD = """
import sys, time
from pathlib import Path
from vivavoce.archive import Archive
from vivavoce.locations import Locations
archive = Archive.open(Locations(Path(sys.argv[1]), Path(sys.argv[2])), exclusive=True)
print("open", flush=True)
time.sleep(60)
"""


@contextmanager
def another_program(place: Locations):
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(place.data), str(place.cache)],
        env={"PYTHONPATH": str(ROOT / "src")},
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    try:
        assert process.stdout.readline() == b"open\n"
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def test_the_second_program_is_told_which_process_has_the_data(place: Locations) -> None:
    with another_program(place) as first:
        with pytest.raises(ArchiveBusy) as caught:
            Archive.open(place, exclusive=True)
        assert caught.value.sentence == f"Viva Voce is already open on this data (process {first.pid})."
        assert "--data" in caught.value.remedy


def test_a_program_that_was_killed_leaves_the_data_open_to_the_next(place: Locations) -> None:
    with another_program(place) as first:
        first.send_signal(signal.SIGKILL)
        first.wait()
        Archive.open(place, exclusive=True).close()


def test_reading_is_possible_meanwhile(place: Locations, archive: Archive) -> None:
    kept(archive, review())
    with Archive.open(place, exclusive=False) as one, Archive.open(place, exclusive=False) as two:
        assert one.reviews() == two.reviews() == (review(),)
        kept(archive, review(2))
        assert [take.id for take in one.history()] == ["take-2", "take-1"]
    with pytest.raises(ArchiveBusy, match=f"process {os.getpid()}"):
        Archive.open(place, exclusive=True)


def test_an_archive_that_could_not_be_opened_is_not_held(place: Locations) -> None:
    place.create()
    place.archive.write_bytes(b"rubbish")
    with pytest.raises(ArchiveError, match="damaged"):
        Archive.open(place, exclusive=True)
    place.archive.unlink()
    Archive.open(place, exclusive=True).close()


def test_a_hostile_process_number_is_not_shown(place: Locations, archive: Archive) -> None:
    (place.data / "lock.pid").write_bytes(b"\x1b]0;1\x07")
    with pytest.raises(ArchiveBusy) as caught:
        Archive.open(place, exclusive=True)
    assert caught.value.sentence == "Viva Voce is already open on this data."


def test_a_folder_that_cannot_be_made_is_told_with_its_remedy(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file is in the way")
    with pytest.raises(ArchiveError, match="File exists") as caught:
        Archive.open(Locations(tmp_path / "data", tmp_path / "cache"), exclusive=True)
    assert "--data" in caught.value.remedy

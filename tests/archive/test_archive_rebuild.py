"""The archive made anew from the files beside the recordings."""

from pathlib import Path

import pytest

from tests.archive.samples import DRAFT, SESSION, WHOLE, kept, noted, review
from vivavoce.archive import Archive, Rebuilt, rebuild
from vivavoce.errors import ArchiveBusy, ArchiveError
from vivavoce.locations import Locations

TAKES = (noted(review(3, WHOLE), "Übung"), review(2, DRAFT), review(1))


@pytest.fixture
def practised(place: Locations) -> Locations:
    with Archive.open(place, exclusive=True) as archive:
        for take in reversed(TAKES):
            kept(archive, take)
    return place


def takes(place: Locations):
    with Archive.open(place, exclusive=True) as archive:
        assert archive.sessions() == ((SESSION,) if archive.reviews() else ())
        return archive.reviews()


def test_a_damaged_archive_is_made_anew_and_put_aside(practised: Locations) -> None:
    practised.archive.write_bytes(b"rubbish" * 1000)
    with pytest.raises(ArchiveError, match="damaged"):
        Archive.open(practised, exclusive=True)
    assert rebuild(practised) == Rebuilt(takes=3, unread=())
    assert takes(practised) == TAKES
    (aside,) = practised.data.glob("archive-damaged-*.db")
    assert aside.read_bytes() == b"rubbish" * 1000


def test_a_lost_archive_is_made_anew_when_it_is_opened(practised: Locations) -> None:
    practised.archive.unlink()
    assert takes(practised) == TAKES


def test_the_log_of_a_lost_archive_is_not_read_into_the_new_one(practised: Locations) -> None:
    archive = Archive.open(practised, exclusive=True)
    archive.note("take-1", "in the log only")
    log = practised.archive.with_name("archive.db-wal").read_bytes()
    archive.close()
    practised.archive.unlink()
    practised.archive.with_name("archive.db-wal").write_bytes(log)
    assert [take.take.id for take in takes(practised)] == ["take-3", "take-2", "take-1"]


def test_rebuilding_a_sound_archive_changes_nothing(practised: Locations) -> None:
    assert rebuild(practised).takes == 3
    assert takes(practised) == TAKES
    assert rebuild(practised).takes == 3
    assert takes(practised) == TAKES


def test_recordings_whose_sidecar_cannot_be_read_are_named_and_stay(practised: Locations) -> None:
    (practised.takes / "take-1.json").write_bytes(b"{")
    (practised.takes / "take-2.json").unlink()
    (practised.takes / "take-3.json").rename(practised.takes / "take-4.json")
    found = rebuild(practised)
    assert found == Rebuilt(0, tuple(practised.takes / f"take-{number}.flac" for number in (1, 2, 3)))
    assert takes(practised) == ()
    assert len(list(practised.takes.glob("*.flac"))) == 3


def test_no_sidecar_leads_out_of_the_folder_or_into_the_terminal(practised: Locations, tmp_path: Path) -> None:
    sidecar = practised.takes / "take-3.json"
    hostile = sidecar.read_text("utf-8").replace('"Übung"', '"\\u001b]0;title\\u0007Note"')
    sidecar.write_text(hostile, "utf-8")
    (tmp_path / "outside.json").write_text(hostile.replace("take-3", "outside"), "utf-8")
    (practised.takes / "outside.json").symlink_to(tmp_path / "outside.json")
    (practised.takes / "take-2.json").write_text(hostile.replace('"take-3"', '"../../take-2"'), "utf-8")
    assert rebuild(practised).takes == 2
    with Archive.open(practised, exclusive=False) as archive:
        assert archive.review("take-3").take.note == "Note"
        assert [take.id for take in archive.history()] == ["take-3", "take-1"]


def test_nothing_is_rebuilt_while_it_is_open(place: Locations, archive: Archive) -> None:
    kept(archive, review())
    with pytest.raises(ArchiveBusy):
        rebuild(place)
    assert archive.reviews() == (review(),)

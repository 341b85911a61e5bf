"""Nobody else reads the data; what is deleted is gone; erasing takes ours and nobody else's."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.archive.samples import QUESTION, SESSION, WHOLE, kept, noted, record, review, tree
from vivavoce.archive import Archive, erase, rebuild, wider
from vivavoce.errors import ArchiveBusy, ArchiveError
from vivavoce.locations import Locations

SECRET = "I was let go in Kirkcaldy"


@pytest.fixture
def lax_umask():
    old = os.umask(0o022)
    yield
    os.umask(old)


@pytest.mark.usefixtures("lax_umask")
def test_every_file_and_folder_is_for_this_user_only_whatever_the_umask(place: Locations) -> None:
    with Archive.open(place, exclusive=True) as archive:
        kept(archive, review())
        record(archive, review(2))
        archive.note_rate("take-2", 44100, "USB")
        for path in (archive.audio_path("take-1"), archive.audio_path("take-2"), place.spool / "take-2.pcm"):
            path.chmod(0o600)  # other programs write these
        assert {path.name for path in place.data.glob("archive*")} == {"archive.db", "archive.db-wal", "archive.db-shm"}
        assert wider(place) == ()
    rebuild(place)
    assert len(list(place.data.glob("archive-damaged-*.db"))) == 1
    assert wider(place) == ()


def test_what_others_may_read_is_named(place: Locations, archive: Archive) -> None:
    kept(archive, review())
    archive.audio_path("take-1").chmod(0o640)
    place.takes.chmod(0o701)
    assert set(wider(place)) == {place.takes, archive.audio_path("take-1")}


def test_of_folders_that_are_not_there_nothing_is_said(place: Locations) -> None:
    assert wider(place) == ()


def test_a_deleted_take_leaves_not_one_byte_of_what_was_said(place: Locations, archive: Archive) -> None:
    kept(archive, noted(review(1, WHOLE), SECRET))
    archive.update(noted(review(1, WHOLE), SECRET * 200))
    kept(archive, review(2))
    archive.close()
    rebuild(place)  # leaves a copy of the archive as it was
    with Archive.open(place, exclusive=True) as again:
        assert any(SECRET.encode() in data for data in tree(place.data).values())
        again.delete("take-1")
        assert [name for name, data in tree(place.data).items() if SECRET.encode() in data or "take-1" in name] == []
        assert again.reviews() == (review(2),)
        assert again.audio_path("take-2").exists()


def test_a_deleted_take_takes_its_spool_along(place: Locations, archive: Archive) -> None:
    kept(archive, review())
    (place.spool / "take-1.pcm").write_bytes(b"said")
    archive.delete("take-1")
    assert tree(place.spool) == tree(place.takes) == {}
    with pytest.raises(ArchiveError, match="There is no take"):
        archive.delete("take-1")


def test_a_take_whose_files_cannot_be_removed_stays_in_the_list(place: Locations, archive: Archive) -> None:
    kept(archive, review())
    archive.audio_path("take-1").unlink()
    archive.audio_path("take-1").mkdir()
    with pytest.raises(ArchiveError):
        archive.delete("take-1")
    assert archive.reviews() == (review(),)


def fill(place: Locations) -> None:
    """One of everything that the program ever writes."""
    with Archive.open(place, exclusive=True) as archive:
        kept(archive, review())
        archive.open_spool("take-2", SESSION, QUESTION, "").write_bytes(b"said")
    (place.takes / "take-3.flac.part").touch()
    place.exports.mkdir()
    for path in (
        place.questions / "mine.toml",
        place.voices / "mine.toml",
        place.exports / "answers.md",
        place.settings,
        place.log,
        place.speech / "0a1b.wav",
        place.data / "archive-v1.db",
    ):
        path.touch()


def test_erasing_removes_everything_and_the_folders_too(place: Locations) -> None:
    fill(place)
    everything = {path for root in (place.data, place.cache) for path in (root, *root.rglob("*"))}
    erased = erase(place)
    assert set(erased.removed) == everything
    assert erased.left == ()
    assert not place.data.exists()
    assert not place.cache.exists()


def test_erasing_where_nothing_is_makes_nothing(place: Locations) -> None:
    erased = erase(place)
    assert (erased.removed, erased.left) == ((), ())
    assert not place.data.exists()


def test_a_folder_that_never_was_ours_is_left_alone_when_it_is_named_by_mistake(place: Locations) -> None:
    place.exports.mkdir(parents=True)
    (place.exports / "accounts.csv").write_text("strange")
    place.settings.write_text("strange")
    assert erase(place).removed == ()
    assert tree(place.data) == {"exports/accounts.csv": b"strange", "settings.toml": b"strange"}


def test_erasing_leaves_strangers_files_and_follows_no_link(place: Locations, tmp_path: Path) -> None:
    fill(place)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "precious.toml").write_text("mine")
    (place.voices / "mine.toml").unlink()
    place.voices.rmdir()
    place.voices.symlink_to(elsewhere)
    (place.questions / "link.toml").symlink_to(elsewhere / "precious.toml")
    (place.takes / "thesis.odt").write_text("strange")
    (place.takes / "deeper").mkdir()
    (place.takes / "deeper" / "take-9.flac").write_text("strange")
    (place.data / "diary.txt").write_text("strange")
    erased = erase(place)
    assert (elsewhere / "precious.toml").read_text() == "mine"
    assert tree(place.data) == {
        "diary.txt": b"strange",
        "takes/thesis.odt": b"strange",
        "takes/deeper/take-9.flac": b"strange",
        "questions/link.toml": b"mine",
    }
    assert set(erased.left) == {
        place.takes,
        place.takes / "thesis.odt",
        place.takes / "deeper",
        place.questions,
        place.questions / "link.toml",
        place.voices,
        place.data / "diary.txt",
    }


def test_nothing_is_erased_while_it_is_open(place: Locations, archive: Archive) -> None:
    kept(archive, review())
    with pytest.raises(ArchiveBusy):
        erase(place)
    assert archive.review("take-1") == review()


def test_a_damaged_archive_and_one_of_a_later_version_can_be_erased(place: Locations) -> None:
    for content in (b"rubbish", None):
        fill(place)
        if content is None:
            with closing(sqlite3.connect(place.archive)) as connection:
                connection.execute("PRAGMA user_version = 99")
        else:
            place.archive.write_bytes(content)
        erase(place)
        assert not place.data.exists()

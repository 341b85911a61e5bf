"""The archive's file: made, brought up to date, refused."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.archive.samples import WHOLE, kept, review, tree
from vivavoce.archive import Archive, Written
from vivavoce.archive.schema import APPLICATION, MIGRATIONS, migrate
from vivavoce.errors import ArchiveError, ArchiveTooNew
from vivavoce.locations import Locations

VERSION_1 = (Path(__file__).parent / "version_1.sql").read_text()


def written_by_version_1(place: Locations) -> None:
    place.create()
    with closing(sqlite3.connect(place.archive)) as connection:
        connection.executescript(VERSION_1)


def state(path: Path) -> tuple[int, list[tuple[str, ...]]]:
    with closing(sqlite3.connect(path)) as connection:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        return version, connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()


def as_made_by(count: int, path: Path) -> sqlite3.Connection:
    """An empty archive as that version made it."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(f"PRAGMA application_id = {APPLICATION}")
    migrate(connection, MIGRATIONS[:count])
    return connection


def test_the_kept_version_1_is_what_the_first_migration_makes(tmp_path: Path) -> None:
    with closing(as_made_by(1, tmp_path / "made.db")) as made, closing(sqlite3.connect(":memory:")) as kept_as_text:
        kept_as_text.executescript(VERSION_1)
        for table in ("sessions", "takes"):
            columns = f"PRAGMA table_info({table})"
            assert made.execute(columns).fetchall() == kept_as_text.execute(columns).fetchall()


def test_an_archive_of_version_1_is_brought_up_to_date_with_all_its_takes(place: Locations) -> None:
    written_by_version_1(place)
    with Archive.open(place, exclusive=True) as archive:
        assert [(take.id, take.written) for take in archive.history()] == [
            ("third", Written.WHOLE),
            ("second", Written.DRAFT),
            ("first", Written.NONE),
        ]
        assert [take.id for take in archive.pending()] == ["first", "second"]
        assert archive.review("third").take.question.text == "What is your weakness?"
        assert [session.id for session in archive.sessions()] == ["s1"]
    assert sorted(path.name for path in place.takes.iterdir()) == ["first.json", "second.json", "third.json"]


def test_the_older_archive_is_kept_beside_the_new_one_and_is_private(place: Locations) -> None:
    written_by_version_1(place)
    before = state(place.archive)
    Archive.open(place, exclusive=False).close()
    copy = place.data / "archive-v1.db"
    assert state(copy) == before
    assert copy.stat().st_mode & 0o777 == 0o600
    assert not list(place.data.glob("*.part*"))


@pytest.mark.parametrize("version", range(len(MIGRATIONS)))
def test_every_earlier_version_ends_in_the_same_tables(tmp_path: Path, version: int) -> None:
    with closing(as_made_by(version, tmp_path / "old.db")) as old, closing(as_made_by(99, tmp_path / "new.db")):
        migrate(old)
    assert state(tmp_path / "old.db") == state(tmp_path / "new.db")


@pytest.mark.parametrize("version", range(len(MIGRATIONS) + 1))
@pytest.mark.parametrize(
    "broken",
    [
        ("CREATE TABLE half (a)", "this is no SQL"),
        ("CREATE TABLE half (a)", "INSERT INTO half VALUES (1, 2)"),
    ],
)
def test_a_failing_migration_leaves_version_and_tables_as_they_were(
    tmp_path: Path, version: int, broken: tuple[str, ...]
) -> None:
    path = tmp_path / "a.db"
    with closing(as_made_by(version, path)) as connection:
        before = state(path)
        with pytest.raises(sqlite3.Error):
            migrate(connection, (*MIGRATIONS, broken))
        assert not connection.in_transaction
    assert state(path) == before


def test_a_migration_that_breaks_a_reference_is_taken_back(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with closing(as_made_by(2, path)) as connection:
        before = state(path)
        orphan = "INSERT INTO takes VALUES ('t','nobody','q','k','a',0,0,NULL,NULL,'','','','',NULL,'none',0)"
        with pytest.raises(ArchiveError, match="damaged"):
            migrate(connection, (*MIGRATIONS, (orphan,)))
        assert connection.execute("SELECT count(*) FROM takes").fetchone() == (0,)
    assert state(path) == before


def test_an_archive_that_cannot_be_migrated_stays_as_it_was(place: Locations) -> None:
    written_by_version_1(place)
    with closing(sqlite3.connect(place.archive)) as connection:
        connection.execute("CREATE INDEX takes_by_time ON takes(seconds)")  # the name that version 2 wants
        connection.commit()
    before = state(place.archive)
    with pytest.raises(ArchiveError):
        Archive.open(place, exclusive=True)
    assert state(place.archive) == before


def test_a_later_version_is_refused_and_not_one_byte_changes(place: Locations) -> None:
    with Archive.open(place, exclusive=True) as archive:
        kept(archive, review())
    with closing(sqlite3.connect(place.archive)) as connection:
        connection.execute("PRAGMA user_version = 99")
    before = tree(place.data)
    for exclusive in (True, False):
        with pytest.raises(ArchiveTooNew, match="later version"):
            Archive.open(place, exclusive=exclusive)
    assert tree(place.data) == before


def test_a_later_version_is_seen_in_the_log_of_a_program_that_was_killed(place: Locations) -> None:
    Archive.open(place, exclusive=True).close()
    script = (
        "import os, sqlite3, sys; connection = sqlite3.connect(sys.argv[1]);"
        "connection.execute('PRAGMA user_version = 99'); os.kill(os.getpid(), 9)"
    )
    ended = subprocess.run([sys.executable, "-c", script, str(place.archive)], check=False)
    assert ended.returncode == -signal.SIGKILL
    log = place.archive.with_name("archive.db-wal")
    before = place.archive.read_bytes(), log.read_bytes()
    assert before[1]
    with pytest.raises(ArchiveTooNew):
        Archive.open(place, exclusive=True)
    assert (place.archive.read_bytes(), log.read_bytes()) == before


@pytest.mark.parametrize("content", [b"\0", b"Dear diary, ", b"SQLite format 3\0 and then nothing"])
def test_a_file_that_is_no_database_is_refused_unchanged(place: Locations, content: bytes) -> None:
    place.create()
    place.archive.write_bytes(content * 400)
    with pytest.raises(ArchiveError, match="damaged, or is no archive") as caught:
        Archive.open(place, exclusive=True)
    assert "rebuild" in caught.value.remedy
    assert place.archive.read_bytes() == content * 400


def test_another_programs_database_is_refused_unchanged(place: Locations) -> None:
    place.create()
    with closing(sqlite3.connect(place.archive)) as connection:
        connection.execute("CREATE TABLE recipes (a)")
    before = tree(place.data)
    with pytest.raises(ArchiveError, match="no archive of Viva Voce"):
        Archive.open(place, exclusive=True)
    assert {name: data for name, data in tree(place.data).items() if not name.startswith("lock")} == before


def test_a_page_of_rubbish_is_told_as_damage(place: Locations) -> None:
    with Archive.open(place, exclusive=True) as archive:
        for number in range(1, 20):
            kept(archive, review(number, WHOLE))
    with place.archive.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xa5" * (place.archive.stat().st_size - 4096))
    with pytest.raises(ArchiveError, match="damaged"), Archive.open(place, exclusive=True) as archive:
        archive.reviews()


def test_an_empty_file_that_a_crash_left_becomes_an_archive(place: Locations) -> None:
    place.create()
    place.archive.touch()
    with Archive.open(place, exclusive=True) as archive:
        assert archive.reviews() == ()


def test_everything_that_is_committed_is_meant_to_survive_a_power_cut(archive: Archive) -> None:
    pragmas = ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout")
    found = [archive._connection.execute(f"PRAGMA {name}").fetchone()[0] for name in pragmas]
    assert found == ["wal", 2, 1, 1, 5000]


def test_closing_leaves_one_whole_file(place: Locations, archive: Archive) -> None:
    kept(archive, review())
    assert place.archive.with_name("archive.db-wal").stat().st_size > 0
    archive.close()
    assert sorted(path.name for path in place.data.glob("archive*")) == ["archive.db"]
    assert os.stat(place.archive).st_mode & 0o777 == 0o600

"""A program that is killed between any two steps loses no take and doubles none."""

import signal
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from tests.archive.samples import QUESTION, SESSION, WHOLE, flac, kept, locations, review
from vivavoce.archive import Archive, rebuild

ROOT = Path(__file__).parents[2]


def killed(folder: Path, action: str, step: str) -> None:
    command = [sys.executable, str(ROOT / "tests/archive/finish_and_die.py"), str(folder), action, step]
    ended = subprocess.run(command, env={"PYTHONPATH": f"{ROOT}:{ROOT / 'src'}"}, check=False, timeout=60)
    assert ended.returncode == -signal.SIGKILL


def finished(archive: Archive) -> None:
    """What the program does with each orphan that the user keeps."""
    for orphan in archive.orphans(lambda _: False):
        archive.begin(orphan.session)
        archive.audio_path(orphan.id).write_bytes(flac(orphan.spool.stat().st_size // 2))
        archive.keep(review())


@pytest.mark.parametrize(
    ("step", "offered"),
    [
        ("open", True),
        ("begin", True),
        ("flac", True),
        ("row", False),
        ("sidecar", False),
        ("filed", False),
        ("spool", False),
    ],
)
def test_killed_while_finishing_the_take_is_there_once_or_offered(tmp_path: Path, step: str, offered: bool) -> None:
    place = locations(tmp_path)
    with Archive.open(place, exclusive=True) as archive:
        archive.open_spool("take-1", SESSION, QUESTION, "USB microphone").write_bytes(bytes(16000))
    killed(tmp_path, "keep", step)
    with Archive.open(place, exclusive=True) as archive:
        assert [orphan.id for orphan in archive.orphans(lambda _: False)] == (["take-1"] if offered else [])
        assert archive.reviews() == (() if offered else (review(),))
        finished(archive)
        assert archive.reviews() == (review(),)
        assert archive.orphans(lambda _: False) == ()
    assert list(place.spool.iterdir()) == []
    assert sorted(path.name for path in place.takes.iterdir()) == ["take-1.flac", "take-1.json"]


@pytest.mark.parametrize("step", ["open", "row", "sidecar", "filed"])
def test_killed_while_a_transcript_is_filed_row_and_sidecar_say_the_same(tmp_path: Path, step: str) -> None:
    place = locations(tmp_path)
    with Archive.open(place, exclusive=True) as archive:
        kept(archive, review())
    killed(tmp_path, "update", step)
    expected = review() if step == "open" else review(1, WHOLE)
    with Archive.open(place, exclusive=True) as archive:
        assert archive.reviews() == (expected,)
    assert rebuild(place).takes == 1
    with Archive.open(place, exclusive=False) as archive:
        assert archive.reviews() == (expected,)


@pytest.mark.parametrize("left", ["json", "pcm"])
def test_killed_between_the_two_files_of_the_spool_the_other_one_goes_too(tmp_path: Path, left: str) -> None:
    place = locations(tmp_path)
    with Archive.open(place, exclusive=True) as archive:
        kept(archive, review())
    (place.spool / f"take-1.{left}").write_bytes(b"{}")
    with Archive.open(place, exclusive=True) as archive:
        assert archive.reviews() == (review(),)
        assert archive.orphans(lambda _: False) == ()
    assert list(place.spool.iterdir()) == []


def test_half_a_sidecar_that_a_crash_left_is_overwritten(tmp_path: Path) -> None:
    place = locations(tmp_path)
    with Archive.open(place, exclusive=True) as archive:
        kept(archive, review())
        (place.takes / "take-1.json.part").write_bytes(b"{" * 100_000)
        archive.update(review(1, WHOLE))
    assert sorted(path.name for path in place.takes.iterdir()) == ["take-1.flac", "take-1.json"]
    assert msgspec.json.decode((place.takes / "take-1.json").read_bytes())["review"]["transcript"]["model"] == "base.en"

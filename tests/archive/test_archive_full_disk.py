"""A disk that is really full."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_on_a_full_disk_nothing_is_half_written_and_all_of_it_works_again_later(tmp_path: Path) -> None:
    own_disks = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--mount", "--map-root-user"]
    ended = subprocess.run(
        [*own_disks, sys.executable, str(ROOT / "tests/archive/full_disk.py"), str(tmp_path)],
        env={**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'src'}"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ended.stdout.split() == [
        "everything_on_a_full_disk",
        "an_archive_that_finds_no_room_to_begin",
        "room_for_the_row_but_not_for_the_sidecar",
    ], ended.stderr

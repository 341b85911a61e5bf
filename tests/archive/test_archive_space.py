"""Room on the disk, and the frames of a FLAC file."""

from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.archive.samples import flac
from vivavoce.archive import Archive, check_space, free_space
from vivavoce.archive.flac import frames
from vivavoce.errors import DiskError
from vivavoce.locations import Locations


def test_where_there_is_plenty_nothing_is_said() -> None:
    assert check_space(200_000_000) == ""


def test_below_200_megabytes_the_minutes_that_fit_are_told() -> None:
    # 165.2 MB less 50 MB, at 5.76 MB a minute
    assert check_space(165_200_000) == "Only 165 MB are free on the disk: room for about 20 minutes of answers."
    assert "about 0 minutes" in check_space(50_000_000)


def test_below_50_megabytes_it_is_refused_with_a_remedy() -> None:
    with pytest.raises(DiskError) as caught:
        check_space(49_999_999)
    assert caught.value.sentence == "Only 49 MB are free on the disk: an answer might not fit."
    assert "--data" in caught.value.remedy


def test_free_space_is_that_of_the_disk_below_a_folder(tmp_path: Path) -> None:
    assert 0 < free_space(tmp_path) < 2**63


def test_an_archive_tells_about_its_own_disk(place: Locations) -> None:
    with Archive.open(place, exclusive=True, free={place.data: 60_000_000}.__getitem__) as archive:
        assert archive.space().startswith("Only 60 MB")


@pytest.mark.parametrize("count", [1, 47_999, 48_000 * 60])
def test_the_frames_of_a_flac_file_are_those_that_were_written(tmp_path: Path, count: int) -> None:
    soundfile.write(tmp_path / "a.flac", np.zeros(count, np.int16), 48_000, subtype="PCM_16")
    assert frames(tmp_path / "a.flac") == count


@pytest.mark.parametrize(
    "data", [b"", b"fLaC", b"RIFF" + flac(9)[4:], flac(9)[:25], b"fLaC\x04" + flac(9)[5:], flac(0)]
)
def test_what_is_no_finished_flac_file_has_no_frames(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.flac"
    path.write_bytes(data)
    assert frames(path) is None
    assert frames(tmp_path / "missing.flac") is None

"""An archive of its own for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.archive.samples import locations
from vivavoce.archive import Archive
from vivavoce.locations import Locations


@pytest.fixture
def place(tmp_path: Path) -> Locations:
    return locations(tmp_path)


@pytest.fixture
def archive(place: Locations) -> Iterator[Archive]:
    with Archive.open(place, exclusive=True) as opened:
        yield opened

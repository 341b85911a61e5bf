"""Where everything lies, and who may look at it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from vivavoce.locations import Locations, shipped


@pytest.fixture
def generous_umask() -> Iterator[None]:
    """What most machines have: others may read."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def test_asking_where_something_lies_creates_nothing(tmp_path: Path) -> None:
    place = Locations(tmp_path / "data", tmp_path / "cache")
    names = [name for name, member in vars(Locations).items() if isinstance(member, property)]
    assert len(names) >= 10
    for name in names:
        path = getattr(place, name)
        assert place.data in path.parents or place.cache in path.parents
    assert list(tmp_path.iterdir()) == []


def test_what_must_not_be_lost_never_lies_in_the_cache(tmp_path: Path) -> None:
    place = Locations(tmp_path / "data", tmp_path / "cache")
    for path in (place.archive, place.takes, place.spool, place.questions, place.voices, place.exports, place.settings):
        assert place.data in path.parents


def test_the_folders_are_for_this_user_only_whatever_the_umask(tmp_path: Path, generous_umask: None) -> None:
    place = Locations(tmp_path / "deep" / "data", tmp_path / "deep" / "data" / "cache")
    place.create()
    place.create()
    made = [place.data, *(path for path in place.data.rglob("*") if path.is_dir())]
    assert {place.takes, place.spool, place.questions, place.voices, place.cache, place.speech} <= set(made)
    for folder in made:
        assert folder.stat().st_mode & 0o777 == 0o700, folder


def test_a_folder_that_cannot_be_made_is_an_os_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match="file"):
        Locations(tmp_path / "file" / "data", tmp_path / "cache").create()


@pytest.mark.parametrize("name", ["voices", "question_bank"])
def test_what_came_with_the_program_is_found_in_a_checkout(name: str) -> None:
    folder = shipped(name)
    assert folder == Path(__file__).parents[1] / name
    assert list(folder.glob("*.toml"))

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from vivavoce.archive import Archive
from vivavoce.errors import ArchiveBusy, BankError
from vivavoce.locations import Locations
from vivavoce.model import Kind
from vivavoce.settings import Settings, load
from vivavoce.wiring import Workplace


@pytest.fixture
def locations(tmp_path: Path) -> Locations:
    return Locations(tmp_path / "data", tmp_path / "cache")


def test_the_data_belongs_to_one_desk_at_a_time(locations: Locations) -> None:
    desk = Workplace.open(locations, Settings())
    with pytest.raises(ArchiveBusy):
        Workplace.open(locations, Settings())
    asyncio.run(desk.close())
    asyncio.run(Workplace.open(locations, Settings()).close())


async def test_a_session_follows_the_settings_unless_told_otherwise(locations: Locations) -> None:
    desk = Workplace.open(locations, Settings(kinds=(Kind.TRICKY,), questions=3, interviewer="reyes"))
    sitting = desk.sitting()
    assert [question.kind for question in sitting.questions] == [Kind.TRICKY] * 3
    assert sitting.interviewer.id == "reyes"
    other = desk.sitting(kinds=(Kind.CLOSING,), questions=1, interviewer="hart")
    assert [question.kind for question in other.questions] == [Kind.CLOSING]
    assert other.interviewer.id == "hart"
    await desk.close()


async def test_the_demo_asks_only_what_it_can_answer(locations: Locations) -> None:
    desk = Workplace.open(locations, Settings(microphone="demo", questions=11))
    assert all(question.sample for question in desk.sitting().questions)
    await desk.close()


async def test_changes_are_kept_but_a_look_with_the_demo_is_not(locations: Locations) -> None:
    desk = Workplace.open(locations, Settings())
    await desk.change(questions=7)
    await desk.change(microphone="demo")
    assert desk.settings.microphone == "demo"
    assert load(locations, {}, {}) == Settings(questions=7)
    await desk.close()


async def test_a_change_that_has_nothing_to_do_with_sound_touches_no_part(locations: Locations) -> None:
    desk = Workplace.open(locations, Settings())
    before = desk.parts
    await desk.change(theme="textual-light", heard_only=True, questions=2, kinds=(Kind.CLOSING,))
    assert desk.parts is before
    await desk.change(device="headset")
    assert desk.parts is not before
    assert desk.parts.archive is before.archive
    await desk.close()


async def test_a_file_that_cannot_be_used_is_told_and_the_rest_is_there(locations: Locations) -> None:
    Archive.open(locations, exclusive=True).close()
    (locations.questions / "bad.toml").write_text("kind = [")
    desk = Workplace.open(locations, Settings())
    assert any("bad.toml" in problem for problem in desk.problems)
    assert len(desk.questions) >= 88
    await desk.close()


async def test_without_a_fitting_question_there_is_a_remedy(locations: Locations) -> None:
    desk = Workplace.open(locations, Settings())
    desk._questions = ()
    with pytest.raises(BankError):
        desk.sitting()
    await desk.close()

from __future__ import annotations

from pathlib import Path

import pytest

from vivavoce.audio import DemoMicrophone, DeviceMicrophone, FileMicrophone
from vivavoce.errors import SettingsError
from vivavoce.locations import Locations
from vivavoce.model import Interviewer
from vivavoce.settings import Settings
from vivavoce.wiring import factories

KNOWN = (Interviewer("hart", "Ms Hart", "Warm."), Interviewer("reyes", "Ms Reyes", "Sceptical."))


@pytest.fixture
def locations(tmp_path: Path) -> Locations:
    return Locations(tmp_path, tmp_path / "cache")


@pytest.mark.parametrize(
    ("told", "kind"), [("", DeviceMicrophone), ("demo", DemoMicrophone), ("answer.wav", FileMicrophone)]
)
def test_the_settings_choose_the_microphone(locations: Locations, told: str, kind: type) -> None:
    options = Settings(microphone=told)
    voice = factories.voice(locations, options)
    assert type(factories.microphone(locations, options, voice, KNOWN[0], KNOWN)) is kind


def test_the_demo_answers_with_another_voice_than_the_one_that_asks(locations: Locations) -> None:
    options = Settings(microphone="demo")
    voice = factories.voice(locations, options)
    assert "Ms Reyes" in factories.microphone(locations, options, voice, KNOWN[0], KNOWN).name
    assert "Ms Hart" in factories.microphone(locations, options, voice, KNOWN[1], KNOWN).name


def test_an_interviewer_is_found_by_id_and_the_first_one_asks_by_default() -> None:
    assert factories.chosen("reyes", KNOWN) is KNOWN[1]
    assert factories.chosen("", KNOWN) is KNOWN[0]
    with pytest.raises(SettingsError, match="hart, reyes"):
        factories.chosen("nobody", KNOWN)


def test_a_recogniser_that_is_not_known_names_the_one_that_is(locations: Locations) -> None:
    with pytest.raises(SettingsError, match="openai-whisper"):
        factories.recogniser(locations, Settings(recogniser="telepathy"))


def test_another_language_needs_a_model_that_knows_it(locations: Locations) -> None:
    with pytest.raises(SettingsError, match="--model base`"):
        factories.recogniser(locations, Settings(language="de"))
    assert factories.recogniser(locations, Settings(language="de", model="base")).model == "base"


async def test_only_published_models_can_be_fetched(locations: Locations) -> None:
    with pytest.raises(SettingsError, match="tiny"):
        await factories.fetch(locations, "nosuch", lambda _done, _total: None)

from __future__ import annotations

import pytest

from vivavoce.model import Lights
from vivavoce.ports import Level
from vivavoce.tui.widgets.lights import bar
from vivavoce.tui.widgets.meter import meter

LIGHTS = Lights(green=30, amber=50, red=60, grace=0)


def test_the_bar_fills_and_the_lights_stand_in_their_places() -> None:
    assert bar(LIGHTS, 0, 12) == "······G···AR"
    assert bar(LIGHTS, 15, 12) == "━━━···G···AR"
    assert bar(LIGHTS, 600, 12) == "━━━━━━G━━━AR"


@pytest.mark.parametrize("width", [1, 2, 7, 60])
def test_the_bar_is_as_wide_as_it_was_told(width: int) -> None:
    assert all(len(bar(LIGHTS, seconds, width)) == width for seconds in range(0, 80, 5))


@pytest.mark.parametrize(
    ("level", "word"),
    [
        (None, "waiting"),
        (Level(seconds=1, rms=-120, peak=-120, zeros=1.0), "silent"),
        (Level(seconds=1, rms=-55, peak=-40), "quiet"),
        (Level(seconds=1, rms=-20, peak=-9), "good"),
        (Level(seconds=1, rms=-6, peak=-0.1), "loud"),
    ],
)
def test_the_level_is_a_word_as_well_as_a_bar(level: Level | None, word: str) -> None:
    drawn = meter(level)
    assert drawn.split()[-1] == word
    assert len(drawn.rpartition(" ")[0].rstrip()) <= 40

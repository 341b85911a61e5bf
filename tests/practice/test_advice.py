from dataclasses import replace

import pytest

from vivavoce.model import Gap
from vivavoce.ports import Level
from vivavoce.practice import advice

GOOD = Level(seconds=10, rms=-25, peak=-10, voice=1.0, loudest=-18)


def test_a_good_level_needs_no_advice() -> None:
    assert advice(GOOD) == ""


def test_nothing_is_said_before_the_first_block() -> None:
    assert advice(None) == ""


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"zeros": 1.5, "voice": None}, "muted, or no permission"),
        ({"clipped": 3}, "clipping"),
        ({"gaps": (Gap(2.0, 0.5), Gap(4.0, 1.0))}, "1.5 s"),
        ({"voice": None}, "Nothing heard yet"),
        ({"loudest": -50.0}, "Very quiet"),
    ],
)
def test_each_trouble_has_its_sentence(changes: dict[str, object], said: str) -> None:
    assert said in advice(replace(GOOD, **changes))  # type: ignore[arg-type]


def test_nobody_is_hurried_in_the_first_seconds() -> None:
    assert advice(replace(GOOD, seconds=2.0, voice=None, loudest=-60.0)) == ""

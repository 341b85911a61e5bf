"""The clock of an answer with its lights: colour and word."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from vivavoce.delivery import clock
from vivavoce.model import Light, Lights

WORDS = {
    Light.EARLY: "keep going",
    Light.GREEN: "green: enough said",
    Light.AMBER: "amber: wrap up",
    Light.RED: "red: time is up",
}

_STYLES = {
    Light.EARLY: "bold",
    Light.GREEN: "bold $text-success",
    Light.AMBER: "bold $text-warning",
    Light.RED: "bold $text-error",
}

_WIDEST = 60
"""Columns of the bar."""


class LightsClock(Static):
    """Time, light and a bar whose marks are the lights."""

    def show(self, lights: Lights, seconds: float) -> None:
        """Draw this moment."""
        light = lights.at(seconds)
        left = f", stops by itself in {max(0, lights.end - seconds):.0f} s" if light is Light.RED else ""
        self.update(
            Content.assemble(
                (f"{clock(seconds)}  {WORDS[light]}{left}", _STYLES[light]),
                "\n",
                (bar(lights, seconds, min(_WIDEST, self.size.width or _WIDEST)), _STYLES[light]),
                "\n",
                f"green {clock(lights.green)}   amber {clock(lights.amber)}   red {clock(lights.red)}",
            )
        )


def bar(lights: Lights, seconds: float, width: int) -> str:
    """The time up to the end as a line; G, A and R stand where the lights come on."""
    columns = min(width, round(seconds / lights.end * width))
    drawn = list("━" * columns + "·" * (width - columns))
    for letter, at in (("G", lights.green), ("A", lights.amber), ("R", lights.red)):
        drawn[min(width - 1, round(at / lights.end * width))] = letter
    return "".join(drawn)


def countdown(left: float, whole: float, width: int) -> str:
    """What is left of the think time, as a line that grows shorter."""
    width = min(_WIDEST, width)
    columns = round(min(1.0, left / whole) * width) if whole > 0 else 0
    return "━" * columns + "·" * (width - columns)

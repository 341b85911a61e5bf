"""Whether sound is missing: frames against the clock.

Sound servers drop sound without a word (24 of 40 seconds, tried with a stalled callback), so the frames are counted
against a clock that never goes back. Each block has a lateness, its arrival less the sound so far. It wavers upwards
only: a block may come late, never early. Where sound was lost, lateness steps up and stays there; where a server held
sound back and delivers it later, lateness falls again, and nothing is missing. So the lowest lateness of a whole second
of arrivals is what counts.

        lateness   ______   held back, then delivered: no gap
             _____|      |______
             _____|‾‾‾‾‾‾‾‾‾‾‾‾‾   lost: a gap, as long as the step
"""

from __future__ import annotations

from vivavoce.model import Gap

TOLERANCE = 0.25
"""Seconds. Four busy threads in the same process delayed a block by 0.22 s, and nothing was lost."""

_WINDOW = 1.0
"""Seconds of arrivals that must agree."""

_DRIFT = 0.001
"""Share by which a device's clock may be slow without sound being missing; quartz is ten times better."""


class Continuity:
    """Watches the arrivals of one recording. Neither the device's start-up nor what is in flight at the end counts."""

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._frames = 0
        self._normal: float | None = None
        self._lowest = 0.0
        self._since: float | None = None
        self._intact = 0.0
        self._gaps: list[Gap] = []

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """The gaps that are certain."""
        return tuple(self._gaps)

    def arrived(self, at: float, frames: int) -> None:
        """A block came at this moment, in seconds of a clock that never goes back."""
        self._frames += frames
        recorded = self._frames / self._rate
        lateness = at - recorded
        if self._normal is None:
            self._normal = lateness
        if lateness <= self._normal + TOLERANCE:
            self._intact = recorded
        if self._since is None:
            self._since, self._lowest = at, lateness
        self._lowest = min(self._lowest, lateness)
        if at - self._since >= _WINDOW:
            self._normal = self._judged(self._normal, at - self._since)
            self._since = None

    def _judged(self, normal: float, seconds: float) -> float:
        """What lateness is normal from here on."""
        missing = self._lowest - normal
        if missing > TOLERANCE:
            self._gaps.append(Gap(self._intact, missing))
            return self._lowest
        if self._gaps and missing < -TOLERANCE:  # it did come, more than a second later
            last = self._gaps.pop()
            if last.missing + missing > TOLERANCE:
                self._gaps.append(Gap(last.at, last.missing + missing))
        return min(self._lowest, normal + _DRIFT * seconds)

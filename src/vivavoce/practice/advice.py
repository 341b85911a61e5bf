"""What is said while there is still time: one sentence about the microphone, or nothing."""

from __future__ import annotations

from vivavoce.ports import Level

_ZEROS = 1.0
"""Seconds of exact zeros after which no living microphone is behind them: even a quiet room makes noise."""

_NOTHING_HEARD = 5.0
"""Seconds without a voice; speakers start within about three."""

_QUIET = -45.0
"""dBFS; the loudest tenth of a second of ordinary speech at a desk lies between -30 and -12."""

_QUIET_AFTER = 4.0
"""Seconds of sound before a level is judged."""


def advice(level: Level | None) -> str:
    """The most urgent sentence about this level; empty when all is well."""
    if level is None:
        return ""
    if level.zeros >= _ZEROS:
        return "The microphone is sending silence (muted, or no permission)."
    if level.clipped:
        return "Too loud: the sound is clipping. Move back a little or lower the input level."
    if level.gaps:
        missing = sum(gap.missing for gap in level.gaps)
        return f"The device has dropped {missing:.1f} s of sound so far; the take will show where."
    if level.voice is None and level.seconds >= _NOTHING_HEARD:
        return "Nothing heard yet. Is this the right microphone?"
    if level.seconds >= _QUIET_AFTER and level.loudest < _QUIET:
        return "Very quiet. Move closer or raise the input level."
    return ""

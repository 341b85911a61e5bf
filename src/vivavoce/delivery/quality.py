"""What is wrong with a recording, where something is: the speaker shall know before trusting a figure."""

from __future__ import annotations

from collections.abc import Iterator

from vivavoce.delivery.measuring import LOWEST_SNR, MOST_CLIPPED
from vivavoce.model import Capture, Ended, Remark, Sound, Span

_FAINT = -45.0
"""dBFS of the voiced frames; ordinary speech at a desk lies between -35 and -15."""

_ENDED = {
    Ended.LOST: "The microphone went away; what was said until then is kept.",
    Ended.STALLED: "The microphone stopped sending; what was said until then is kept.",
    Ended.DISK: "The disk was full; what was said until then is kept.",
    Ended.RECOVERED: "Recovered after the program ended in mid-answer; up to the last second may be missing.",
    Ended.LIMIT: "Stopped by itself after red and its grace.",
}


def quality(sound: Sound, capture: Capture | None) -> Iterator[Remark]:
    """Notes on the recording; nothing where all is well."""
    if capture is not None:
        yield from _capture(capture)
    if sound.peak is None:
        yield Remark("recording", "", "The microphone sent nothing but silence (muted, or no permission).")
    elif sound.voice is None:
        yield Remark("recording", f"{sound.peak:.0f} dB", "Nobody could be heard.")
    elif sound.loudness is not None and sound.loudness < _FAINT:
        yield Remark("recording", f"{sound.loudness:.0f} dB", "Very quiet: move closer or raise the input level.")
    if sound.clipped > MOST_CLIPPED:
        share = f"{sound.clipped:.1%}"
        yield Remark(
            "recording", share, "So much of the sound is clipped that rates are not told: lower the input level."
        )
    if sound.snr is not None and sound.snr < LOWEST_SNR:
        yield Remark("recording", f"{sound.snr:.0f} dB", "Speech hardly stands out from the room: pauses are not told.")


def _capture(capture: Capture) -> Iterator[Remark]:
    if capture.ended in _ENDED:
        yield Remark("recording", f"{capture.seconds:.0f} s", _ENDED[capture.ended])
    for gap in capture.gaps:
        sentence = "The device dropped sound here; it is not in the recording."
        yield Remark("gap", f"{gap.missing:.1f} s", sentence, Span(gap.at, gap.at))

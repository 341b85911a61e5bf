"""Delivery -> plain sentences: each figure with what it means, and where it can be heard. No grades."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from vivavoce.delivery.quality import quality
from vivavoce.model import Capture, Delivery, Length, Lights, Pause, Remark, Sound, Span, Transcript

_SLOW, _COMFORTABLE, _COMFORTABLE_END, _FAST = 110, 120, 170, 185
"""Words per minute. 201 speakers on Switchboard: p10 136, median 166, p90 195; advice for talks is 100 to 165."""

_FEW_FILLERS, _MANY_FILLERS = 5, 12
"""Per minute: up to 5 cost nothing, 12 clearly do (Laske and DiGennaro Reed 2024, who compared 0, 2, 5 and 12)."""

_LONG_PAUSE = 1.0
"""Seconds (Campione and Véronis 2002 call pauses over 1000 ms long; they occur in spontaneous speech only)."""

_QUICK_START = 3.0
"""Seconds before the first word that nobody minds."""


def remarks(
    delivery: Delivery,
    sound: Sound,
    transcript: Transcript | None,
    lights: Lights | None,
    capture: Capture | None,
) -> tuple[Remark, ...]:
    """One sentence per figure, in the order in which they matter; then what is wrong with the recording."""
    return (
        _length(delivery, lights),
        _pace(delivery),
        *_speech_pace(delivery),
        _fillers(delivery, transcript),
        _pauses(delivery, transcript),
        _first_word(delivery),
        *quality(sound, capture),
    )


def clock(seconds: float) -> str:
    """Minutes and seconds, as 1:05."""
    return f"{int(seconds + 0.5) // 60}:{int(seconds + 0.5) % 60:02d}"


def _absent(delivery: Delivery, field: str, about: str) -> Remark:
    return Remark(about, "", f"Not told: {delivery.absent.get(field, 'it could not be measured')}.")


def _length(delivery: Delivery, lights: Lights | None) -> Remark:
    if delivery.answer is None:
        return _absent(delivery, "answer", "length")
    figure = clock(delivery.answer)
    if lights is None or delivery.length is None:
        return Remark("length", figure, "From the first voice to the last.")
    if delivery.length is Length.UNDER:
        short = lights.green - delivery.answer
        return Remark(
            "length", figure, f"{short:.0f} s short of green ({clock(lights.green)}): there is room for more."
        )
    if delivery.length is Length.OVER:
        over = delivery.answer - lights.red
        return Remark(
            "length", figure, f"{over:.0f} s over the limit ({clock(lights.red)}): say the main point earlier."
        )
    return Remark("length", figure, f"Within the lights ({clock(lights.green)} to {clock(lights.red)}).")


def _pace(delivery: Delivery) -> Remark:
    if delivery.pace is None:
        return _absent(delivery, "pace", "pace")
    about = "an estimate from the sound alone" if delivery.estimated else "pauses included"
    return Remark("pace", f"{delivery.pace:.0f} words per minute", f"{_judged(delivery.pace)} ({about}).")


def _judged(pace: float) -> str:
    if pace < _SLOW:
        return f"Slow: listeners are used to {_COMFORTABLE} to {_COMFORTABLE_END}"
    if pace > _FAST:
        return f"Fast: easy to follow is {_COMFORTABLE} to {_COMFORTABLE_END}; pauses help more than slower words"
    return f"Easy to follow: {_COMFORTABLE} to {_COMFORTABLE_END} is comfortable"


def _speech_pace(delivery: Delivery) -> Iterator[Remark]:
    """Nothing where both paces are absent: the first has said why already."""
    if delivery.speech_pace is None and delivery.pace is not None:
        yield _absent(delivery, "speech_pace", "speaking pace")
    elif delivery.speech_pace is not None:
        about = ", an estimate from the sound alone" if delivery.estimated else ""
        figure = f"{delivery.speech_pace:.0f} words per minute"
        yield Remark("speaking pace", figure, f"While you speak, pauses taken off{about}.")


def _fillers(delivery: Delivery, transcript: Transcript | None) -> Remark:
    if delivery.fillers is None or transcript is None:
        return _absent(delivery, "fillers", "fillers")
    if not delivery.fillers:
        return Remark("fillers", "none", "None in the transcript; Whisper may have left some out.")
    counted = Counter(filler.text for filler in delivery.fillers)
    which = ", ".join(f"{text} {count}" for text, count in counted.most_common(5))
    most = next(filler for filler in delivery.fillers if filler.text == counted.most_common(1)[0][0])
    span = Span(most.start, most.end)
    quote = " ".join(word.text for word in transcript.words[most.first : most.last + 1])
    figure = f"{len(delivery.fillers)} ({which})"
    if delivery.fillers_per_minute is None:
        return Remark("fillers", figure, f"No rate: {delivery.absent['fillers_per_minute']}.", span, quote)
    return Remark("fillers", figure, _rated(delivery.fillers_per_minute), span, quote)


def _rated(rate: float) -> str:
    told = f"{rate:.1f} a minute"
    if rate <= _FEW_FILLERS:
        return f"{told}: ordinary, up to {_FEW_FILLERS} disturb nobody."
    if rate < _MANY_FILLERS:
        return f"{told}: more than the usual {_FEW_FILLERS}; a silent pause does the same work."
    return f"{told}: listeners notice {_MANY_FILLERS} and more; try a silent pause in their place."


def _pauses(delivery: Delivery, transcript: Transcript | None) -> Remark:
    if delivery.pauses is None:
        return _absent(delivery, "pauses", "pauses")
    if not delivery.pauses:
        return Remark("pauses", "none", "No silence of a quarter of a second or more; a pause lets a point sink in.")
    longest = max(delivery.pauses, key=lambda pause: pause.seconds)
    long = sum(pause.seconds >= _LONG_PAUSE for pause in delivery.pauses)
    many = f"{long} of them long (1 s or more)" if long else "none of them long (1 s or more)"
    sentence = f"{many[0].upper()}{many[1:]}; the longest, {longest.seconds:.1f} s, at {clock(longest.start)}."
    span = Span(longest.start, longest.end)
    return Remark("pauses", str(len(delivery.pauses)), sentence, span, " ".join(_around(longest, transcript)))


def _around(pause: Pause, transcript: Transcript | None) -> Iterator[str]:
    """The words on either side of a pause."""
    if transcript is None or transcript.draft:
        return
    yield from [word.text for word in transcript.words if word.start < pause.start][-1:]
    yield "…"
    yield from [word.text for word in transcript.words if word.start >= pause.start][:1]


def _first_word(delivery: Delivery) -> Remark:
    if delivery.first_word is None:
        return _absent(delivery, "first_word", "time to first word")
    late = delivery.first_word > _QUICK_START
    calm = "a long silence for the person opposite; say that you are thinking" if late else "nobody minds that"
    return Remark("time to first word", f"{delivery.first_word:.1f} s", f"From the start of the recording: {calm}.")

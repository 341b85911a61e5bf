from __future__ import annotations

import pytest

from tests.factories import LIGHTS, review, sound, take, transcript
from vivavoce import delivery
from vivavoce.model import Capture, Ended, Gap, Remark, Sound, Span, Transcript


def remarks_of(heard: Sound, said: Transcript | None, capture: Capture | None = None) -> dict[str, Remark]:
    measured = delivery.measure(heard, said, LIGHTS)
    return {r.about: r for r in delivery.remarks(measured, heard, said, LIGHTS, capture)}


def talk(count: int, fillers: int = 0) -> Transcript:
    return transcript(" ".join(["um,"] * fillers + ["word"] * count))


def test_every_figure_has_a_plain_sentence_and_a_fixed_place() -> None:
    heard = sound()
    measured = delivery.measure(heard, talk(100, 2), LIGHTS)
    remarks = delivery.remarks(measured, heard, talk(100, 2), LIGHTS, take().capture)
    assert [r.about for r in remarks] == [
        "length",
        "pace",
        "speaking pace",
        "fillers",
        "pauses",
        "time to first word",
    ]
    for remark in remarks:
        assert remark.figure
        assert remark.sentence.endswith(".")
        assert "!" not in remark.sentence


@pytest.mark.parametrize(("count", "word"), [(66, "Slow"), (100, "Easy to follow"), (130, "Fast")])
def test_the_pace_is_told_against_its_band(count: int, word: str) -> None:
    remark = remarks_of(sound(), talk(count))["pace"]
    assert remark.sentence.startswith(word)
    assert remark.figure == f"{count * 1.5:.0f} words per minute"


def test_an_estimate_says_so() -> None:
    assert "estimate" in remarks_of(sound(), None)["pace"].sentence


@pytest.mark.parametrize(
    ("end", "words"), [(21.0, "10 s short of green"), (41.0, "Within the lights"), (71.0, "10 s over the limit")]
)
def test_the_length_is_told_in_seconds(end: float, words: str) -> None:
    heard = sound(seconds=80, voice=Span(1.0, end), pauses=())
    assert words in remarks_of(heard, None)["length"].sentence


@pytest.mark.parametrize(("count", "words"), [(3, "ordinary"), (5, "more than the usual"), (10, "listeners notice")])
def test_fillers_are_told_by_their_rate(count: int, words: str) -> None:
    assert words in remarks_of(sound(), talk(100, count))["fillers"].sentence


def test_fillers_name_which_and_where() -> None:
    said = transcript("I was, you know, there. " + "um, " * 3 + "word " * 20)
    remark = remarks_of(sound(), said)["fillers"]
    assert remark.figure == "4 (um 3, you know 1)"
    assert remark.span is not None
    assert remark.span.start == said.words[5].start
    assert remark.quote == "um,"


def test_no_filler_in_the_transcript_is_not_called_none_said() -> None:
    assert "may have left some out" in remarks_of(sound(), talk(100))["fillers"].sentence


def test_the_longest_pause_can_be_heard() -> None:
    remark = remarks_of(sound(), talk(100))["pauses"]
    assert remark.figure == "2"
    assert remark.span == Span(20.0, 21.5)
    assert "1 of them long" in remark.sentence
    assert "1.5 s, at 0:20" in remark.sentence


def test_what_is_absent_says_why() -> None:
    remark = remarks_of(sound(), transcript("Too short."))["pace"]
    assert remark.figure == ""
    assert "too little to judge" in remark.sentence


def test_in_a_noisy_room_pause_and_speaking_pace_say_why_they_are_missing() -> None:
    remarks = remarks_of(sound(snr=12.0), talk(100))
    for about in ("speaking pace", "pauses"):
        assert remarks[about].figure == ""
        assert "noisy" in remarks[about].sentence
    assert remarks["pace"].figure == "150 words per minute"


@pytest.mark.parametrize(
    ("ended", "words"),
    [
        (Ended.LOST, "went away"),
        (Ended.STALLED, "stopped sending"),
        (Ended.DISK, "disk was full"),
        (Ended.RECOVERED, "Recovered"),
        (Ended.LIMIT, "by itself"),
    ],
)
def test_how_a_recording_ended_is_never_hidden(ended: Ended, words: str) -> None:
    assert words in remarks_of(sound(), None, Capture("x", 48000, 48000, ended))["recording"].sentence


def test_every_gap_is_told_with_its_place() -> None:
    capture = Capture("x", 48000, 480000, Ended.STOPPED, (Gap(3.0, 0.5),))
    remark = remarks_of(sound(), None, capture)["gap"]
    assert remark.figure == "0.5 s"
    assert remark.span == Span(3.0, 3.0)


@pytest.mark.parametrize(
    ("heard", "words"),
    [
        (sound(voice=None, peak=None), "muted, or no permission"),
        (sound(voice=None), "Nobody could be heard"),
        (sound(loudness=-50.0), "Very quiet"),
        (sound(clipped=0.02), "clipped"),
        (sound(snr=12.0), "hardly stands out"),
    ],
)
def test_a_bad_recording_is_told(heard: Sound, words: str) -> None:
    assert words in remarks_of(heard, None)["recording"].sentence


def test_no_remark_grades_the_person() -> None:
    every = " ".join(r.sentence for r in review().remarks).lower()
    for word in ("confiden", "nervous", "score", "bad", "poor", "accent", "grammar"):
        assert word not in every


def test_the_timeline_shows_speech_pauses_and_nothing_around() -> None:
    heard = sound(seconds=50.0)
    line = delivery.timeline(heard, 50)
    assert len(line) == 50
    assert line[0] == " "
    assert line[5] == "▇"
    assert line[20] == "·"
    assert line[45] == " "
    assert delivery.timeline(sound(voice=None), 10) == " " * 10

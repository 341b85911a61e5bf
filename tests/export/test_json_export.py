from __future__ import annotations

import json

import msgspec

from tests.factories import review, sound, transcript
from vivavoce.export import FORMATS, render
from vivavoce.model import Review


def test_everything_comes_back_as_it_was() -> None:
    reviews = [review(), review(None), review(None, sound=sound(voice=None, peak=None))]
    document = json.loads(FORMATS["json"](reviews))
    assert document["viva_voce"] == 1
    assert msgspec.convert(document["reviews"], list[Review]) == reviews


def test_the_names_that_other_programs_read_do_not_move() -> None:
    (one,) = json.loads(FORMATS["json"]([review()]))["reviews"]
    assert list(one) == ["take", "sound", "delivery", "remarks", "transcript"]
    assert set(one["take"]) == {"id", "session", "question", "started", "capture", "note"}
    assert set(one["delivery"]) >= {"version", "first_word", "answer", "speech", "pace", "fillers", "pauses", "absent"}
    assert set(one["remarks"][0]) == {"about", "figure", "sentence", "span", "quote"}
    assert one["transcript"]["words"][0] == {"text": "Um,", "start": 1.0, "end": 1.35, "probability": None}


def test_what_is_unknown_is_null() -> None:
    (one,) = json.loads(FORMATS["json"]([review(None)]))["reviews"]
    assert one["transcript"] is None
    assert one["delivery"]["fillers"] is None
    assert one["delivery"]["absent"]["fillers"] == "there is no transcript yet"


def test_letters_of_every_script_are_written_as_they_are() -> None:
    assert "naïve面接".encode() in render([review(transcript=transcript("naïve面接"))], "json")


def test_no_takes_are_an_empty_list() -> None:
    assert json.loads(FORMATS["json"]([])) == {"viva_voce": 1, "reviews": []}

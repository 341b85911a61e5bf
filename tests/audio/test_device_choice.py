from __future__ import annotations

import pytest

from vivavoce.audio.portaudio import Endpoint, choose
from vivavoce.errors import NoMicrophone, PlaybackError


def endpoint(index: int, name: str, *, default: bool = False, native: bool = True) -> Endpoint:
    return Endpoint(index, name, channels=1, rate=48_000, default=default, native=native)


HEADSET = endpoint(0, "USB Headset")
BUILT_IN = endpoint(1, "Built-in Microphone", default=True)
WEBCAM = endpoint(2, "USB Webcam")
ALL = (HEADSET, BUILT_IN, WEBCAM)


def test_without_a_name_it_is_the_systems_choice() -> None:
    assert choose(ALL, "", "input") is BUILT_IN


def test_without_a_choice_of_the_system_it_is_the_first() -> None:
    assert choose((HEADSET, WEBCAM), "", "input") is HEADSET


@pytest.mark.parametrize("wanted", ["webcam", "USB Webcam", "usb w", "WEB"])
def test_a_part_of_the_name_in_any_case_is_enough(wanted: str) -> None:
    assert choose(ALL, wanted, "input") is WEBCAM


def test_the_whole_name_wins_over_a_part_of_another() -> None:
    longer = endpoint(3, "USB Webcam Pro")
    assert choose((longer, WEBCAM), "usb webcam", "input") is WEBCAM


def test_an_unknown_name_lists_what_there_is() -> None:
    with pytest.raises(NoMicrophone) as caught:
        choose(ALL, "nosuch\x1b[31m", "input")
    assert caught.value.sentence == "No input device has `nosuch` in its name."
    assert caught.value.remedy == "Choose one of these by name: USB Headset; Built-in Microphone; USB Webcam."


def test_an_ambiguous_name_lists_what_it_fits() -> None:
    with pytest.raises(PlaybackError) as caught:
        choose(ALL, "usb", "output")
    assert caught.value.sentence == "More than one output device has `usb` in its name."
    assert caught.value.remedy == "Choose one of these by name: USB Headset; USB Webcam."


def test_of_the_same_device_in_two_sound_systems_the_native_one_is_taken() -> None:
    foreign = endpoint(0, "USB Webcam", native=False)
    assert choose((foreign, WEBCAM), "webcam", "input") is WEBCAM


def test_two_devices_of_one_name_cannot_be_told_apart() -> None:
    assert choose((WEBCAM, endpoint(7, "USB Webcam")), "webcam", "input") is WEBCAM


@pytest.mark.parametrize(("direction", "error"), [("input", NoMicrophone), ("output", PlaybackError)])
def test_no_device_is_an_error_with_a_remedy(direction: str, error: type[Exception]) -> None:
    with pytest.raises(error, match="was found"):
        choose((), "", direction)

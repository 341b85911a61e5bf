"""Arrivals are drawn as (seconds, frames) at 1,000 frames a second, in blocks of 20 ms."""

from __future__ import annotations

import pytest

from vivavoce.audio.continuity import Continuity

RATE = 1000
BLOCK = 20


class Device:
    """Delivers blocks; `now` is the clock."""

    def __init__(self) -> None:
        self.continuity = Continuity(RATE)
        self.now = 100.0

    def flow(self, seconds: float, slower: float = 1.0) -> Device:
        for _ in range(round(seconds * RATE / BLOCK)):
            self.now += BLOCK / RATE * slower
            self.continuity.arrived(self.now, BLOCK)
        return self

    def silent(self, seconds: float) -> Device:
        self.now += seconds
        return self

    def burst(self, seconds: float) -> Device:
        for _ in range(round(seconds * RATE / BLOCK)):
            self.now += 0.0001
            self.continuity.arrived(self.now, BLOCK)
        return self


def test_an_even_flow_has_no_gaps() -> None:
    assert Device().flow(60).continuity.gaps == ()


def test_a_late_start_is_no_gap() -> None:
    assert Device().silent(4).flow(5).continuity.gaps == ()


def test_lost_sound_is_a_gap_where_it_was_lost_and_as_long() -> None:
    (gap,) = Device().flow(3.0).silent(1.5).flow(3.0).continuity.gaps
    assert gap.at == pytest.approx(3.0, abs=0.021)
    assert gap.missing == pytest.approx(1.5, abs=0.021)


def test_sound_held_back_and_then_delivered_is_no_gap() -> None:
    assert Device().flow(3).silent(2).burst(2).flow(5).continuity.gaps == ()


def test_half_of_what_was_held_back_is_missing() -> None:
    (gap,) = Device().flow(3).silent(2).burst(1).flow(5).continuity.gaps
    assert gap.at == pytest.approx(3, abs=0.021)
    assert gap.missing == pytest.approx(1, abs=0.03)


def test_each_of_two_losses_is_a_gap_of_its_own() -> None:
    gaps = Device().flow(2).silent(0.5).flow(4).silent(0.8).flow(4).continuity.gaps
    assert [gap.at for gap in gaps] == pytest.approx([2, 6], abs=0.03)
    assert [gap.missing for gap in gaps] == pytest.approx([0.5, 0.8], abs=0.03)


def test_a_gap_that_is_delivered_after_all_is_taken_back() -> None:
    device = Device().flow(3).silent(2).flow(2.5)
    assert len(device.continuity.gaps) == 1
    assert device.burst(2).flow(3).continuity.gaps == ()


def test_a_loss_below_the_tolerance_is_not_reported() -> None:
    assert Device().flow(3).silent(0.2).flow(3).continuity.gaps == ()


def test_a_clock_that_is_half_a_thousandth_slow_has_no_gaps_in_half_an_hour() -> None:
    assert Device().flow(1800, slower=1.0005).continuity.gaps == ()


def test_small_losses_that_go_on_are_reported() -> None:
    device = Device()
    for _ in range(20):
        device.flow(1).silent(0.1)
    assert sum(gap.missing for gap in device.flow(2).continuity.gaps) == pytest.approx(2, abs=0.3)


def test_what_is_in_flight_at_the_end_is_no_gap() -> None:
    device = Device().flow(3).silent(0.9)
    device.continuity.arrived(device.now, BLOCK)
    assert device.continuity.gaps == ()

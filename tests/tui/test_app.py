import asyncio
import os
import signal
import stat
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from textual.color import Color

from tests.fakes import FakeDesk
from tests.tui.seeing import SIZE, Screen, keep, leave_behind, running
from vivavoce.model import Ended
from vivavoce.practice import State
from vivavoce.tui.app import VivaApp
from vivavoce.tui.help import commands

SCREENS: dict[str, tuple[str, ...]] = {
    "home": (),
    "questions": ("q",),
    "takes": ("t",),
    "set-up": ("s",),
    "attempt": ("p",),
    "review": ("t", "enter"),
}


async def opened(screen: Screen, keys: Sequence[str]) -> None:
    await screen.sees("Loudspeaker is fine.")
    await screen.press(*keys)


# Every key is there to be seen


@pytest.mark.parametrize("keys", SCREENS.values(), ids=SCREENS.keys())
async def test_every_key_of_the_footer_fits_on_80_columns(desk: FakeDesk, keys: tuple[str, ...]) -> None:
    keep(desk)
    desk.player.seconds = 1000  # the reading goes on: no key comes or goes meanwhile
    async with running(desk) as screen:
        await opened(screen, keys)
        offered = [active.binding for active in screen.app.screen.active_bindings.values() if active.binding.show]
        assert offered
        footer = screen.lines[-1]
        assert {binding.description for binding in offered if binding.description not in footer} == set()
        assert "? Help" in footer
        assert "Quit" in footer


@pytest.mark.parametrize("keys", SCREENS.values(), ids=SCREENS.keys())
async def test_help_lists_every_key_of_the_screen_below_and_esc_leaves_it(
    desk: FakeDesk, keys: tuple[str, ...]
) -> None:
    keep(desk)
    desk.player.seconds = 1000  # the reading goes on: no key comes or goes meanwhile
    async with running(desk) as screen:
        await opened(screen, keys)
        below = screen.app.screen
        described = {binding.description for binding in commands(below)}
        assert len(described) >= 4
        await screen.press("question_mark")
        await screen.arrives("HelpScreen")
        above = screen.text
        await screen.press("end")
        missing = {one for one in described if one not in above + screen.text}
        assert missing == set()
        await screen.press("escape")
        await screen.until(lambda: screen.name != "HelpScreen")
        await screen.press("f1")
        await screen.arrives("HelpScreen")


@pytest.mark.parametrize("keys", SCREENS.values(), ids=SCREENS.keys())
async def test_every_action_stands_once_in_the_palette(desk: FakeDesk, keys: tuple[str, ...]) -> None:
    keep(desk)
    async with running(desk) as screen:
        await opened(screen, keys)
        titles = [command.title for command in screen.app.get_system_commands(screen.app.screen)]
        assert sorted(titles) == sorted(set(titles))
        shown = {active.binding.description for active in screen.app.screen.active_bindings.values()} - {""}
        unlisted = {"Focus Next", "Focus Previous", "Copy selected text", "palette"}
        assert shown - unlisted <= set(titles)


async def test_a_command_of_the_palette_does_what_its_key_does(desk: FakeDesk) -> None:
    async with running(desk) as screen:
        await screen.press("ctrl+p")
        await screen.arrives("CommandPalette")
        await screen.type("takes")
        await screen.until(lambda: "Key: t" in screen.text)
        await screen.press("enter")
        await screen.until(lambda: screen.name != "CommandPalette")
        await screen.arrives("TakesScreen")


# Light, dark, and no colour at all


async def test_ctrl_l_changes_between_dark_and_light_and_remembers_it(desk: FakeDesk) -> None:
    async with running(desk) as screen:
        assert screen.app.current_theme.dark
        await screen.press("ctrl+l")
        assert not screen.app.current_theme.dark
        await screen.press("ctrl+l")
        assert screen.app.current_theme.dark
    assert desk.changes == [{"theme": "textual-light"}, {"theme": "textual-dark"}]


async def test_the_theme_that_was_chosen_is_there_at_the_next_start(desk: FakeDesk) -> None:
    desk.settings = replace(desk.settings, theme="textual-light")
    async with running(desk) as screen:
        assert not screen.app.current_theme.dark


async def test_a_theme_that_nobody_knows_is_told_and_the_own_one_taken(desk: FakeDesk) -> None:
    desk.settings = replace(desk.settings, theme="no[/b]ne")
    async with running(desk) as screen:
        await screen.sees("There is no theme `no[/b]ne`")
        assert screen.app.current_theme.dark


async def test_a_theme_that_cannot_be_saved_holds_until_the_end(desk: FakeDesk) -> None:
    async def full(**_: object) -> None:
        raise OSError(28, "No space left on device")

    desk.change = full
    async with running(desk) as screen:
        await screen.press("ctrl+l")
        await screen.sees("it could not be kept in the settings")
        assert not screen.app.current_theme.dark


@pytest.mark.parametrize("theme", ["textual-dark", "textual-light"])
@pytest.mark.parametrize("keys", SCREENS.values(), ids=SCREENS.keys())
async def test_every_screen_draws_readable_letters_in_both_themes(
    desk: FakeDesk, keys: tuple[str, ...], theme: str
) -> None:
    desk.settings = replace(desk.settings, theme=theme)
    keep(desk)
    async with running(desk) as screen:
        await opened(screen, keys)
        pale = [
            segment.text
            for strip in screen.app.screen._compositor.render_strips()
            for segment in strip
            if segment.text.strip() and segment.style and segment.style.color and segment.style.bgcolor
            if contrast(segment.style.color.triplet, segment.style.bgcolor.triplet) < 3.0
        ]
        assert [text for text in pale if any(letter.isalpha() for letter in text)] == []


def contrast(front: tuple[int, int, int] | None, back: tuple[int, int, int] | None) -> float:
    """The contrast ratio of WCAG 2.2, 1.4.3, which asks for 3 for large and 4.5 for small text."""

    def luminance(channels: tuple[int, int, int]) -> float:
        shares = [c / 255 for c in channels]
        linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    if front is None or back is None:
        return 21.0
    light, dark = sorted((luminance(front), luminance(back)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


async def test_without_colour_every_state_is_still_a_word(desk: FakeDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with running(desk) as screen:
        await screen.until(lambda: screen.words.count("✓ ready") == 4)
        drawn = [segment for strip in screen.app.screen._compositor.render_strips() for segment in strip]
        colours = {segment.style.color.triplet for segment in drawn if segment.style and segment.style.color}
        assert all(Color(*triplet).hsl.s < 0.05 for triplet in colours if triplet is not None)


# Beginning and ending


async def test_with_a_sitting_it_starts_right_in_it(desk: FakeDesk) -> None:
    async with running(desk, desk.sitting(questions=2)) as screen:
        assert screen.name == "AttemptScreen"
        assert "Question 1 of 2" in screen.text


async def test_what_was_cut_short_waits_below_a_session_that_starts_at_once(desk: FakeDesk) -> None:
    leave_behind(desk)
    desk.player.seconds = 1000  # or a busy machine comes to the answer, which Esc asks about
    async with running(desk, desk.sitting(questions=1)) as screen:
        await screen.press("escape")
        await screen.arrives("RecoveryScreen")


async def test_ctrl_q_quits_with_status_0(desk: FakeDesk) -> None:
    async with running(desk) as screen:
        await screen.press("ctrl+q")
    assert (screen.app.return_code or 0) == 0
    assert not screen.app.is_running


async def recording(screen: Screen) -> None:
    await screen.press("p")
    await screen.sees("● Recording")


async def test_quitting_in_mid_answer_asks_once_and_may_be_taken_back(desk: FakeDesk) -> None:
    desk.microphone.pace = 1
    async with running(desk) as screen:
        await recording(screen)
        await screen.press("ctrl+q", "ctrl+q", "ctrl+q")
        await screen.sees("Stop recording and quit? What you said is kept.")
        assert [type(other).__name__ for other in screen.app.screen_stack].count("Confirm") == 1
        await screen.press("n")
        await screen.arrives("AttemptScreen")
        assert screen.app.is_running


async def test_quitting_in_mid_answer_keeps_what_was_said(desk: FakeDesk) -> None:
    desk.microphone.pace = 1
    async with running(desk) as screen:
        await recording(screen)
        await screen.press("ctrl+q", "y")
        await screen.until(lambda: not screen.app.is_running)
    (review,) = desk.parts.archive.reviews()
    assert review.take.capture.ended is Ended.STOPPED


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
async def test_a_signal_in_mid_answer_finishes_the_take_and_ends_with_status_0(desk: FakeDesk, name: str) -> None:
    desk.microphone.pace = 1
    async with running(desk) as screen:
        await recording(screen)
        for _ in range(2):
            os.kill(os.getpid(), getattr(signal, name))
        await screen.until(lambda: not screen.app.is_running)
    assert (screen.app.return_code or 0) == 0
    assert len(desk.parts.archive.history()) == 1
    assert list(desk.locations.spool.iterdir()) == []


# What nobody expected


SECRET = "my greatest weakness"


def broken(desk: FakeDesk) -> None:
    """A fault that no error of ours describes, with an answer in a variable."""

    async def states() -> tuple[State, ...]:
        said = SECRET
        raise RuntimeError(said)

    desk.states = states


def broken_at_once(desk: FakeDesk) -> None:
    desk.interviewer = lambda name="": {SECRET: 1}[name]


@pytest.mark.parametrize("fault", [broken, broken_at_once], ids=["in a worker", "in a handler"])
async def test_the_unexpected_is_one_sentence_status_1_and_a_private_line_in_the_log(
    desk: FakeDesk, fault: Callable[[FakeDesk], None]
) -> None:
    fault(desk)
    app = VivaApp(desk)
    async with asyncio.timeout(30):
        await app.run_async(headless=True, size=SIZE)
    assert app.return_code == 1
    assert app.farewell.startswith("Something went wrong that Viva Voce did not expect")
    log = desk.locations.log
    assert str(log) in app.farewell
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    noted = log.read_text()
    assert "Error" in noted
    assert SECRET not in noted + app.farewell

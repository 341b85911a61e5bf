import asyncio
from dataclasses import replace

import pytest

from tests.fakes import FakeDesk
from tests.tui.seeing import running
from vivavoce.errors import DiskError
from vivavoce.model import Kind, Session
from vivavoce.practice import Condition, State

NO_MICROPHONE = State("Microphone", Condition.MISSING, "No input device was found.", "Plug in a microphone.")
NO_WEIGHTS = State("Recogniser", Condition.MISSING, "The weights are not on this machine.", "Fetch them once.")


async def test_the_first_frame_comes_before_the_machine_is_looked_at(desk: FakeDesk) -> None:
    looked = asyncio.Event()
    states = desk.states

    async def slow() -> tuple[State, ...]:
        await looked.wait()
        return await states()

    desk.states = slow
    async with running(desk) as screen:
        assert screen.words.count("… looking") == 4
        looked.set()
        await screen.until(lambda: screen.words.count("✓ ready") == 4)
        assert "Loudspeaker is fine." in screen.text


async def test_each_state_is_a_word_with_its_remedy(desk: FakeDesk) -> None:
    desk.conditions["Microphone"] = NO_MICROPHONE
    desk.conditions["Voice"] = State("Voice", Condition.LIMITED, "The system's command speaks.", "Install espeak-ng.")
    async with running(desk) as screen:
        await screen.sees("✗ missing No input device was found. Plug in a microphone. Here: m for the demo.")
        await screen.sees("~ limited The system's command speaks. Install espeak-ng.")
        assert "✓ ready Loudspeaker is fine." in screen.words


@pytest.mark.parametrize("key", ["enter", "p"])
async def test_enter_and_p_start_a_session_of_what_was_chosen(desk: FakeDesk, key: str) -> None:
    async with running(desk) as screen:
        await screen.press(key)
        await screen.arrives("AttemptScreen")
        assert "Question 1 of 5" in screen.text


async def test_n_chooses_how_many_questions_and_remembers_it(desk: FakeDesk) -> None:
    async with running(desk) as screen:
        await screen.press("n")
        await screen.arrives("Choose")
        await screen.press("down", "down", "enter")
        await screen.sees("Questions 3")
    assert desk.changes == [{"questions": 3}]


async def test_k_chooses_some_kinds_and_nothing_ticked_is_all(desk: FakeDesk) -> None:
    async with running(desk) as screen:
        await screen.press("k")
        await screen.arrives("ChooseSome")
        await screen.press("space", "down", "down", "space", "enter")
        await screen.sees("Kinds warm-up, motivation")
        await screen.press("k")
        await screen.arrives("ChooseSome")
        await screen.press("space", "down", "down", "space", "enter")
        await screen.sees("Kinds all")
    assert desk.changes == [{"kinds": (Kind.WARM_UP, Kind.MOTIVATION)}, {"kinds": ()}]


async def test_i_chooses_the_interviewer_and_v_hides_the_text(desk: FakeDesk) -> None:
    async with running(desk) as screen:
        await screen.press("i")
        await screen.arrives("Choose")
        assert "Mr Second: Asks and waits." in screen.words
        await screen.press("down", "enter")
        await screen.until(lambda: desk.changes)
        await screen.press("v")
        await screen.sees("Text heard only")
    assert desk.changes == [{"interviewer": "second"}, {"heard_only": True}]


async def test_leaving_a_choice_changes_nothing(desk: FakeDesk) -> None:
    async with running(desk) as screen:
        for key in ("n", "k", "i"):
            await screen.press(key)
            assert screen.name in ("Choose", "ChooseSome")
            await screen.press("escape")
            await screen.arrives("HomeScreen")
    assert desk.changes == []


async def test_q_t_and_s_open_their_screens_and_esc_comes_back(desk: FakeDesk) -> None:
    async with running(desk) as screen:
        for key, name in (("q", "BankScreen"), ("t", "TakesScreen"), ("s", "SetupScreen")):
            await screen.press(key)
            await screen.arrives(name)
            await screen.press("escape")
            await screen.arrives("HomeScreen")
        await screen.press("escape")
        assert screen.name == "HomeScreen"


async def test_without_a_microphone_m_takes_the_demo(desk: FakeDesk) -> None:
    desk.conditions["Microphone"] = NO_MICROPHONE
    async with running(desk) as screen:
        await screen.sees("No input device")
        assert "m Demo" in screen.lines[-1]
        await screen.press("m")
        await screen.until(lambda: desk.changes == [{"microphone": "demo"}])


async def test_with_a_microphone_nobody_is_offered_the_demo(desk: FakeDesk) -> None:
    async with running(desk) as screen:
        await screen.sees("✓ ready Microphone is fine.")
        await screen.press("m", "f", "b")
        assert "Demo" not in screen.lines[-1]
        assert screen.name == "HomeScreen"
    assert desk.changes == []


async def test_without_weights_f_asks_before_anything_is_fetched(desk: FakeDesk) -> None:
    desk.present = False
    desk.conditions["Recogniser"] = NO_WEIGHTS
    async with running(desk) as screen:
        await screen.sees("The weights are not on this machine. Fetch them once. Here: f to fetch them.")
        await screen.press("f")
        await screen.arrives("FetchScreen")
        assert desk.fetched == []
        await screen.press("escape")
        await screen.arrives("HomeScreen")
        assert desk.fetched == []


async def test_everything_missing_still_leaves_room_for_help_and_quit(desk: FakeDesk) -> None:
    desk.conditions.update(Microphone=NO_MICROPHONE, Recogniser=NO_WEIGHTS)
    desk.problems = ("One.", "Two.")
    async with running(desk) as screen:
        await screen.sees("The weights are not")
        for offered in (
            "Enter Practise",
            "q Questions",
            "t Takes",
            "s Set-up",
            "m Demo",
            "f Fetch",
            "? Help",
            "^q Quit",
        ):
            assert offered in screen.lines[-1]


async def test_problems_of_the_bank_are_one_line_and_b_reads_them(desk: FakeDesk) -> None:
    desk.problems = ("`mine.toml`, line 9: the id `Evil` has a capital.",)
    async with running(desk) as screen:
        await screen.sees("b 1 entry of the bank could not be used")
        await screen.press("b")
        await screen.sees("line 9: the id `Evil` has a capital.")
        await screen.press("escape")
        await screen.arrives("HomeScreen")


async def test_a_choice_that_cannot_be_saved_is_told_and_the_program_goes_on(desk: FakeDesk) -> None:
    async def full(**_: object) -> None:
        raise OSError(28, "No space left on device")

    desk.change = full
    async with running(desk) as screen:
        await screen.press("v")
        await screen.sees("Nothing was changed: No space left on device.")
        await screen.press("n")
        await screen.arrives("Choose")


async def test_a_session_that_the_disk_refuses_is_told_and_home_stays(desk: FakeDesk) -> None:
    def full(_: Session) -> None:
        raise DiskError("The disk is full.", "Make room.")

    desk.parts.archive.begin = full
    async with running(desk) as screen:
        await screen.press("p")
        await screen.sees("The disk is full. Make room.")
        assert screen.name == "HomeScreen"


async def test_a_remedy_is_wrapped_in_its_own_column(desk: FakeDesk) -> None:
    long = "Plug in a microphone or a headset, and look again with u when you have done so, whenever you like."
    desk.conditions["Microphone"] = replace(NO_MICROPHONE, remedy=long)
    async with running(desk) as screen:
        await screen.sees("whenever you like.")
        told = [line for line in screen.lines if "Plug in" in line or "done so" in line]
        assert [len(line) - len(line.lstrip()) for line in told] == [25, 25]


async def test_choices_stand_in_columns_each_with_its_key(desk: FakeDesk) -> None:
    async with running(desk) as screen:
        assert "  n  Questions    5" in screen.lines
        assert "  k  Kinds        all" in screen.lines
        assert "  i  Interviewer  Ms Fake: Asks and waits." in screen.lines
        assert "  v  Text         shown while it is read" in screen.lines

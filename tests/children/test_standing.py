"""The long-lived child, on real processes."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from tests.children.conftest import CODEC
from tests.children.programs.messages import Do, News, Said
from vivavoce.children import Standing
from vivavoce.errors import ChildError, NoMicrophone

AMPLE = 60.0


@pytest.fixture
async def standing(log: Path, kin: dict) -> AsyncIterator[Standing]:
    one = Standing("awkward", CODEC, log, **kin)
    yield one
    await one.close()


def say(text: str) -> Do:
    return Do("say", text)


async def test_it_is_started_when_it_is_first_needed_and_then_kept(standing: Standing) -> None:
    assert standing.pid is None
    assert await standing.ask(say("one"), within=AMPLE) == Said("one")
    first = standing.pid
    assert await standing.ask(say("two"), within=AMPLE) == Said("two")
    assert standing.pid == first is not None


async def test_news_on_the_way_is_told_and_is_not_the_answer(standing: Standing) -> None:
    heard: list[object] = []

    def interim(message: object) -> bool:
        heard.append(message)
        return isinstance(message, News)

    assert await standing.ask(Do("news", "3"), within=AMPLE, interim=interim) == Said("done")
    assert heard == [News(0.0), News(1 / 3), News(2 / 3), Said("done")]


async def test_two_who_ask_at_once_get_their_own_answers(standing: Standing) -> None:
    answers = await asyncio.gather(*(standing.ask(say(str(n)), within=AMPLE) for n in range(20)))
    assert answers == [Said(str(n)) for n in range(20)]


async def test_a_job_whose_child_is_killed_is_given_to_a_fresh_one(standing: Standing, tmp_path: Path) -> None:
    await standing.ask(say("warm"), within=AMPLE)
    first = standing.pid
    answer = await standing.ask(Do("be_killed_once", str(tmp_path / "mark")), within=AMPLE)
    assert answer == Said(f"second time, {standing.pid}")
    assert standing.pid != first


async def test_a_child_that_died_between_two_jobs_is_replaced(
    standing: Standing, gone: Callable[[int], bool], eventually: Callable
) -> None:
    await standing.ask(say("one"), within=AMPLE)
    first = standing.pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    assert await standing.ask(say("two"), within=AMPLE) == Said("two")
    assert standing.pid != first
    await eventually(lambda: gone(first))


async def test_a_job_that_kills_every_child_ends_as_an_error_and_the_next_one_is_done(standing: Standing) -> None:
    with pytest.raises(ChildError, match="ended unexpectedly"):
        await standing.ask(Do("be_killed"), within=AMPLE)
    assert standing.pid is None
    assert await standing.ask(say("next"), within=AMPLE) == Said("next")


async def test_a_job_that_takes_too_long_is_tried_twice_and_killed_twice(
    standing: Standing, gone: Callable[[int], bool]
) -> None:
    await standing.ask(say("warm"), within=AMPLE)
    first = standing.pid
    with pytest.raises(ChildError, match="did not answer"):
        await standing.ask(Do("sleep"), within=0.3)
    assert standing.pid is None
    assert gone(first)


async def test_an_error_that_the_child_reports_is_raised_and_the_child_is_kept(standing: Standing) -> None:
    await standing.ask(say("warm"), within=AMPLE)
    first = standing.pid
    with pytest.raises(NoMicrophone, match="Plug one in"):
        await standing.ask(Do("fail", "Plug one in."), within=AMPLE)
    assert await standing.ask(say("after"), within=AMPLE) == Said("after")
    assert standing.pid == first


async def test_a_job_that_is_given_up_leaves_no_answer_for_the_next_one(
    standing: Standing, gone: Callable[[int], bool]
) -> None:
    await standing.ask(say("warm"), within=AMPLE)
    first = standing.pid
    begun = asyncio.Event()

    def interim(message: object) -> bool:
        begun.set()
        return isinstance(message, News)

    job = asyncio.create_task(standing.ask(Do("news", "100000"), within=AMPLE, interim=interim))
    await begun.wait()
    job.cancel()
    with pytest.raises(asyncio.CancelledError):
        await job
    assert gone(first)
    assert await standing.ask(say("mine"), within=AMPLE) == Said("mine")


async def test_a_listener_that_fails_leaves_no_answer_for_the_next_one(standing: Standing) -> None:
    def interim(message: object) -> bool:
        raise LookupError("a screen that is gone")

    with pytest.raises(LookupError):
        await standing.ask(Do("news", "5"), within=AMPLE, interim=interim)
    assert await standing.ask(say("mine"), within=AMPLE) == Said("mine")


async def test_giving_up_while_waiting_for_the_turn_leaves_the_running_job_alone(standing: Standing) -> None:
    await standing.ask(say("warm"), within=AMPLE)
    first = standing.pid
    running = asyncio.create_task(standing.ask(Do("news", "20000"), within=AMPLE, interim=lambda m: m != Said("done")))
    waiting = asyncio.create_task(standing.ask(say("never"), within=AMPLE))
    await asyncio.sleep(0)
    waiting.cancel()
    assert await running == Said("done")
    assert standing.pid == first


async def test_closing_in_the_middle_of_a_job_ends_it_and_starts_no_other_child(
    standing: Standing, gone: Callable[[int], bool]
) -> None:
    await standing.ask(say("warm"), within=AMPLE)
    first = standing.pid
    jobs = [asyncio.create_task(standing.ask(Do("sleep"), within=AMPLE)) for _ in range(3)]
    await asyncio.sleep(0.05)
    await standing.close()
    for answer in await asyncio.gather(*jobs, return_exceptions=True):
        assert isinstance(answer, ChildError)
    assert gone(first)
    assert standing.pid is None


async def test_closing_while_the_child_is_being_started_leaves_no_process(standing: Standing) -> None:
    job = asyncio.create_task(standing.ask(Do("sleep"), within=AMPLE))
    await asyncio.sleep(0)
    await standing.close()
    with pytest.raises(ChildError):
        await job
    assert standing.pid is None


async def test_after_closing_it_may_be_asked_again(standing: Standing) -> None:
    await standing.ask(say("one"), within=AMPLE)
    await standing.close()
    await standing.close()
    assert await standing.ask(say("two"), within=AMPLE) == Said("two")

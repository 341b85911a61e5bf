"""The main process's side, on real child processes."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from tests.children.conftest import CODEC, ROOT, Start
from tests.children.programs.echo import TYPES
from tests.children.programs.messages import Do, Said
from vivavoce import model
from vivavoce.children import Child, Codec, ask
from vivavoce.errors import ChildError, NoMicrophone

AMPLE = 60.0
"""Seconds that a child may take to answer on a busy machine."""

QUESTION = model.Question(
    "q-1", model.Kind.TRICKY, "Why you?\n«Warum?» 🧑‍🏫", 30.0, model.Lights(60.0, 90.0, 120.0), follow_ups=("And?",)
)
TAKE = model.Take(
    "t-1",
    "s-1",
    QUESTION,
    datetime(2026, 3, 29, 2, 30, tzinfo=timezone(timedelta(hours=-9, minutes=-30))),
    model.Capture("Röde", 48000, 480_000, model.Ended.LOST, (model.Gap(1.5, 0.25),), clipped=3),
)
REVIEW = model.Review(
    TAKE,
    model.Sound(10.0, model.Span(0.5, 9.5), (model.Pause(3.0, 4.0),), -3.0, -20.0, 0.0, 40.0, 25),
    model.Delivery(
        1, 0.5, 9.0, 8.0, model.Length.UNDER, 2, 13.3, 15.0, False,
        (model.Filler("um", 0.5, 0.7, 0, 0),), 6.7, (model.Pause(3.0, 4.0),), {},
    ),
    (model.Remark("pace", "13 words a minute", "Slow.", model.Span(0.5, 1.0), "Um,"),),
    model.Transcript((model.Word("Um,", 0.5, 0.7, 0.25), model.Word("yes.", 9.0, 9.5)), "openai-whisper", "base.en"),
)  # fmt: skip


async def test_a_review_with_everything_in_it_goes_there_and_back(start: Start) -> None:
    child = await start("echo", Codec(*TYPES))
    for message in (REVIEW, TAKE, QUESTION, Do("a", "b"), REVIEW):
        await child.send(message)
        assert await child.receive(AMPLE) == message


async def test_messages_wait_for_each_other_in_their_order(start: Start) -> None:
    child = await start("echo", Codec(*TYPES))
    for number in range(200):
        await child.send(Said(str(number)))
    assert [(await child.receive(AMPLE)).text for _ in range(200)] == [str(number) for number in range(200)]


async def test_five_megabytes_go_through_in_one_message(start: Start) -> None:
    child = await start("echo", Codec(*TYPES))
    text = "äb\n" * 1_700_000
    await child.send(Said(text), AMPLE)
    assert (await child.receive(AMPLE)).text == text


async def test_what_libraries_print_goes_to_the_log_and_not_into_the_messages(start: Start, log: Path) -> None:
    child = await start("awkward")
    await child.send(Do("chatter", "noise"))
    assert await child.receive(AMPLE) == Said("quiet")
    await child.close()
    assert {"printed noise", "written noise", "grandchild noise"} <= set(log.read_text().splitlines())
    assert log.stat().st_mode & 0o777 == 0o600


async def test_neither_a_library_nor_a_grandchild_reads_the_messages_away(start: Start) -> None:
    child = await start("awkward")
    await child.send(Do("read"))
    await child.send(Do("say", "second"))
    assert [await child.receive(AMPLE), await child.receive(AMPLE)] == [Said("b''"), Said("second")]


async def test_what_a_child_writes_is_for_this_user_only(start: Start, tmp_path: Path) -> None:
    child = await start("awkward")
    await child.send(Do("create", str(tmp_path / "private")))
    assert await child.receive(AMPLE) == Said("0o600")


async def test_ctrl_c_and_a_closed_terminal_are_the_parents_business(start: Start) -> None:
    child = await start("awkward")
    await child.send(Do("signals"))
    assert await child.receive(AMPLE) == Said("alive, leader of its session: True")


async def test_an_error_of_the_child_is_raised_as_what_it_is(start: Start) -> None:
    child = await start("awkward")
    await child.send(Do("fail", "Plug one in."))
    with pytest.raises(NoMicrophone, match=r"There is no microphone\. Plug one in\."):
        await child.receive(AMPLE)
    await child.send(Do("say", "still here"))
    assert await child.receive(AMPLE) == Said("still here")


async def test_an_error_of_an_unknown_kind_is_a_child_error(start: Start) -> None:
    child = await start("awkward")
    await child.send(Do("unknown_error"))
    with pytest.raises(ChildError, match="Odd"):
        await child.receive(AMPLE)


@pytest.mark.parametrize(
    ("what", "how"),
    [
        ("raise_error", "in the middle"),
        ("exit_with", "0"),
        ("exit_with", "3"),
        ("be_killed", ""),
        ("stop_in_mid_sentence", ""),
        ("babble", "Hello!"),
        ("babble", '{"Unknown":{}}'),
        ("babble", '{"Said":{"text":5}}'),
    ],
)
async def test_a_child_that_dies_or_speaks_nonsense_is_one_plain_error_and_no_zombie(
    what: str, how: str, start: Start, gone: Callable[[int], bool]
) -> None:
    child = await start("awkward")
    await child.send(Do(what, how))
    with pytest.raises(ChildError, match="The awkward ended unexpectedly"):
        await child.receive(AMPLE)
    assert child.status is not None
    assert gone(child.pid)


async def test_a_child_that_says_nothing_is_killed_at_its_deadline(start: Start, gone: Callable[[int], bool]) -> None:
    child = await start("awkward")
    await child.send(Do("sleep"))
    with pytest.raises(ChildError, match="did not answer"):
        await child.receive(0.2)
    assert child.status == -signal.SIGKILL
    assert gone(child.pid)


async def test_a_child_that_does_not_listen_is_killed_at_its_deadline(
    start: Start, gone: Callable[[int], bool]
) -> None:
    child = await start("deaf")
    with pytest.raises(ChildError, match="did not answer"):
        await child.send(Said("x" * 5_000_000), 0.2)
    assert gone(child.pid)


async def test_a_child_that_hangs_up_and_lives_on_does_not_hang_the_program(
    start: Start, gone: Callable[[int], bool]
) -> None:
    child = await start("awkward")
    await child.send(Do("hang_up_and_live_on"))
    with pytest.raises(ChildError, match="ended unexpectedly"):
        await child.receive(AMPLE)
    assert gone(child.pid)


async def test_killing_a_child_ends_what_it_has_started(
    start: Start, gone: Callable[[int], bool], eventually: Callable, tmp_path: Path
) -> None:
    child = await start("awkward")
    note = tmp_path / "pid"
    await child.send(Do("leave_a_grandchild", str(note)))
    await eventually(lambda: note.exists() and note.read_text() != "")
    await child.kill()
    # the orphan belongs to process 1 now, which may leave it a zombie: it only must not run any longer
    stat = Path(f"/proc/{note.read_text()}/stat")
    await eventually(lambda: not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] == "Z")


async def test_sending_to_a_child_that_is_gone_is_a_child_error(start: Start) -> None:
    child = await start("awkward")
    await child.kill()
    with pytest.raises(ChildError):
        for _ in range(100):
            await child.send(Said("x" * 100_000))


async def test_the_end_of_its_input_lets_a_child_finish_and_leave_by_itself(start: Start, tmp_path: Path) -> None:
    child = await start("farewell")
    await child.send(Do("save", str(tmp_path / "saved")))
    assert await child.receive(AMPLE) == Said("understood")
    await child.close(AMPLE)
    assert child.status == 7
    assert (tmp_path / "saved").read_text() == "saved, parent reached: True"


async def test_a_child_that_does_not_leave_is_killed(start: Start) -> None:
    child = await start("awkward")
    await child.send(Do("sleep"))
    await child.close(0.2)
    assert child.status == -signal.SIGKILL


async def test_closing_and_killing_twice_does_no_harm(start: Start) -> None:
    child = await start("awkward")
    await child.close()
    await child.close()
    await child.kill()
    assert child.status == 0


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
async def test_a_child_notices_that_its_parent_was_killed(
    number: signal.Signals, log: Path, tmp_path: Path, eventually: Callable
) -> None:
    saved = tmp_path / "saved"
    parent = await asyncio.create_subprocess_exec(
        sys.executable, str(Path(__file__).with_name("doomed_parent.py")), str(log), str(saved),
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert await parent.stdout.readline() == b"ready\n"
    parent.send_signal(number)
    await eventually(saved.exists)
    assert await parent.wait() == -number
    assert saved.read_text() == "saved, parent reached: False"


async def test_a_stray_file_in_the_folder_where_somebody_works_is_not_imported(log: Path, tmp_path: Path) -> None:
    for name in ("msgspec", "json", "queue", "vivavoce"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('hijacked')")
    doomed = Path(__file__).with_name("loop_end.py")
    run = await asyncio.create_subprocess_exec(
        sys.executable, "-P", str(doomed), str(log), cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    assert await run.wait() == 0
    assert "hijacked" not in log.read_text()


async def test_a_log_that_cannot_be_opened_is_a_child_error(tmp_path: Path) -> None:
    with pytest.raises(ChildError, match="cannot be started"):
        await Child.start("echo", CODEC, tmp_path / "missing" / "viva.log")


async def test_a_program_that_does_not_exist_is_a_child_error_and_named_in_the_log(start: Start, log: Path) -> None:
    child = await start("missing")
    with pytest.raises(ChildError, match="The missing ended unexpectedly"):
        await child.receive(AMPLE)
    assert "No module named" in log.read_text()


async def test_one_question_gets_one_answer_and_leaves_no_process(log: Path, kin: dict) -> None:
    assert await ask("awkward", Do("say", "hello"), CODEC, log, within=AMPLE, **kin) == Said("hello")
    with pytest.raises(NoMicrophone):
        await ask("awkward", Do("fail"), CODEC, log, within=AMPLE, **kin)
    with pytest.raises(ChildError, match="did not answer"):
        await ask("awkward", Do("sleep"), CODEC, log, within=0.2, **kin)


async def test_a_question_to_a_child_that_does_not_listen_keeps_to_its_deadline(log: Path, kin: dict) -> None:
    with pytest.raises(ChildError, match="did not answer"):
        await ask("deaf", Said("x" * 5_000_000), CODEC, log, within=0.2, **kin)


async def test_a_question_that_is_given_up_leaves_no_process(
    log: Path, kin: dict, tmp_path: Path, gone: Callable[[int], bool], eventually: Callable
) -> None:
    note = tmp_path / "pid"
    question = asyncio.create_task(ask("awkward", Do("leave_a_grandchild", str(note)), CODEC, log, within=AMPLE, **kin))
    await eventually(lambda: note.exists() and note.read_text() != "")
    stat = Path(f"/proc/{note.read_text()}/stat")
    child = int(stat.read_text().rpartition(")")[2].split()[1])
    question.cancel()
    with pytest.raises(asyncio.CancelledError):
        await question
    assert gone(child)


@pytest.mark.parametrize("shell", ['exec "$@"', 'exec "$@" <&-', 'exec "$@" <&- >&-'])
async def test_nothing_is_left_open_when_the_loop_ends(shell: str, log: Path) -> None:
    run = await asyncio.create_subprocess_exec(
        "sh", "-c", shell, "sh",
        sys.executable, "-X", "dev", "-W", "error", str(Path(__file__).with_name("loop_end.py")), str(log),
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
    )  # fmt: skip
    _, chatter = await run.communicate()
    assert chatter.decode() == ""
    assert run.returncode == 0
